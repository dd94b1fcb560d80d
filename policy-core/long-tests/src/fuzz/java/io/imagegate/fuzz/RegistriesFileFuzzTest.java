package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A file of registries is read, or has mistakes, each with a place in it. */
@WhereJazzerRuns
class RegistriesFileFuzzTest {

    private static final List<ImageReference> IMAGES = Stream.of(
                    "nginx", "ghcr.io/acme/api:1", "a.b.example/x", "[::1]:5000/x")
            .map(ImageReference::parse)
            .toList();

    static Stream<byte[]> seeds() {
        return Stream.of(
                FuzzedFile.ofRepository("examples/spring-boot/registries.yaml"),
                ("{apiVersion: imagegate.io/v1alpha1, kind: ImageRegistries, metadata: {name: a}, spec: {proxy:"
                                + " 'http://a:b@proxy:3128', noProxy: ['*.internal'], registries: [{host: '*.example', mirror:"
                                + " ghcr.io/x, signatures: ghcr.io/y}, {host: ghcr.io, authHosts: [a.example], blobHosts:"
                                + " ['*.b.example'], plainHttp: false, credentials: {helper: none}}], limits: {timeout: 5s,"
                                + " flights: 3, cacheBytes: 1Mi}, cache: {tags: 60s, absent: 10s}}}")
                        .getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileIsReadOrSaysWhereItIsNot(byte[] data) {
        try {
            ImageRegistries registries = ImageRegistries.read(Path.of("registries.yaml"), data);
            for (ImageReference image : IMAGES) {
                registries
                        .entry(image)
                        .ifPresent(entry -> assertThat(registries.entries()).contains(entry));
            }
        } catch (ImageRegistriesException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.line()).isBetween(0, data.length + 2);
                assertThat(problem.message()).hasSizeLessThan(10_000).matches("[ -~\u2026]*");
            });
        }
    }
}
