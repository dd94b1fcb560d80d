package io.imagegate.document;

import io.imagegate.policy.PolicySet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a file or folder, as they are now. Thread-safe; {@link #get} costs nothing.
 *
 * <p>A daemon thread compares the contents of the files, and of the files they name, a few times a second. That notices
 * whatever way they change, also by the symbolic link that Kubernetes swaps when it updates a mounted ConfigMap. New contents
 * are used only if they are sound and still the same when looked at again, so a file that is being written, of which the
 * part written so far might be a weaker policy, is not. Whenever they are not sound, the last good policies hold.
 *
 * <p>Before the first good policies there are none, which {@linkplain PolicySet#unloaded(String) denies everything}.
 *
 * @since 0.1
 */
public final class LivePolicies implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = System.getLogger(LivePolicies.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final long PATIENCE_MILLIS = 5_000;

    /** What was loaded, or why not, and from which files. */
    private record Attempt(
            SourceFiles files,
            @Nullable PolicySet policies,
            @Nullable PolicyDocumentException problems) {}

    private final PolicyDocuments documents;
    private final Path path;
    private final ReloadListener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile PolicySet current = PolicySet.unloaded("no policy could be loaded yet");
    private volatile String digest = "";
    private Attempt last;
    private @Nullable Attempt next;
    private volatile @Nullable Thread watcher;

    private LivePolicies(PolicyDocuments documents, Path path, ReloadListener listener) {
        this.documents = documents;
        this.path = Objects.requireNonNull(path, "path");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.last = attempt();
        settle(last);
    }

    /**
     * Loads policies and watches their files.
     *
     * @param documents how they are read
     * @param path the file or folder, as {@link PolicyDocuments#load(Path)} takes it; it need not exist yet
     * @param listener hears of the first loading before this returns, and of every later one
     * @return the policies; to be closed when they are no longer needed
     */
    public static LivePolicies watch(PolicyDocuments documents, Path path, ReloadListener listener) {
        return watch(documents, path, INTERVAL, listener);
    }

    /**
     * Loads policies and watches their files.
     *
     * @param documents how they are read
     * @param path the file or folder, as {@link PolicyDocuments#load(Path)} takes it; it need not exist yet
     * @param interval time between two looks at the files; a change is used after two looks
     * @param listener hears of the first loading before this returns, and of every later one
     * @return the policies; to be closed when they are no longer needed
     * @throws IllegalArgumentException if the interval is not positive
     */
    public static LivePolicies watch(PolicyDocuments documents, Path path, Duration interval, ReloadListener listener) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval " + interval + ": expected more than nothing");
        }
        LivePolicies policies = unwatched(documents, path, listener);
        policies.start(interval);
        return policies;
    }

    /** Loads policies; {@link #look} is left to the caller. */
    static LivePolicies unwatched(PolicyDocuments documents, Path path, ReloadListener listener) {
        return new LivePolicies(documents, path, listener);
    }

    /** {@return the policies that hold now} */
    @Override
    public PolicySet get() {
        return current;
    }

    /**
     * {@return the SHA-256, in hexadecimal, of what the policies that hold now were read from: of the file, as
     * {@code sha256sum} prints it; of several, that of the lines that {@code sha256sum} prints of them; empty before the
     * first good policies}
     */
    public String digest() {
        return digest;
    }

    private void start(Duration interval) {
        Thread thread = new Thread(() -> watch(interval), "imagegate-policies");
        thread.setDaemon(true);
        watcher = thread;
        thread.start();
    }

    /**
     * Stops watching; the policies stay as they are. Waits until the thread that watches has ended, unless that takes
     * longer than five seconds or it is the one that calls.
     */
    @Override
    public void close() {
        closed.countDown();
        Thread thread = watcher;
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch(Duration interval) {
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                lookSafely();
            }
        } catch (InterruptedException e) {
            LOG.log(Level.WARNING, () -> "interrupted: " + path + " is no longer watched");
        }
    }

    /** Whatever goes wrong in one look, another follows. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.log(Level.ERROR, () -> "looking at " + path + " failed", e);
        }
    }

    synchronized void look() {
        if (next != null && next.files.unchanged()) {
            last = next;
            next = null;
            settle(last);
        } else if (next != null || !last.files.unchanged()) {
            next = attempt();
        }
    }

    private Attempt attempt() {
        PolicyLoading loading = documents.loading();
        try {
            loading.path(path);
            return new Attempt(loading.files(), documents.finish(loading, path.toString()), null);
        } catch (PolicyDocumentException e) {
            return new Attempt(loading.files(), null, e);
        }
    }

    private void settle(Attempt attempt) {
        if (attempt.policies != null) {
            digest = attempt.files.digest();
            current = attempt.policies;
            listener.loaded(attempt.policies);
        } else if (attempt.problems != null) {
            listener.refused(attempt.problems);
        }
    }
}
