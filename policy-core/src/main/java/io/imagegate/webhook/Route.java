package io.imagegate.webhook;

import io.imagegate.admission.CheckedImages;
import io.imagegate.admission.ReviewStage;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Path of a webhook and the gate that decides there.
 *
 * @param kind says whether answers may patch objects
 * @param path the path of the request
 * @param gate the gate
 * @param found whether the path has this gate; otherwise the gate's policies are unloaded, and everything is denied
 */
record Route(WebhookKind kind, String path, ImageGate gate, boolean found) {

    static Route to(WebhookKind kind, String path, ImageGate gate) {
        return new Route(kind, path, gate, true);
    }

    /** {@return a route for a path without a gate, which denies every review for a reason} */
    static Route denying(WebhookKind kind, String path, String why) {
        return new Route(kind, path, ImageGate.of(PolicySet.unloaded(why)), false);
    }

    ReviewStage stage() {
        return kind == WebhookKind.MUTATING ? ReviewStage.MUTATING : ReviewStage.VALIDATING;
    }

    /**
     * {@return the decision on a review}
     *
     * @param policies those by which the review was read; null for the gate's own
     */
    CompletableFuture<Decision> decide(@Nullable PolicySet policies, CheckedImages images, Duration limit) {
        ImageGate deciding = policies == null ? gate : gate.withPolicies(policies);
        return found
                ? images.decideAsync(deciding.withoutListeners(), limit)
                : CompletableFuture.completedFuture(deciding.policies().decide(images.review()));
    }

    /** {@return whether the last segment of the path is the gate's name} */
    boolean isNamed() {
        return path.endsWith("/" + gate.name()) && path.length() > gate.name().length() + 1;
    }

    /** {@return the path above the last segment} */
    String parent() {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
