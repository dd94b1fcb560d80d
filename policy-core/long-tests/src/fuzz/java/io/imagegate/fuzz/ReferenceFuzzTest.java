package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A text is a reference whose parts make up its canonical form, which is read as itself; or it is refused at a place. */
@WhereJazzerRuns
class ReferenceFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "nginx",
                        "index.docker.io/library/nginx:1.27",
                        "[::1]:5000/a__b/c--d@sha256:" + "0".repeat(64),
                        "foo_bar.com/baz:x@sha512:" + "f".repeat(128))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aTextIsReadOrRefused(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            ImageReference reference = ImageReference.parse(text);
            String canonical = reference.canonical();
            assertThat(reference.text()).isEqualTo(text);
            assertThat(joined(reference)).isEqualTo(canonical);
            assertThat(ImageReference.parse(canonical).canonical()).isEqualTo(canonical);
        } catch (ReferenceSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            assertThat(e.getMessage()).hasSizeLessThan(1500).matches("[ -~]*");
        }
    }

    private static String joined(ImageReference reference) {
        return (reference.hasRegistry() ? reference.registry() + "/" : "")
                + reference.repository()
                + reference.tag().map(tag -> ":" + tag).orElse("")
                + reference.digest().map(digest -> "@" + digest).orElse("");
    }
}
