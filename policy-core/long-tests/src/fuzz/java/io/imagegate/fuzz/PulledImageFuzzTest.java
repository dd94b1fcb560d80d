package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.cli.node.PulledImage;
import io.imagegate.reference.ImageReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What containerd passes, a name and a digest with a line break between them, is an image at that digest, or is refused. */
@WhereJazzerRuns
class PulledImageFuzzTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "docker.io/library/nginx:1.27\n" + DIGEST,
                        "ghcr.io/acme/api@" + DIGEST + "\n" + DIGEST,
                        "acme/api:1\n" + DIGEST,
                        "registry.example:5000/x\nsha512:" + "b".repeat(128))
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anImageAtThatDigestOrRefused(byte[] data) {
        String[] parts = new String(data, UTF_8).split("\n", 2);
        String digest = parts.length == 1 ? DIGEST : parts[1];
        try {
            PulledImage pulled = PulledImage.of(parts[0], digest);
            ImageReference image = ImageReference.parse(pulled.toString());
            assertThat(image.digest().orElseThrow()).hasToString(digest);
            assertThat(pulled.toString()).startsWith(parts[0]).endsWith("@" + digest);
            assertThat(pulled.review().images()).hasSize(1);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).matches("[ -~]+").hasSizeLessThan(2000);
        }
    }
}
