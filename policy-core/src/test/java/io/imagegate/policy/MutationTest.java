package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first rewrite that matches an image is applied, however many there are. */
class MutationTest {

    private static final Mutation MUTATION = Mutation.rewriting(List.of(
            ImageRewrite.of("docker.io/library/nginx", "a.internal/nginx"),
            ImageRewrite.of("docker.io/library/*", "b.internal/*"),
            ImageRewrite.of("docker.io/library/*", "c.internal/*"),
            ImageRewrite.of("docker.io/**", "d.internal/**"),
            ImageRewrite.of("docker.io/library/redis", "e.internal/redis"),
            ImageRewrite.of("quay.io/*/tool", "f.internal/*/tool")));

    @ParameterizedTest
    @CsvSource({
        "nginx:1, a.internal/nginx:1",
        "index.docker.io/library/redis, b.internal/redis",
        "acme/redis:2, d.internal/acme/redis:2",
        "quay.io/acme/tool, f.internal/acme/tool",
        "quay.io/acme/tools,",
        "ghcr.io/library/nginx,"
    })
    @DisplayName("an image gets the name of the first rewrite that matches it")
    void firstWins(String image, String expected) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(MUTATION.rewrite(reference)).isEqualTo(Optional.ofNullable(expected));
        assertThat(MUTATION.rewrites().stream()
                        .flatMap(rewrite -> rewrite.apply(reference).stream())
                        .findFirst())
                .isEqualTo(Optional.ofNullable(expected));
    }
}
