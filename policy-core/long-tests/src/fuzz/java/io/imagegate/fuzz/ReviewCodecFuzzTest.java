package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.Recorded;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.review.ReviewedImage;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A body that is read holds the same request when another library has read and written it; all others are refused. What
 * is kept of a body is within the limits.
 */
@WhereJazzerRuns
class ReviewCodecFuzzTest {

    private static final ReviewDecoder DECODER = new ReviewDecoder(WireLimits.DEFAULTS);
    private static final WireLimits NARROW = new WireLimits(2_000, 2, 1, 40, 8);
    private static final ReviewDecoder NARROW_DECODER = new ReviewDecoder(NARROW);

    static Stream<byte[]> seeds() {
        return Recorded.all().stream().map(body -> body.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aBodyHoldsWhatAnotherReaderFindsInIt(byte[] body) throws MalformedReviewException {
        ReviewRequest request;
        try {
            request = DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
        } catch (MalformedReviewException e) {
            assertThat(e.getMessage()).hasSizeLessThan(2000).matches("[ -~]*");
            return;
        }
        assertKeptWithinLimits(body, request);
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        assertThat(told(DECODER.decode(longer, body.length, ObjectPlaces.of(Workloads.wellKnown()))))
                .isEqualTo(told(request));
        String text = new String(body, UTF_8);
        if (Arrays.equals(text.getBytes(UTF_8), body)) { // else the two may repair UTF-8 differently
            assertTold(request, JsonTree.write(JsonTree.read(text)));
        }
    }

    private static void assertTold(ReviewRequest request, String rewritten) throws MalformedReviewException {
        byte[] written = rewritten.getBytes(UTF_8);
        if (new String(written, UTF_8).equals(rewritten)) { // half a surrogate pair can only be written as an escape
            assertThat(told(DECODER.decode(written, written.length, ObjectPlaces.of(Workloads.wellKnown()))))
                    .isEqualTo(told(request));
        }
    }

    /** A decoder with narrow limits refuses the body, or reads the same and keeps no more than it may. */
    private static void assertKeptWithinLimits(byte[] body, ReviewRequest request) {
        ReviewRequest narrow;
        try {
            narrow = NARROW_DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
        } catch (MalformedReviewException e) {
            return;
        }
        assertThat(told(narrow)).isEqualTo(told(request));
        assertThat(body).hasSizeLessThanOrEqualTo(NARROW.bodyBytes());
        if (narrow instanceof ImageReviewRequest asked) {
            assertKept(asked.review().images(), asked.review().annotations());
            return;
        }
        KubernetesObject object = ((AdmissionRequest) narrow).object();
        if (object != null) {
            assertKept(object.images(), object.annotations());
        }
    }

    private static void assertKept(List<ReviewedImage> images, Map<String, String> annotations) {
        assertThat(images).hasSizeLessThanOrEqualTo(NARROW.images());
        assertThat(images).allMatch(image -> image.text().length() <= NARROW.stringChars());
        assertThat(annotations).hasSizeLessThanOrEqualTo(NARROW.annotations());
        assertThat(annotations.values()).allMatch(value -> value.length() <= NARROW.stringChars());
    }

    private static List<@Nullable Object> told(ReviewRequest request) {
        if (request instanceof ImageReviewRequest asked) {
            return List.of(asked.review());
        }
        AdmissionRequest asked = (AdmissionRequest) request;
        return Arrays.asList(
                asked.uid(),
                asked.operation(),
                asked.kind(),
                asked.subresource(),
                asked.namespace(),
                asked.name(),
                asked.dryRun(),
                told(asked.object()),
                told(asked.oldObject()));
    }

    private static @Nullable Object told(@Nullable KubernetesObject object) {
        return object == null ? null : List.of(object.toString(), object.annotations(), object.images());
    }
}
