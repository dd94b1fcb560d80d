package io.imagegate.server.undertow;

import io.imagegate.time.TimeSource;
import io.undertow.connector.ByteBufferPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioIoThread;
import org.xnio.XnioWorker;

/**
 * Checks a listener from inside: that every I/O thread runs tasks, that it accepts connections, and that it has network
 * buffers. The connection of a check is recognized by its port and closed when it is accepted, before TLS: it displaces
 * no client, is not counted and costs almost nothing.
 */
final class SelfCheck {

    private final XnioWorker worker;
    private final ByteBufferPool buffers;
    private final List<CompletableFuture<Void>> threads = new ArrayList<>();
    private volatile @Nullable Attempt attempt;

    /** The connection of one check: the port from which it comes, and whether it was accepted. */
    private record Attempt(InetSocketAddress from, CompletableFuture<Void> accepted) {}

    /**
     * Creates a check.
     *
     * @param worker whose I/O threads serve the listener
     * @param buffers of the listener
     */
    SelfCheck(XnioWorker worker, ByteBufferPool buffers) {
        this.worker = worker;
        this.buffers = buffers;
        for (int i = 0; i < worker.getIoThreadCount(); i++) {
            threads.add(CompletableFuture.completedFuture(null));
        }
    }

    /**
     * Closes the connections of checks and passes on all others.
     *
     * @param next serves other connections
     * @return to be called with each new connection
     */
    ChannelListener<StreamConnection> before(ChannelListener<? super StreamConnection> next) {
        return connection -> {
            Attempt expected = attempt;
            if (expected != null && expected.from.equals(connection.getPeerAddress())) {
                IoUtils.safeClose(connection);
                expected.accepted.complete(null);
            } else {
                next.handleEvent(connection);
            }
        };
    }

    /**
     * Checks once. Called by one thread at a time.
     *
     * @param listener where it listens
     * @param limit longest time of the check
     * @return what does not work; null if everything works
     */
    @Nullable
    String run(InetSocketAddress listener, Duration limit) throws InterruptedException {
        long end = TimeSource.system().nanos() + limit.toNanos();
        for (int i = 0; i < threads.size(); i++) {
            // A thread that has not run the last task gets no second one.
            if (threads.get(i).isDone()) {
                threads.set(i, allocateOn(worker.getIoThread(i)));
            }
        }
        for (CompletableFuture<Void> thread : threads) {
            String problem = await(thread, end, "an I/O thread of the review port has been busy for " + text(limit));
            if (problem != null) {
                return problem;
            }
        }
        return connect(listener, end, "the review port has accepted no connection for " + text(limit));
    }

    private CompletableFuture<Void> allocateOn(XnioIoThread thread) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                buffers.allocate().close();
                done.complete(null);
            } catch (RuntimeException | OutOfMemoryError none) {
                done.completeExceptionally(none);
            }
        });
        return done;
    }

    private @Nullable String connect(InetSocketAddress listener, long end, String late) throws InterruptedException {
        InetAddress host =
                listener.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : listener.getAddress();
        try (Socket socket = new Socket()) {
            // Bound first: the listener may accept before connect() returns.
            socket.bind(new InetSocketAddress(host, 0));
            Attempt next = new Attempt((InetSocketAddress) socket.getLocalSocketAddress(), new CompletableFuture<>());
            attempt = next;
            InetSocketAddress to = new InetSocketAddress(host, listener.getPort());
            socket.connect(to, (int) Math.max(
                    1, TimeUnit.NANOSECONDS.toMillis(end - TimeSource.system().nanos())));
            return await(next.accepted, end, late);
        } catch (IOException refused) {
            return "cannot connect to the review port: " + refused.getMessage();
        } finally {
            attempt = null;
        }
    }

    private static @Nullable String await(CompletableFuture<Void> task, long end, String late)
            throws InterruptedException {
        try {
            task.get(Math.max(0, end - TimeSource.system().nanos()), TimeUnit.NANOSECONDS);
            return null;
        } catch (TimeoutException stuck) {
            return late;
        } catch (ExecutionException failed) {
            return "the review port has no network buffer: " + failed.getCause();
        }
    }

    private static String text(Duration limit) {
        return limit.toMillis() + " ms";
    }
}
