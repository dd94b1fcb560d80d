package io.imagegate.examples.frameworks;

import io.imagegate.gate.LiveGate;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** Lets Testcontainers start only the images that the policy allows. */
public final class PolicyImageNames extends ImageNameSubstitutor {

    private static final String POLICY = System.getProperty("testcontainers.policy", "policy.yaml");

    private final LiveGate gate = LiveGate.builder().policies(POLICY).once().open();

    /** Called by Testcontainers. */
    public PolicyImageNames() {}

    @Override
    public DockerImageName apply(DockerImageName image) {
        Decision decision = gate.decide(ImageReview.of(image.asCanonicalNameString()));
        if (!decision.allowed()) {
            throw new IllegalArgumentException(decision.reason());
        }
        return image;
    }

    @Override
    protected String getDescription() {
        return "images that " + POLICY + " allows";
    }
}
