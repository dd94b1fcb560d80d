package io.imagegate.server.undertow;

import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.tls.HandshakeFailure;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.ReviewLimits;
import io.undertow.UndertowOptions;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http.AlpnOpenListener;
import io.undertow.server.protocol.http.HttpOpenListener;
import io.undertow.server.protocol.http2.Http2OpenListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/**
 * A running HTTPS server, HTTP/1.1 and HTTP/2 by ALPN. Assembled from Undertow's parts, because its builder gives no
 * access to the connections. Closing it closes them at once.
 */
public final class HttpsServer implements AutoCloseable {

    /**
     * Direct memory for the default number of connections. The image allows 16 MiB; the JDK's channels need a part of
     * it.
     */
    private static final long DIRECT_BYTES = 12L << 20;

    /** Memory of one more connection during its TLS handshake. */
    private static final long HANDSHAKE_BYTES = 3 * (17L << 10);

    /** What the system keeps for a client that does not read; else it would be MiB. A container's memory includes it. */
    private static final int SEND_BYTES = 64 << 10;

    private static final int SHARE_OF_HEAP = 16;
    private static final int WORKERS_PER_PROCESSOR = 4;
    private static final int HTTP2_WEIGHT = 10;

    private final XnioWorker worker;
    private final BufferPool buffers;
    private final Sweeper sweeper;
    private final List<LongConsumer> deadlines = new CopyOnWriteArrayList<>();
    private final OptionMap options;
    private final UndertowXnioSsl ssl;
    private final Http2Listener http2;
    private final AcceptingChannel<StreamConnection> https;
    private final BufferShortage shortage;
    private final SelfCheck selfCheck;
    private final Map<XnioIoThread, FairTurns> turns = new ConcurrentHashMap<>();
    private volatile boolean closing;

    private HttpsServer(Start start, XnioWorker worker) throws IOException {
        this.worker = worker;
        this.options = options(start.limits);
        this.buffers =
                new BufferPool(directBytes(start.limits), Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        this.ssl = new UndertowXnioSsl(XnioWithoutJmx.get(), OptionMap.EMPTY, buffers, start.tls);
        HttpOpenListener http1 = new HttpOpenListener(buffers, options);
        http1.setRootHandler(start.handler);
        this.http2 = new Http2Listener(buffers, options, start.limits.resets(), start.connections, start.handler);
        AlpnOpenListener alpn = new AlpnOpenListener(buffers, options, http1);
        alpn.addProtocol(Http2OpenListener.HTTP2, http2, HTTP2_WEIGHT);
        BiConsumer<StreamConnection, BelowTls> guarded = start.connections.beforeTls(alpn);
        OptionMap tls = tls(start.clientsHaveCertificates);
        this.selfCheck = new SelfCheck(worker, buffers);
        ChannelListener<StreamConnection> accepted = selfCheck.before(connection -> {
            BelowTls below = BelowTls.of(connection, turns(connection.getIoThread(), start.limits.idleTimeout()));
            SslConnection secured = ssl.wrapExistingConnection(connection, tls, false);
            HandshakeWatch.watch(secured, start.handshakeFailures);
            guarded.accept(secured, below);
        });
        this.https = worker.createStreamConnectionServer(start.address, null, socket());
        this.shortage = new BufferShortage(buffers, start.connections, https);
        https.getAcceptSetter().set(ChannelListeners.openListenerAdapter(connection -> {
            shortage.accepted();
            accepted.handleEvent(connection);
        }));
        https.resumeAccepts();
        IdleTime idle = new IdleTime(worker);
        deadlines.add(start.connections::sweep);
        deadlines.add(shortage::sweep);
        // Last, because it starts a thread.
        sweeper = new Sweeper();
        sweeper.every(() -> {
            long nanos = idle.sinceLastCall();
            deadlines.forEach(task -> task.accept(nanos));
        });
    }

    /** A connection that asks nothing for longer than the idle time-out is closed. */
    private FairTurns turns(XnioIoThread thread, Duration idle) {
        return turns.computeIfAbsent(thread, added -> new FairTurns(idle.toNanos(), TimeSource.system()::nanos));
    }

    private static long directBytes(ConnectionLimits limits) {
        return DIRECT_BYTES
                + HANDSHAKE_BYTES * Math.max(0, limits.connections() - ConnectionLimits.DEFAULTS.connections());
    }

    /**
     * The parts of a server.
     *
     * @param address where it listens
     * @param tls TLS context with its certificate
     * @param clientsHaveCertificates whether every client must show a certificate
     * @param limits of its connections
     * @param connections limits connections
     * @param handshakeFailures called for handshakes that fail, except because of the client's certificate
     * @param handler handles requests
     */
    public record Start(
            InetSocketAddress address,
            SSLContext tls,
            boolean clientsHaveCertificates,
            ConnectionLimits limits,
            Connections connections,
            Consumer<HandshakeFailure> handshakeFailures,
            HttpHandler handler) {}

    /**
     * Starts a server with the usual limits, whose clients need no certificate.
     *
     * @param address where it listens
     * @param tls TLS context with its certificate
     * @param handler handles requests
     * @return the server, which accepts connections
     * @throws IOException when it cannot listen there
     */
    public static HttpsServer start(InetSocketAddress address, SSLContext tls, HttpHandler handler) throws IOException {
        ConnectionLimits limits = ConnectionLimits.DEFAULTS;
        Connections connections =
                new Connections(limits, ReviewLimits.DEFAULTS.bodyBytes(), () -> {}, () -> {}, client -> {});
        return start(new Start(address, tls, false, limits, connections, failure -> {}, handler));
    }

    /**
     * Starts a server.
     *
     * @param start its parts
     * @return the server, which accepts connections
     * @throws IOException when it cannot listen there
     */
    public static HttpsServer start(Start start) throws IOException {
        XnioWorker worker = worker();
        try {
            return new HttpsServer(start, worker);
        } catch (Throwable failed) {
            worker.shutdownNow();
            throw failed;
        }
    }

    /** {@return the port on which it listens} */
    public int port() {
        return ((InetSocketAddress) https.getLocalAddress()).getPort();
    }

    /** {@return bytes of the network buffers in use} */
    public long bufferBytes() {
        return buffers.heldBytes();
    }

    /**
     * Replaces the TLS context for new connections.
     *
     * @param tls the new context
     */
    public void use(SSLContext tls) {
        ssl.updateSSLContext(tls);
    }

    /**
     * Checks whether the server accepts connections and has buffers for them. Called by one thread at a time.
     *
     * @param limit longest time of the check
     * @return what does not work; null if everything works or the server is shutting down
     * @throws InterruptedException when this thread is interrupted
     */
    public @Nullable String check(Duration limit) throws InterruptedException {
        if (closing) {
            return null;
        }
        String problem = selfCheck.run((InetSocketAddress) https.getLocalAddress(), limit);
        return closing ? null : problem;
    }

    /**
     * Enforces deadlines.
     *
     * @param task called several times a second, until the server is closed, with the nanoseconds since the last
     *     call, or 0 if the server was busy
     */
    public void sweep(LongConsumer task) {
        deadlines.add(task);
    }

    /**
     * Frees network buffers while they are short.
     *
     * @param task gets the number of buffers that are missing, and returns how many requests it has ended
     */
    public void relieve(IntUnaryOperator task) {
        shortage.relieve(task);
    }

    /** Stops accepting connections, and sends a GOAWAY to HTTP/2 clients. Open requests are still answered. */
    public void goAway() {
        closing = true;
        IoUtils.safeClose(https);
        http2.goAway();
    }

    @Override
    public void close() {
        sweeper.close();
        closing = true;
        IoUtils.safeClose(https);
        worker.shutdownNow();
    }

    private static XnioWorker worker() throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        return XnioWithoutJmx.get()
                .createWorker(OptionMap.builder()
                        .set(Options.WORKER_NAME, "imagegate")
                        .set(Options.WORKER_IO_THREADS, Math.max(processors, 2))
                        .set(Options.WORKER_TASK_CORE_THREADS, processors * WORKERS_PER_PROCESSOR)
                        .set(Options.WORKER_TASK_MAX_THREADS, processors * WORKERS_PER_PROCESSOR)
                        .getMap());
    }

