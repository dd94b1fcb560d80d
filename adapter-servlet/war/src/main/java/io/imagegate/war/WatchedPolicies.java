package io.imagegate.war;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Policies of one web application. Loads and watches them, and logs every load to the container's log. */
final class WatchedPolicies implements ReloadListener, AutoCloseable {

    static final String SETTING = "imagegate.policy";

    private static final System.Logger LOG = System.getLogger(WatchedPolicies.class.getName());
    private static final PolicySet NONE = PolicySet.unloaded("no policy could be loaded, so every image is denied");

    private final String location;
    private final String origin;
    private volatile PolicyStatus status;
    private @Nullable LivePolicies watched;

    private WatchedPolicies(String location, String origin) {
        this.location = location;
        this.origin = origin;
        this.status = new PolicyStatus(NONE, location, origin, Instant.EPOCH, null);
    }

    /** Makes policies without a setting: the default policy. */
    static WatchedPolicies ofDefault() {
        WatchedPolicies made = new WatchedPolicies("the default policy", "default");
        made.loaded(PolicySet.of(Policy.byDefault()));
        return made;
    }

    /** Loads the policies of a setting. If they are invalid, everything is denied. */
    static WatchedPolicies of(Setting setting, PolicyDocuments documents) {
        WatchedPolicies made = new WatchedPolicies(setting.value(), setting.origin());
        try {
            made.start(documents);
        } catch (PolicyDocumentException e) {
            made.refused(e);
        } catch (InvalidPathException e) {
            made.refused("not the name of a file: " + e.getReason());
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "loading policies failed", e);
            made.refused("loading failed: " + e.getClass().getSimpleName());
        }
        return made;
    }

    private void start(PolicyDocuments documents) {
        if (location.isEmpty()) {
            refused("empty setting; expected a file, a folder or a built-in policy");
        } else {
            watched = LivePolicies.watch(documents, location, this);
        }
    }

    PolicyStatus status() {
        return status;
    }

    /** {@return the SHA-256 of the policy files; empty for built-in policies} */
    String digest() {
        return watched == null ? "" : watched.digest();
    }

    /** {@return the active policies} */
    PolicySet policies() {
        return status.policies();
    }

    @Override
    public void loaded(PolicySet policies) {
        status = new PolicyStatus(policies, location, origin, Instant.now(), null);
        LOG.log(Level.INFO, () -> "Imagegate loaded policies " + names(policies) + " from " + source());
    }

    @Override
    public void refused(PolicyDocumentException problems) {
        refused(Objects.requireNonNullElse(problems.getMessage(), "cannot be read"));
    }

    private void refused(String problem) {
        PolicyStatus before = status;
        status = new PolicyStatus(before.policies(), location, origin, before.loadedAt(), problem);
        String effect = before.policies().isLoaded() ? "the last valid policies stay active" : "everything is denied";
        LOG.log(Level.ERROR, () -> "Imagegate cannot load policies from " + source() + "; " + effect + ":\n" + problem);
    }

    private String source() {
        return location + " (set by " + origin + ")";
    }

    private static String names(PolicySet policies) {
        return policies.policies().stream().map(Policy::name).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        if (watched != null) {
            watched.close();
        }
    }
}
