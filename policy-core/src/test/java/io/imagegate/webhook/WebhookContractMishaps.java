package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the code of an embedder throws, the answer is a decision with status 200, and nothing is admitted by it. A
 * subclass serves each {@link Mishap#webhook()} at its {@link Mishap#path()}.
 */
abstract class WebhookContractMishaps extends WebhookContractPaths {

    /** So long that it is judged on another thread than a short one, where an adapter makes that difference. */
    private static final int LONG = 32 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** {@return where the paths of mishaps begin, without a slash at the end} */
    protected URI mishaps() {
        return base();
    }

    static List<Mishap> mistakes() {
        return Mishap.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void noMistakeOfAnEmbedderAdmitsAPod(Mishap mishap) throws Exception {
        for (int length : new int[] {0, LONG}) {
            String allowed = "\"allowed\":" + !mishap.denies();
            assertThat(answer(mishap, imageReview("nginx:1"), length))
                    .contains("\"kind\":\"ImageReview\"", allowed)
                    .doesNotContain("secret");
            assertThat(answer(mishap, admissionReview("nginx:1"), length))
                    .contains("\"kind\":\"AdmissionReview\"", "\"uid\":\"u-1\"", allowed)
                    .doesNotContain("secret");
            assertThat(answer(mishap, imageReview("nginx"), length)).contains("\"allowed\":false");
            assertThat(answer(mishap, admissionReview("nginx"), length)).contains("\"uid\":\"u-1\",\"allowed\":false");
            assertThat(answer(mishap, "{", length)).contains("\"allowed\":false,\"reason\":\"malformed review:");
        }
    }

    private String answer(Mishap mishap, String body, int length) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mishaps() + mishap.path()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray((" ".repeat(length) + body).getBytes(UTF_8)))
                .build();
        return text(send(request, 200));
    }

    private static String imageReview(String image) {
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                + "[{\"image\":\"" + image + "\"}],\"namespace\":\"default\"}}";
    }

    private static String admissionReview(String image) {
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u-1\","
                + "\"kind\":{\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"CREATE\",\"namespace\":\"default\","
                + "\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":[{\"image\":\"" + image
                + "\"}]}}}}";
    }
}
