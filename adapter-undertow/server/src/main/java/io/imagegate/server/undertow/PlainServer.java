package io.imagegate.server.undertow;

import io.imagegate.server.limit.ConnectionLimits;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.server.protocol.http.HttpOpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;

/**
 * A running server of plain HTTP/1.1 with few threads and little memory of its own. Assembled from Undertow's parts, for
 * the same reason as {@link HttpsServer}. Closing it closes its connections at once.
 */
public final class PlainServer implements AutoCloseable {

    private static final long DIRECT_BYTES = 1 << 20;
    private static final long HEAP_BYTES = 2 << 20;

    private final XnioWorker worker;
    private final Sweeper sweeper;
    private final AcceptingChannel<StreamConnection> listener;

    private PlainServer(
            InetSocketAddress address, ConnectionLimits limits, int bodyBytes, HttpHandler handler, XnioWorker worker)
            throws IOException {
        this.worker = worker;
        HttpOpenListener http = new HttpOpenListener(new BufferPool(DIRECT_BYTES, HEAP_BYTES), options(limits));
        // Requests are not counted, so each connection has the deadline of an unused one, except for endless answers.
        Connections connections = new Connections(limits, bodyBytes, () -> {}, () -> {}, client -> {});
        // A client that waits for leave to send its body gets it when the body is read.
        http.setRootHandler(connections.identify(new HttpContinueReadHandler(handler)));
        this.listener = worker.createStreamConnectionServer(
                address, ChannelListeners.openListenerAdapter(connections.before(http)), HttpsServer.socket());
        listener.resumeAccepts();
        IdleTime idle = new IdleTime(worker);
        // Last, because it starts a thread.
        sweeper = new Sweeper();
        sweeper.every(() -> connections.sweep(idle.sinceLastCall()));
    }

    /**
     * Starts a server. Each connection is closed after the limit of requests' time, whether or not it was used.
     *
     * @param name of its threads
     * @param address where it listens
     * @param limits of its connections
     * @param bodyBytes longest body that is read
     * @param handler handles requests
     * @return the server, which accepts connections
     * @throws IOException when it cannot listen there
     */
    public static PlainServer start(
            String name, InetSocketAddress address, ConnectionLimits limits, int bodyBytes, HttpHandler handler)
            throws IOException {
        XnioWorker worker = worker(name);
        try {
            return new PlainServer(address, limits, bodyBytes, handler, worker);
        } catch (Throwable failed) {
            worker.shutdownNow();
            throw failed;
        }
    }

    /** {@return the port on which it listens} */
    public int port() {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    public void close() {
        sweeper.close();
        IoUtils.safeClose(listener);
        worker.shutdownNow();
    }

    /** One thread for connections, and another for long tasks. */
    private static XnioWorker worker(String name) throws IOException {
        return XnioWithoutJmx.get()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, name)
                        .set(Options.WORKER_IO_THREADS, 1)
                        .set(Options.WORKER_TASK_CORE_THREADS, 1)
                        .set(Options.WORKER_TASK_MAX_THREADS, 1)
                        .getMap());
    }

    private static OptionMap options(ConnectionLimits limits) {
        return OptionMap.builder()
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytes())
                .getMap();
    }
}
