package io.imagegate.server.serve;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.Reloads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** The policies that a server applies: those of files, which it follows, or built-in ones. */
final class ServedPolicies implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedPolicies.class.getName());

    private final Supplier<PolicySet> current;
    private final Runnable watcher;

    private ServedPolicies(Supplier<PolicySet> current, Runnable watcher) {
        this.current = current;
        this.watcher = watcher;
    }

    /** The policies that no file changes. */
    static ServedPolicies fixed(PolicySet policies) {
        return new ServedPolicies(() -> policies, () -> {});
    }

    /**
     * Opens policies. A file that is missing or wrong is no reason not to start: it is denied everything, and the server
     * is not ready, until the file is right.
     *
     * @param location file, folder, or the name of built-in policies
     * @param reloads counts
     * @return the policies
     */
    static ServedPolicies open(String location, Reloads reloads) {
        try {
            LivePolicies live = LivePolicies.watch(new PolicyDocuments(), location, told(location, reloads));
            return new ServedPolicies(live, live::close);
        } catch (PolicyDocumentException unknown) {
            throw new StartProblem(String.valueOf(unknown.getMessage()));
        }
    }

    private static ReloadListener told(String location, Reloads reloads) {
        return new ReloadListener() {
            @Override
            public void loaded(PolicySet policies) {
                reloads.succeeded();
                LOG.log(Level.INFO, "policy {0} holds now", location);
            }

            @Override
            public void refused(PolicyDocumentException problems) {
                reloads.failed();
                LOG.log(Level.ERROR, "policy {0} is not used: {1}", location, problems.getMessage());
            }
        };
    }

    @Override
    public PolicySet get() {
        return current.get();
    }

    @Override
    public void close() {
        watcher.run();
    }
}
