package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReviewDecoderTest {

    private static final ReviewDecoder DECODER = new ReviewDecoder(new WireLimits(1_000, 3, 2, 50, 10));

    private static ImageReview decode(String body) throws MalformedReviewException {
        byte[] bytes = body.getBytes(UTF_8);
        return ((ImageReviewRequest) DECODER.decode(bytes, bytes.length, ObjectPlaces.of(Workloads.wellKnown())))
                .review();
    }

    private static List<String> images(ImageReview review) {
        return review.images().stream().map(ReviewedImage::text).toList();
    }

    private static ImageReview recorded(String name) throws IOException, MalformedReviewException {
        try (InputStream in = ReviewDecoderTest.class.getResourceAsStream("/recorded/image-review/" + name + ".json")) {
            byte[] body = in.readAllBytes();
            return ((ImageReviewRequest) DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown())))
                    .review();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "one-container, nginx:1.17.1",
        "container-and-init-container, gcr.io/google-samples/hello-app:1.0 istio/proxyv2:1.22.0",
        "ephemeral-container, busybox",
    })
    void readsWhatAnApiServerSent(String name, String expected) throws Exception {
        ImageReview review = recorded(name);
        assertThat(images(review)).containsExactly(expected.split(" "));
        assertThat(review.namespace()).isEqualTo("default");
        assertThat(review.annotations()).isEmpty();
    }

    @Test
    void nothingFollowsAReviewNotEvenANul() {
        byte[] body = "{\"kind\":\"ImageReview\"}\u0000".getBytes(UTF_8);
        assertThatThrownBy(() -> DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown())))
                .hasMessageContaining("expected the end of the body");
    }

    @Test
    void readsRecordedAnnotationsAndAnImageThatIsNone() throws Exception {
        ImageReview review = recorded("annotations-and-invalid-reference");
        assertThat(images(review)).containsExactly("main:1", "bad image:@@", "init:1");
        assertThat(review.annotations()).isEqualTo(Map.of("break.image-policy.k8s.io/ticket", "INC-1"));
        assertThat(review.images().get(1).place()).hasToString("containers[1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"spec\":null,\"kind\":null,\"apiVersion\":null}",
                "{\"spec\":{\"containers\":null,\"annotations\":null,\"namespace\":null}}",
                "{\"spec\":{\"containers\":[],\"more\":{\"containers\":[{\"image\":\"x\"}]}},\"status\":{\"allowed\":true}}",
            })
    void nullMissingAndUnknownFieldsMeanNothing(String body) throws Exception {
        assertThat(decode(body))
                .isEqualTo(ImageReview.builder()
                        .kind("Pod")
                        .imagePolicyAnnotations(Map.of())
                        .build());
    }

    @Test
    void orderOfFieldsDoesNotMatter() throws Exception {
        assertThat(decode("{\"spec\":{\"namespace\":\"a\",\"containers\":[{\"name\":\"n\",\"image\":\"x\"},{},null]},"
                        + "\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\"}\n"))
                .isEqualTo(ImageReview.builder()
                        .images("x", "", "")
                        .namespace("a")
                        .kind("Pod")
                        .imagePolicyAnnotations(Map.of())
                        .build());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                     | line 1, column 1: expected a JSON object, got nothing
                    [] | line 1, column 1: expected a JSON object, got an array
                    "text" | line 1, column 1: expected a JSON object, got a string
                    {"spec":[]} | line 1, column 9: spec: expected an object, got an array
                    {"spec":{"containers":{}}} | spec.containers: expected an array, got an object
                    {"spec":{"containers":["nginx"]}} | spec.containers: expected an object, got a string
                    {"spec":{"containers":[{"image":7}]}} | spec.containers.image: expected a string, got a number
                    {"spec":{"namespace":true}} | spec.namespace: expected a string, got a boolean
                    {"kind":"Pod"} | kind: expected ImageReview or AdmissionReview, got "Pod"
                    {"apiVersion":"v2"} | apiVersion: expected imagepolicy.k8s.io/v1alpha1, got "v2"
                    {"spec":{},"spec":{}} | line 1, column 12: the field "spec" comes twice, expected it once
                    {"spec":{"containers":[{"image":"a","image":"b"}]}} | the field "image" comes twice
                    {"spec":{"annotations":{"a":"1","a":"2"}}} | the field "a" comes twice
                    {} {} | expected the end of the body after the JSON object
                    {"spec":{"containers":[{"image":"ng | line 1, column
                    {"a":[[[[[[[[[[[[1]]]]]]]]]]]]} | line 1
                    """)
    void refusesWhatCouldHideAnImage(String body, String problem) {
        assertThatThrownBy(() -> decode(body == null ? "" : body))
                .isInstanceOf(MalformedReviewException.class)
                .hasMessageStartingWith("malformed review: line ")
                .hasMessageContaining(problem)
                .hasNoCause();
    }

    @Test
    void refusesMoreThanTheLimits() throws Exception {
        String longest = "{\"spec\":{\"namespace\":\"" + "n".repeat(50) + "\"}}";
        assertThat(decode(longest).namespace()).hasSize(50);
        assertThatThrownBy(() -> decode(longest.replace("nn", "nnn"))).isInstanceOf(MalformedReviewException.class);
        String full = "{" + " ".repeat(998) + "}";
        assertThat(decode(full).images()).isEmpty();
        assertThatThrownBy(() -> decode(full + " ")).hasMessageContaining("1000 bytes at most");
    }

    @Test
    void problemsOfTheTextAreShownEscaped() {
        assertThatThrownBy(() -> decode("{\"kind\":\"\\u202e\\n\"}")).hasMessageContaining("got \"\\u202e\\n\"");
    }

    @Test
    void limitsMustBePositive() {
        assertThatThrownBy(() -> new WireLimits(1, 0, 1, 1, 1)).hasMessage("limit images: expected at least 1, got 0");
        assertThatThrownBy(() -> WireLimits.DEFAULTS.withBodyBytes(Integer.MAX_VALUE))
                .hasMessageContaining("limit bodyBytes");
    }

    @Test
    void moreThanIsReadIsTooManyAndNotMalformed() {
        for (String spec :
                List.of("\"containers\":[{},{},{},{}]", "\"annotations\":{\"a\":\"\",\"b\":\"\",\"c\":\"\"}")) {
            assertThatThrownBy(() -> decode("{\"spec\":{" + spec + "}}"))
                    .isInstanceOfSatisfying(
                            MalformedReviewException.class,
                            e -> assertThat(e.isTooLarge()).isTrue())
                    .hasMessageStartingWith("too many: line 1, column ")
                    .hasMessageMatching(".*: expected [23] (containers )?at most");
        }
    }
}
