package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.workload.Workloads;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long texts of a review may be. */
class ReviewTextsTest {

    private static final int SOME_BYTES = 1 << 20;

    /** Whoever sends it decides on its length, and could have several times as much memory taken. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"a", "\\n", "\\u0061", "\\u955c", "\\ud83d\\ude00", "镜", "\uD83D\uDE00"})
    void aTextOverTheLimitIsNotMade(String piece) {
        String text = "\"" + piece.repeat(8_000_000 / piece.length()) + "\\u0061\"";
        assertRefusedWithoutMuchMemory("{\"spec\":{\"containers\":[{\"image\":" + text + "}]}}");
        assertRefusedWithoutMuchMemory("{\"spec\":{\"annotations\":{" + text + ":\"\"}}}");
        assertRefusedWithoutMuchMemory("{" + text + ":1}");
    }

    private static void assertRefusedWithoutMuchMemory(String review) {
        byte[] body = review.getBytes(UTF_8);
        ReviewDecoder decoder = new ReviewDecoder(WireLimits.DEFAULTS.withBodyBytes(body.length));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first review of a process reads the list of well-known workloads.
        String unused = problemOf("{}".getBytes(UTF_8), decoder);
        long before = threads.getCurrentThreadAllocatedBytes();
        String problem = problemOf(body, decoder);
        // Asserted after the count, for assertions take memory, too.
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(problem).contains("expected a text of 262144 characters at most");
        assertThat(taken).isLessThan(SOME_BYTES);
    }

    private static String problemOf(byte[] body, ReviewDecoder decoder) {
        try {
            return "none: " + decoder.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
        } catch (MalformedReviewException e) {
            return e.getMessage();
        }
    }

    @Test
    void allTextsTogetherAreLimitedToo() throws MalformedReviewException {
        ReviewDecoder decoder = new ReviewDecoder(new WireLimits(10_000, 100, 100, 10, 10));
        byte[] enough = eightImagesIn("");
        assertThat(decoder.decode(enough, enough.length, ObjectPlaces.of(Workloads.wellKnown())))
                .isNotNull();
        byte[] oneMore = eightImagesIn("n");
        assertThatThrownBy(() -> decoder.decode(oneMore, oneMore.length, ObjectPlaces.of(Workloads.wellKnown())))
                .hasMessageContaining("expected texts of 80 characters at most in all");
    }

    private static byte[] eightImagesIn(String namespace) {
        return Stream.generate(() -> "{\"image\":\"0123456789\",\"skipped\":\"0123456789\"}")
                .limit(8)
                .collect(Collectors.joining(
                        ",", "{\"spec\":{\"namespace\":\"" + namespace + "\",\"containers\":[", "]}}"))
                .getBytes(UTF_8);
    }
}
