package io.imagegate.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.ReloadMetrics;
import io.imagegate.signature.TrustedRoot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** The policies that a server applies: from files, which are reloaded when they change, or built-in ones. */
final class ServedPolicies implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedPolicies.class.getName());
    private static final String NO_REGISTRIES = "this needs --registries FILE, the registries to ask";

    private final Supplier<PolicySet> current;
    private final Runnable watcher;

    private ServedPolicies(Supplier<PolicySet> current, Runnable watcher) {
        this.current = current;
        this.watcher = watcher;
    }

    /** Policies that never change. */
    static ServedPolicies fixed(PolicySet policies) {
        return new ServedPolicies(() -> policies, () -> {});
    }

    /**
     * Opens policies. A missing or invalid file does not prevent the start: every review is denied, and the server is
     * not ready, until the file is valid.
     *
     * @param location file, folder, or the name of built-in policies
     * @param withFacts whether rules on the content of images can be decided; policies with one are refused otherwise
     * @param reloads counts reloads
     * @return the policies
     */
    static ServedPolicies open(String location, boolean withFacts, ReloadMetrics reloads) {
        try {
            LivePolicies live = LivePolicies.watch(documents(withFacts), location, listener(location, reloads));
            return new ServedPolicies(live, live::close);
        } catch (PolicyDocumentException unknown) {
            throw new StartProblem(String.valueOf(unknown.getMessage()));
        }
    }

    private static PolicyDocuments documents(boolean withFacts) {
        PolicyDocuments documents =
                new PolicyDocuments().withWarnings(warning -> LOG.log(Level.WARNING, "{0}", warning));
        return withFacts
                ? documents.withSignatures(root -> TrustedRoot.read(root.getBytes(UTF_8)))
                : documents.withoutContent(NO_REGISTRIES);
    }

    private static ReloadListener listener(String location, ReloadMetrics reloads) {
        return new ReloadListener() {
            @Override
            public void loaded(PolicySet policies) {
                reloads.succeeded();
                LOG.log(Level.INFO, "loaded policy {0}", location);
            }

            @Override
            public void refused(PolicyDocumentException problems) {
                reloads.failed();
                LOG.log(Level.ERROR, "rejected policy {0}: {1}", location, problems.getMessage());
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
