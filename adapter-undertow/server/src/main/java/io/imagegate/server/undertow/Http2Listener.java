package io.imagegate.server.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.ConnectorStatistics;
import io.undertow.server.DelegateOpenListener;
import io.undertow.server.HttpHandler;
import io.undertow.server.protocol.http2.Http2ReceiveListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/**
 * Accepts HTTP/2 connections, and lists them so that each can get a GOAWAY before the server ends. Undertow's listener
 * can only close them.
 */
final class Http2Listener implements DelegateOpenListener {

    private final ByteBufferPool buffers;
    private final int bufferSize;
    private final int mostResets;
    private final Connections connections;
    private final Set<Http2Connection> open = ConcurrentHashMap.newKeySet();
    private volatile OptionMap options;
    private volatile HttpHandler handler;

    /**
     * Creates a listener.
     *
     * @param buffers for what is read and written
     * @param options of Undertow, which limit no resets
     * @param mostResets how many streams a client may reset in ten seconds
     * @param connections of the listener
     * @param handler handles requests
     */
    Http2Listener(
            ByteBufferPool buffers, OptionMap options, int mostResets, Connections connections, HttpHandler handler) {
        this.buffers = buffers;
        this.bufferSize = buffers.getBufferSize();
        this.options = options;
        this.mostResets = mostResets;
        this.connections = connections;
        this.handler = handler;
    }

    @Override
    public void handleEvent(StreamConnection connection, PooledByteBuffer read) {
        Http2Buffers own = new Http2Buffers(buffers, connection.getIoThread());
        Http2Connection channel = new Http2Connection(connection, own, read, options, mostResets);
        Streams.watch(channel);
        OpenConnection known = connections.of(connection);
        if (known != null) {
            channel.putAttachment(OpenConnection.KEY, known);
            known.usesHttp2(channel);
        }
        open.add(channel);
        channel.addCloseTask(closed -> open.remove(channel));
        channel.getReceiveSetter().set(new Http2ReceiveListener(handler, options, bufferSize, null));
        channel.resumeReceives();
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        throw new UnsupportedOperationException("HTTP/2 without ALPN");
    }

    /** Asks every client to send its next request over a new connection; open requests are still answered. */
    void goAway() {
        open.forEach(Streams::leave);
    }

    @Override
    public HttpHandler getRootHandler() {
        return handler;
    }

    @Override
    public void setRootHandler(HttpHandler other) {
        handler = other;
    }

    @Override
    public OptionMap getUndertowOptions() {
        return options;
    }

    @Override
    public void setUndertowOptions(OptionMap other) {
        options = other;
    }

    @Override
    public ByteBufferPool getBufferPool() {
        return buffers;
    }

    @Override
    public @Nullable ConnectorStatistics getConnectorStatistics() {
        return null;
    }
}
