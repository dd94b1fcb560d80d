package io.imagegate.document;

import io.imagegate.document.file.SourceFiles;
import io.imagegate.document.policy.Builtin;
import io.imagegate.document.policy.PolicyLoading;
import io.imagegate.follow.FileFollower;
import io.imagegate.follow.Snapshot;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.FailureLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Policies of a file or folder that are reloaded when the files change. Thread-safe. {@link #get} is a field access.
 *
 * <pre>{@code
 * LivePolicies policies = LivePolicies.watch(new PolicyDocuments(), "/etc/imagegate/policies", listener);
 * ImageGate gate = ImageGate.of(policies);
 * }</pre>
 *
 * <p>A daemon thread compares the contents of the files, and of the files they refer to, twice a second. This notices
 * every kind of change, also the swap of a symbolic link when Kubernetes updates a mounted ConfigMap. New contents are
 * loaded once they are unchanged between two reads, so a half-written file is never used. If they are invalid, the last
 * valid policies stay active. Only regular files are read. Failures are reported, and the thread tries again.
 *
 * <p>Until valid policies are loaded, everything is {@linkplain PolicySet#unloaded(String) denied}.
 *
 * @since 0.1
 */
public final class LivePolicies implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = System.getLogger(LivePolicies.class.getName());
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final ReloadListener IGNORING = new ReloadListener() {
        @Override
        public void loaded(PolicySet policies, String digest) {}

        @Override
        public void refused(PolicyDocumentException problems) {}
    };

    /** State of one load: the policies or the problems, and the files. */
    private record Attempt(
            SourceFiles files,
            @Nullable PolicySet policies,
            @Nullable PolicyDocumentException problems) implements Snapshot {

        @Override
        public boolean isCurrent() {
            return files.unchanged();
        }
    }

    private static final String NONE_YET = "no policy could be loaded yet";

    private final PolicyDocuments documents;
    private final String location;
    private final FailureLog failures = new FailureLog(LOG);
    private final Consumer<PolicyLoading> source;
    private final ReloadListener listener;
    private final FileFollower<Attempt> follower;
    private volatile PolicySet current = PolicySet.unloaded(NONE_YET);
    private volatile String digest = "";

    private LivePolicies(
            PolicyDocuments documents, String location, Consumer<PolicyLoading> source, ReloadListener listener) {
        this.documents = documents;
        this.location = location;
        this.source = source;
        this.listener = Objects.requireNonNull(listener, "listener");
        follower = new FileFollower<>(null, this::attempt, this::use, this::report);
    }

    private LivePolicies(PolicyDocuments documents, List<String> locations, ReloadListener listener) {
        this(documents, String.join(", ", locations), loading -> locations.forEach(loading::location), listener);
    }

    /**
     * Loads policies from where a user says, and watches their files. Built-in policies never change.
     *
     * @param documents reads the files
     * @param location name of a file or folder, which need not exist yet, or of a {@linkplain PolicyDocuments#builtins()
     *     built-in policy}
     * @param listener called for the first load before this method returns, and for every later one
     * @return the policies; close them when they are no longer needed
     * @throws PolicyDocumentException if there is no such built-in policy
     */
    public static LivePolicies watch(PolicyDocuments documents, String location, ReloadListener listener) {
        return watch(documents, List.of(location), listener);
    }

    /**
     * Loads policies of several locations into one set, and watches their files.
     *
     * @param documents reads the files
     * @param locations at least one name of a file or folder, which need not exist yet, or of a built-in policy
     * @param listener called for the first load before this method returns, and for every later one
     * @return the policies; close them when they are no longer needed
     * @throws PolicyDocumentException if there is no such built-in policy
     */
    public static LivePolicies watch(PolicyDocuments documents, List<String> locations, ReloadListener listener) {
        locations.stream().filter(Builtin::isNamed).forEach(PolicyDocuments::requireBuiltin);
        LivePolicies policies = new LivePolicies(documents, locations, listener);
        policies.follower.load();
        if (!locations.stream().allMatch(Builtin::isNamed)) {
            policies.start(INTERVAL);
        }
        return policies;
    }

    /**
     * Loads policies of several locations into one set, and does not watch their files, for programs that end soon.
     *
     * @param documents reads the files
     * @param locations at least one name of a file or folder, or of a built-in policy
     * @return the policies, which never change
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public static LivePolicies load(PolicyDocuments documents, List<String> locations) {
        LivePolicies policies = new LivePolicies(documents, locations, IGNORING);
        Attempt attempt = policies.attempt();
        if (attempt.problems != null) {
            throw attempt.problems;
        }
        policies.use(attempt);
        return policies;
    }

    /**
     * Loads policies and watches their files.
     *
     * @param documents reads the files
     * @param path the file or folder, as {@link PolicyDocuments#load(Path)} takes it; need not exist yet
     * @param listener called for the first load before this method returns, and for every later one
     * @return the policies; close them when they are no longer needed
     */
    public static LivePolicies watch(PolicyDocuments documents, Path path, ReloadListener listener) {
        return watch(documents, path, INTERVAL, listener);
    }

    /**
     * Loads policies and watches their files.
     *
     * @param documents reads the files
     * @param path the file or folder, as {@link PolicyDocuments#load(Path)} takes it; need not exist yet
     * @param interval time between two reads of the files; a change is loaded after two reads
     * @param listener called for the first load before this method returns, and for every later one
     * @return the policies; close them when they are no longer needed
     * @throws IllegalArgumentException if the interval is not positive
     */
    public static LivePolicies watch(PolicyDocuments documents, Path path, Duration interval, ReloadListener listener) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("interval " + interval + ": expected a positive duration");
        }
        LivePolicies policies = unwatched(documents, path, listener);
        policies.start(interval);
        return policies;
    }

    /** Loads policies; the caller calls {@link #look}. */
    static LivePolicies unwatched(PolicyDocuments documents, Path path, ReloadListener listener) {
        LivePolicies policies = new LivePolicies(documents, path.toString(), loading -> loading.path(path), listener);
        policies.follower.load();
        return policies;
    }

    /** {@return the active policies} */
    @Override
    public PolicySet get() {
        return current;
    }

    /**
     * {@return the SHA-256 of the files of the active policies, in hexadecimal: for one file what {@code sha256sum}
     * prints; for several the hash of the lines that {@code sha256sum} prints; empty for built-in policies, and until
     * policies are loaded}
     */
    public String digest() {
        return digest;
    }

    private void start(Duration interval) {
        follower.start("imagegate-policies", documents.time(), interval);
    }

    /**
     * Stops watching. The policies stay active. Waits up to five seconds for the watching thread to end, unless that
     * thread calls this method.
     */
    @Override
    public void close() {
        follower.close();
    }

    void look() {
        follower.look();
    }

    private void report(Throwable unforeseen) {
        LOG.log(Level.ERROR, () -> "looking at " + location + " failed", unforeseen);
        PolicyDocumentException problem = new PolicyDocumentException(
                List.of(new DocumentProblem(location, "cannot be loaded: " + unforeseen)), unforeseen);
        refuse(problem);
    }

    private void refuse(PolicyDocumentException problem) {
        if (!current.isLoaded()) {
            current = PolicySet.unloaded(NONE_YET, problem);
        }
        notifyListener(() -> listener.refused(problem));
    }

    private Attempt attempt() {
        PolicyLoading loading = documents.loading();
        try {
            source.accept(loading);
            return new Attempt(loading.files(), documents.finish(loading, location), null);
        } catch (PolicyDocumentException e) {
            return new Attempt(loading.files(), null, e);
        }
    }

    private void use(Attempt attempt) {
        if (attempt.policies != null) {
            String loaded = attempt.files.digest();
            digest = loaded;
            current = attempt.policies;
            notifyListener(() -> listener.loaded(attempt.policies, loaded));
        } else if (attempt.problems != null) {
            refuse(attempt.problems);
        }
    }

    private void notifyListener(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            failures.log("the listener of " + location + " failed; the policies stay active", e);
        }
    }
}
