package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers byte for byte: what is empty is left out, and a denial is never without its reason. */
class AnswerEncoderTest {

    private static final String ADMISSION = "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\","
            + "\"response\":{\"uid\":\"u-1\",\"allowed\":";
    private static final String IMAGES =
            "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\"," + "\"status\":{\"allowed\":";

    private static String admission(boolean allowed, List<String> warnings, Map<String, String> audit) {
        return new String(
                AnswerEncoder.admissionReview("u-1", allowed, "no \"x\"", warnings, audit, JsonPatch.EMPTY), UTF_8);
    }

    private static String images(boolean allowed, String reason, Map<String, String> audit) {
        return new String(AnswerEncoder.imageReview(allowed, reason, audit), UTF_8);
    }

    @Test
    void anImageReview() {
        assertThat(images(true, "", Map.of())).isEqualTo(IMAGES + "true}}");
        assertThat(images(false, "no \"x\"", Map.of())).isEqualTo(IMAGES + "false,\"reason\":\"no \\\"x\\\"\"}}");
        assertThat(images(true, "", Map.of("warned", "w")))
                .isEqualTo(IMAGES + "true,\"auditAnnotations\":{\"warned\":\"w\"}}}");
    }

    @Test
    void anAdmissionReview() {
        assertThat(admission(true, List.of(), Map.of())).isEqualTo(ADMISSION + "true}}");
        assertThat(admission(false, List.of(), Map.of()))
                .isEqualTo(ADMISSION + "false,\"status\":{\"message\":\"no \\\"x\\\"\",\"reason\":\"Forbidden\","
                        + "\"code\":403}}}");
        assertThat(admission(true, List.of("a", "b"), Map.of("warned", "a; b")))
                .isEqualTo(ADMISSION + "true,\"warnings\":[\"a\",\"b\"],\"auditAnnotations\":{\"warned\":\"a; b\"}}}");
    }

    @Test
    void aStatus() {
        assertThat(new String(AnswerEncoder.status(429, "TooManyRequests", "try again"), UTF_8))
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"try again\",\"reason\":\"TooManyRequests\",\"code\":429}");
    }
}
