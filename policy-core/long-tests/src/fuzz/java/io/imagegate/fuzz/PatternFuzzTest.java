package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.reference.ReferenceSyntaxException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A pattern alone and in a set, which finds it through an index, match the same images. */
@WhereJazzerRuns
class PatternFuzzTest {

    private static final List<ImageReference> IMAGES = Stream.of(
                    "nginx",
                    "nginx:1.27",
                    "gcr.io/acme/api:v1",
                    "GCR.io:443/acme/team/api@sha256:" + "0".repeat(64),
                    "b.a.gcr.io:5000/a/b/c/d:1.0-rc",
                    "localhost/x",
                    "foo_bar.com/baz")
            .map(ImageReference::parse)
            .toList();

    static Stream<byte[]> seeds() {
        return Stream.of("nginx", "gcr.io/**", "*.gcr.io:5000/a/**/d:1.*", "**/api@sha256:" + "0".repeat(64))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPatternMatchesAloneAsInASet(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            ImagePattern pattern = ImagePattern.parse(text);
            PatternSet set = PatternSet.of(List.of(ImagePattern.parse("quay.io/**"), pattern));
            assertThat(pattern).hasToString(text).isEqualTo(ImagePattern.parse(text));
            for (ImageReference image : IMAGES) {
                assertThat(set.matches(image)).as(image.text()).isEqualTo(pattern.matches(image));
            }
        } catch (ReferenceSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            assertThat(e.getMessage()).hasSizeLessThan(1500).matches("[ -~]*");
        }
    }
}
