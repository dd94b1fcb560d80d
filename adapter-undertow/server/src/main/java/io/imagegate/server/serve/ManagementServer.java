package io.imagegate.server.serve;

import io.imagegate.server.http.BufferPool;
import io.imagegate.server.http.Connections;
import io.imagegate.server.http.IdleTime;
import io.imagegate.server.http.Limits;
import io.imagegate.server.http.RequestLength;
import io.imagegate.server.http.Sweeper;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * Serves probes and metrics over plain HTTP/1.1. It shares no thread, buffer or limit with the review port, so neither
 * port can use up the other's capacity.
 *
 * <p>A connection serves one request and is closed after {@link #DEADLINE} at the latest, whether or not the answer was
 * read. With too many connections, the oldest is closed.
 */
final class ManagementServer implements AutoCloseable {

    static final int MAX_CONNECTIONS = 64;
    static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int HEADER_BYTES = 8 << 10;
    private static final long DIRECT_BYTES = 1 << 20;
    private static final long HEAP_BYTES = 2 << 20;
    private static final int BACKLOG = 1_000;

    /** Bodies of requests are not read. */
    private static final Limits LIMITS =
            new Limits(HEADER_BYTES, 0, DEADLINE, DEADLINE, MAX_CONNECTIONS, 1, 1, MAX_CONNECTIONS, 0, 0);

    private final XnioWorker worker;
    private final Sweeper sweeper = new Sweeper();
    private final AcceptingChannel<StreamConnection> listener;

    private ManagementServer(InetSocketAddress address, HttpHandler handler, XnioWorker worker) throws IOException {
        this.worker = worker;
        HttpOpenListener http = new HttpOpenListener(new BufferPool(DIRECT_BYTES, HEAP_BYTES), options());
        http.setRootHandler(new RequestLength(reason -> {}, closing(handler)));
        // Requests are not reported to these connections, so each has the deadline of an unused connection.
        Connections connections = new Connections(LIMITS, reason -> {});
        this.listener = worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(connections.before(http)), socket());
        listener.resumeAccepts();
        IdleTime idle = new IdleTime(worker);
        sweeper.every(() -> connections.sweep(idle.sinceLastCall()));
    }

    /**
     * Starts a server.
     *
     * @param endpoint where it listens
     * @param handler handles requests
     * @return the server, which accepts connections
     * @throws StartProblem when it cannot listen there
     */
    static ManagementServer start(ListenAddress endpoint, HttpHandler handler) {
        XnioWorker worker = null;
        try {
            worker = worker();
            return new ManagementServer(endpoint.address(), handler, worker);
        } catch (IOException failed) {
            if (worker != null) {
                worker.shutdownNow();
            }
            throw new StartProblem("cannot listen on " + endpoint + ": " + failed.getMessage());
        }
    }

    /** Closes each connection after its first request, also if more requests were pipelined. */
    private static HttpHandler closing(HttpHandler handler) {
        return exchange -> {
            exchange.setPersistent(false);
            handler.handleRequest(exchange);
        };
    }

    /** {@return the port on which it listens} */
    int port() {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        sweeper.close();
        IoUtils.safeClose(listener);
        worker.shutdownNow();
    }

    /** Probes are answered by the I/O thread, metrics by the other one. */
    private static XnioWorker worker() throws IOException {
        return LeanXnio.get()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, "imagegate-management")
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .getMap());
    }

    private static OptionMap options() {
        return OptionMap.builder()
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, HEADER_BYTES)
                .getMap();
    }

    private static OptionMap socket() {
        return OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, BACKLOG)
                .getMap();
    }
}
