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

/** Loads the policies of one web application, watches them, and says in the container's log what became of them. */
final class PolicyKeeper implements ReloadListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PolicyKeeper.class.getName());
    private static final PolicySet NONE = PolicySet.unloaded("no policy could be loaded, so every image is denied");

    private final String location;
    private final String origin;
    private volatile PolicyStatus status;
    private @Nullable LivePolicies watched;

    private PolicyKeeper(String location, String origin) {
        this.location = location;
        this.origin = origin;
        this.status = new PolicyStatus(NONE, location, origin, Instant.EPOCH, null);
    }

    /** Keeps the policy that holds where none is set. */
    static PolicyKeeper ofDefault() {
        PolicyKeeper keeper = new PolicyKeeper("the default policy", "nobody");
        keeper.loaded(PolicySet.of(Policy.byDefault()));
        return keeper;
    }

    /** Keeps the policies that somebody set; whatever is wrong with them, there is a keeper that denies everything. */
    static PolicyKeeper of(PolicySetting setting) {
        PolicyKeeper keeper = new PolicyKeeper(setting.location(), setting.origin());
        try {
            keeper.start();
        } catch (PolicyDocumentException e) {
            keeper.refused(e);
        } catch (InvalidPathException e) {
            keeper.refused("not the name of a file: " + e.getReason());
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "loading policies failed", e);
            keeper.refused("loading failed: " + e.getClass().getSimpleName());
        }
        return keeper;
    }

    private void start() {
        if (location.isEmpty()) {
            refused("set to nothing; expected a file, a folder or a built-in policy");
        } else {
            watched = LivePolicies.watch(new PolicyDocuments(), location, this);
        }
    }

    PolicyStatus status() {
        return status;
    }

    /** {@return the SHA-256 of what the policies were read from, empty when that is no file} */
    String digest() {
        return watched == null ? "" : watched.digest();
    }

    /** {@return what decides now} */
    PolicySet policies() {
        return status.policies();
    }

    @Override
    public void loaded(PolicySet policies) {
        status = new PolicyStatus(policies, location, origin, Instant.now(), null);
        LOG.log(Level.INFO, () -> "Imagegate decides by " + names(policies) + " from " + source());
    }

    @Override
    public void refused(PolicyDocumentException problems) {
        refused(Objects.requireNonNullElse(problems.getMessage(), "cannot be read"));
    }

    private void refused(String problem) {
        PolicyStatus before = status;
        status = new PolicyStatus(before.policies(), location, origin, before.loadedAt(), problem);
        String effect = before.policies().isLoaded() ? "keeps the last good policies" : "denies everything";
        LOG.log(Level.ERROR, () -> "Imagegate " + effect + ": policies from " + source() + ":\n" + problem);
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
