package io.imagegate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Bodies that a kube-apiserver sent. */
public final class Recorded {

    private static final List<String> NAMES = List.of(
            "admission-review/create-cronjobs",
            "admission-review/create-daemonsets",
            "admission-review/create-deployments",
            "admission-review/create-jobs",
            "admission-review/create-pods-sidecar-and-image-volume",
            "admission-review/create-pods",
            "admission-review/create-podtemplates",
            "admission-review/create-replicasets",
            "admission-review/create-replicationcontrollers",
            "admission-review/create-statefulsets",
            "admission-review/delete-deployments",
            "admission-review/update-pods-ephemeralcontainers",
            "admission-review/update-pods-image",
            "admission-review/update-pods-label",
            "image-review/annotations-and-invalid-reference",
            "image-review/container-and-init-container",
            "image-review/ephemeral-container",
            "image-review/one-container");

    private Recorded() {}

    /** An AdmissionReview, byte for byte. */
    public static String admission(String name) {
        return resource("/recorded/admission-review/" + name + ".json");
    }

    /** The answer to an AdmissionReview, of the policy in the webhook's test. */
    public static String answer(String name) {
        return resource("/golden/admission-review/" + name + ".json").stripTrailing();
    }

    /** Every recorded body of both kinds. */
    public static List<String> all() {
        return NAMES.stream()
                .map(name -> resource("/recorded/" + name + ".json"))
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
