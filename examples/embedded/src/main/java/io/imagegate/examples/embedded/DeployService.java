package io.imagegate.examples.embedded;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ImageReview;
import java.util.function.BiConsumer;

/** Deploys an image if the policies allow it, under the name that they checked. */
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
     * @return the name that was deployed: that of a mirror or with a digest, if the policies rewrite or pin it
     * @throws IllegalArgumentException if the policies deny it; the message says why
     */
    public String deploy(String namespace, String image) {
        Decision decision = gate.decide(ImageReview.of(image).inNamespace(namespace), MutationScope.AS_IN_PODS);
        if (!decision.allowed()) {
            throw new IllegalArgumentException(decision.reason());
        }
        String checked = decision.mutations().stream()
                .map(ImageMutation::result)
                .findFirst()
                .orElse(image);
        cluster.accept(namespace, checked);
        return checked;
    }
}
