package io.imagegate.examples.embedded;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.RunnableImage;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import java.util.function.BiConsumer;

/** Deploys an image if the policies allow it: exactly what they checked. */
public final class DeployService {

    private final ImageGate gate;
    private final BiConsumer<String, String> cluster;

    /**
     * Creates a service.
     *
     * @param gate decides on images
     * @param cluster runs an image in a namespace
     */
    public DeployService(ImageGate gate, BiConsumer<String, String> cluster) {
        this.gate = gate;
        this.cluster = cluster;
    }

    /**
     * Deploys an image.
     *
     * @param namespace the namespace
     * @param image the image as its user wrote it
     * @return the name that was deployed: that of a mirror, if the policies rewrite it, and with the digest that they looked up
     * @throws IllegalArgumentException if the policies deny it; the message says why
     */
    public String deploy(String namespace, String image) {
        Decision decision = gate.decide(ImageReview.of(image).inNamespace(namespace), MutationScope.AS_IN_PODS);
        if (!decision.allowed()) {
            throw new IllegalArgumentException(decision.reason());
        }
        RunnableImage allowed = decision.toRun().get(0);
        // Policies that look at names alone know no digest. Where all images must be signed, use requireVerified().
        String checked = allowed.pinned().map(ImageReference::text).orElse(allowed.name());
        cluster.accept(namespace, checked);
        return checked;
    }
}
