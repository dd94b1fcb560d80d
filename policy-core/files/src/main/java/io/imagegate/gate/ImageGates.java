package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import java.nio.file.Path;

/**
 * Opens policies, and what looks at the content of images, from their files.
 *
 * <pre>{@code
 * try (LiveGate gate = ImageGates.open("policies/", Path.of("registries.yaml"))) {
 *     Decision decision = gate.decide(ImageReview.of("ghcr.io/acme/api:1.4").inNamespace("prod"));
 * }
 * }</pre>
 *
 * <p>Changed policies are used within a second; invalid ones are reported to the {@link GateListener}, and the last valid
 * ones stay active. Rules on the content of images need registries and {@code io.imagegate:policy-registry}, those on
 * signatures also {@code io.imagegate:policy-signature}.
 *
 * @since 0.1
 */
public final class ImageGates {

    private ImageGates() {}

    /**
     * Opens policies, whose rules look at the names of images alone.
     *
     * @param policies name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @return the gate; close it when it is no longer needed
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public static LiveGate open(String policies) {
        return builder().policies(policies).open();
    }

    /**
     * Opens policies and registries.
     *
     * @param policies name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @param registries file of kind ImageRegistries, which is read once
     * @return the gate; close it when it is no longer needed
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     * @throws GateException if the registries are invalid, or an artifact that reads them or verifies signatures is missing
     *     or there twice
     */
    public static LiveGate open(String policies, Path registries) {
        return builder().policies(policies).registries(registries).open();
    }

    /** {@return a builder, which needs policies} */
    public static LiveGateBuilder builder() {
        return new LiveGateBuilder();
    }
}