    private static OptionMap options(ConnectionLimits limits) {
        int patience = (int) limits.requestTimeout().toMillis();
        int idle = (int) limits.idleTimeout().toMillis();
        return OptionMap.builder()
                // It is negotiated in the TLS handshake only. Undertow would also accept it later, without limits.
                .set(UndertowOptions.ENABLE_HTTP2, false)
                .set(UndertowOptions.BUFFER_PIPELINED_DATA, true)
                // The webhook has its own limit and answers; Undertow would close the connection.
                .set(UndertowOptions.MAX_ENTITY_SIZE, -1L)
                .set(UndertowOptions.MAX_HEADER_SIZE, limits.headerBytes())
                .set(UndertowOptions.REQUEST_PARSE_TIMEOUT, patience)
                .set(UndertowOptions.NO_REQUEST_TIMEOUT, idle)
                .set(UndertowOptions.HTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, limits.streams())
                // Http2Connection counts only resets that the client causes.
                .set(UndertowOptions.MAX_RST_FRAMES_PER_WINDOW, Integer.MAX_VALUE)
                .getMap();
    }

    static OptionMap socket() {
        return OptionMap.builder()
                .set(Options.TCP_NODELAY, true)
                .set(Options.REUSE_ADDRESSES, true)
                .set(Options.BACKLOG, 1_000)
                .set(Options.SEND_BUFFER, SEND_BYTES)
                .getMap();
    }

    private static OptionMap tls(boolean clientsHaveCertificates) {
        return OptionMap.builder()
                .set(
                        Options.SSL_CLIENT_AUTH_MODE,
                        clientsHaveCertificates ? SslClientAuthMode.REQUIRED : SslClientAuthMode.NOT_REQUESTED)
                .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(TlsContexts.PROTOCOLS))
                .set(Options.SSL_ENABLED_CIPHER_SUITES, Sequence.of(TlsContexts.CIPHER_SUITES))
                .getMap();
    }
}
