package io.imagegate.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.ReloadMetrics;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.signature.TrustedRoot;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policies that a server applies: from files, which are reloaded when they change, or built-in ones. */
final class ServedPolicies implements Supplier<PolicySet>, AutoCloseable {

    private static final Logger LOG = System.getLogger(ServedPolicies.class.getName());
    private static final String NO_REGISTRIES = "this needs --registries FILE, the registries to ask";

    /** In place of a digest: policies without files. */
    private static final String BUILT_IN = "built in";

    private final Supplier<PolicySet> current;
    private final @Nullable LivePolicies live;

    private ServedPolicies(Supplier<PolicySet> current, @Nullable LivePolicies live) {
        this.current = current;
        this.live = live;
    }

    /** Policies that never change. */
    static ServedPolicies fixed(PolicySet policies) {
        return new ServedPolicies(() -> policies, null);
    }

    /**
     * Opens policies. A missing or invalid file does not prevent the start: every review is denied, and the server is
     * not ready, until the file is valid.
     *
     * @param location file, folder, or the name of built-in policies
     * @param registries the hosts that are named exactly among the registries to ask; null if there are none to ask, and
     *     policies with rules on the content of images are refused
     * @param reloads counts reloads
     * @return the policies
     */
    static ServedPolicies open(String location, @Nullable List<String> registries, ReloadMetrics reloads) {
        Reloads listener = new Reloads(location, reloads);
        try {
            LivePolicies live = LivePolicies.watch(documents(registries), location, listener);
            ServedPolicies policies = new ServedPolicies(live, live);
            listener.follow(policies);
            return policies;
        } catch (PolicyDocumentException unknown) {
            throw new StartProblem(String.valueOf(unknown.getMessage()));
        }
    }

    private static PolicyDocuments documents(@Nullable List<String> registries) {
        PolicyDocuments documents =
                new PolicyDocuments().withWarnings(warning -> LOG.log(Level.WARNING, "{0}", warning));
        return registries == null
                ? documents.withoutContent(NO_REGISTRIES)
                : documents.withRegistries(registries).withSignatures(root -> TrustedRoot.read(root.getBytes(UTF_8)));
    }

    @Override
    public PolicySet get() {
        return current.get();
    }

    /** Adds the digest of the active policies to the metrics. */
    void measure(ServerMetrics metrics) {
        metrics.gauges(
                "imagegate_policies_info",
                "1 for the SHA-256 of the files of the active policies.",
                "digest",
                () -> digest().map(digest -> Map.of(digest, 1L)).orElse(Map.of()));
    }

    /** {@return the SHA-256 of the files of the active policies, or that they have none; empty if no policy is loaded} */
    private Optional<String> digest() {
        if (!get().isLoaded()) {
            return Optional.empty();
        }
        String digest = live == null ? "" : live.digest();
        return Optional.of(digest.isEmpty() ? BUILT_IN : digest);
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }

    /** Logs and counts loads. */
    private static final class Reloads implements ReloadListener {

        private final String location;
        private final ReloadMetrics reloads;
        private volatile @Nullable ServedPolicies followed;

        Reloads(String location, ReloadMetrics reloads) {
            this.location = location;
            this.reloads = reloads;
        }

        /** Called after the first load, whose policies have no name before. */
        void follow(ServedPolicies policies) {
            followed = policies;
            log(policies);
        }

        private void log(ServedPolicies policies) {
            policies.digest()
                    .ifPresent(digest -> LOG.log(Level.INFO, "loaded policy {0}, SHA-256: {1}", location, digest));
        }

        @Override
        public void loaded(PolicySet set) {
            reloads.succeeded();
            ServedPolicies policies = followed;
            if (policies != null) {
                log(policies);
            }
        }

        @Override
        public void refused(PolicyDocumentException problems) {
            reloads.failed();
            LOG.log(Level.ERROR, "rejected policy {0}: {1}", location, problems.getMessage());
        }
    }
}
