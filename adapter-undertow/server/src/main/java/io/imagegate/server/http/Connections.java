package io.imagegate.server.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * The open connections. When there is one too many, one gives way: that which has been silent since it was opened, the
 * oldest first, and only if all have asked something, that which asked longest ago. So a client that opens thousands and
 * says nothing, or says it slowly, only displaces itself.
 */
public final class Connections {

    private record Silent(StreamConnection connection, long since) {}

    private final int limit;
    private final Duration patience;
    private final Consumer<Refusal> refusals;
    private final Map<SocketAddress, Silent> silent = new LinkedHashMap<>();
    private final Map<SocketAddress, StreamConnection> asking = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * No connections yet.
     *
     * @param limits how many, and for how long one may be silent
     * @param refusals hears of those that are closed
     */
    public Connections(Limits limits, Consumer<Refusal> refusals) {
        this.limit = limits.connections();
        this.patience = limits.requestTimeout();
        this.refusals = refusals;
    }

    /**
     * Counts each connection before it is served.
     *
     * @param next serves it
     * @return to be called with each new connection
     */
    public ChannelListener<StreamConnection> before(ChannelListener<? super StreamConnection> next) {
        return connection -> {
            opened(connection);
            next.handleEvent(connection);
        };
    }

    private void opened(StreamConnection connection) {
        StreamConnection displaced = add(connection);
        if (displaced != null) {
            close(displaced);
        }
    }

    private synchronized @Nullable StreamConnection add(StreamConnection connection) {
        StreamConnection displaced = null;
        if (silent.size() + asking.size() >= limit) {
            forgetClosed();
            if (silent.size() + asking.size() >= limit) {
                displaced = eldest();
            }
        }
        silent.put(connection.getPeerAddress(), new Silent(connection, System.nanoTime()));
        return displaced;
    }

    private StreamConnection eldest() {
        if (!silent.isEmpty()) {
            Iterator<Silent> all = silent.values().iterator();
            StreamConnection first = all.next().connection();
            all.remove();
            return first;
        }
        Iterator<StreamConnection> all = asking.values().iterator();
        StreamConnection first = all.next();
        all.remove();
        return first;
    }

    /** Whoever asks is no longer silent. */
    synchronized void asked(SocketAddress peer) {
        if (asking.get(peer) == null) {
            Silent first = silent.remove(peer);
            if (first != null) {
                asking.put(peer, first.connection());
            }
        }
    }

    /** Closes those that were silent for too long; to be called every now and then. */
    public void sweep() {
        overdue().forEach(this::close);
    }

    private synchronized List<StreamConnection> overdue() {
        forgetClosed();
        List<StreamConnection> overdue = new ArrayList<>();
        long now = System.nanoTime();
        Iterator<Silent> all = silent.values().iterator();
        while (all.hasNext()) {
            Silent next = all.next();
            if (now - next.since() < patience.toNanos()) {
                break;
            }
            overdue.add(next.connection());
            all.remove();
        }
        return overdue;
    }

    /** {@return how many are open} */
    public synchronized int count() {
        forgetClosed();
        return silent.size() + asking.size();
    }

    private void forgetClosed() {
        silent.values().removeIf(s -> !s.connection().isOpen());
        asking.values().removeIf(c -> !c.isOpen());
    }

    private void close(StreamConnection connection) {
        refusals.accept(Refusal.CONNECTION);
        // Only the thread of a connection may touch its TLS engine.
        connection.getIoThread().execute(() -> IoUtils.safeClose(connection));
    }
}
