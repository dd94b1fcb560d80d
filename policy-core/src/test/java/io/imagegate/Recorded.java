package io.imagegate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bodies that a kube-apiserver sent. */
public final class Recorded {

    private Recorded() {}

    /** An AdmissionReview, byte for byte. */
    public static String admission(String name) {
        return resource("/recorded/admission-review/" + name + ".json");
    }

    /** The answer to an AdmissionReview, of the policy in the webhook's test. */
    public static String answer(String name) {
        return resource("/golden/admission-review/" + name + ".json").stripTrailing();
    }

    private static String resource(String name) {
        try (InputStream in = Recorded.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
