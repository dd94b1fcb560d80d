package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.Recorded;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.wire.MalformedReviewException;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** A body that is read holds the same request when another library has read and written it; all others are refused. */
class ReviewCodecFuzzTest {

    private static final ReviewDecoder DECODER = new ReviewDecoder(WireLimits.DEFAULTS);

    static Stream<byte[]> seeds() {
        return Recorded.all().stream().map(body -> body.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aBodyHoldsWhatAnotherReaderFindsInIt(byte[] body) throws MalformedReviewException {
        ReviewRequest request;
        try {
            request = DECODER.decode(body, body.length);
        } catch (MalformedReviewException e) {
            assertThat(e.getMessage()).hasSizeLessThan(2000).matches("[ -~]*");
            return;
        }
        byte[] longer = Arrays.copyOf(body, body.length + 1);
        assertThat(told(DECODER.decode(longer, body.length))).isEqualTo(told(request));
        if (Arrays.equals(new String(body, UTF_8).getBytes(UTF_8), body)) { // else the two may repair UTF-8 differently
            byte[] written =
                    JsonTree.write(JsonTree.read(new String(body, UTF_8))).getBytes(UTF_8);
            assertThat(told(DECODER.decode(written, written.length))).isEqualTo(told(request));
        }
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
