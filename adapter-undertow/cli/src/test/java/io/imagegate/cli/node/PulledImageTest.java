package io.imagegate.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.review.ImageReview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulledImageTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final String OTHER = "sha256:" + "b".repeat(64);

    private static String image(String name) {
        return PulledImage.of(name.replace("DIGEST", DIGEST).replace("OTHER", OTHER), DIGEST)
                .toString()
                .replace(DIGEST, "DIGEST");
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/acme/api:1, ghcr.io/acme/api:1@DIGEST",
        "ghcr.io/acme/api@DIGEST, ghcr.io/acme/api@DIGEST",
        "ghcr.io/acme/api:1@DIGEST, ghcr.io/acme/api:1@DIGEST",
        "ghcr.io/acme/api, ghcr.io/acme/api:latest@DIGEST",
        "docker.io/library/nginx:1, docker.io/library/nginx:1@DIGEST",
        "localhost/app:1, localhost/app:1@DIGEST",
        "127.0.0.1:5000/app:1, 127.0.0.1:5000/app:1@DIGEST",
        "foo_bar.com/app:1, foo_bar.com/app:1@DIGEST",
    })
    void anImageHasTheDigestOnceAndItsTag(String name, String expected) {
        assertThat(image(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ghcr.io/acme/api@OTHER | has another digest than",
                "ghcr.io/acme/api:1@OTHER | has another digest than",
                "acme/api:1 | expected it in full: \"docker.io/acme/api:1\"",
                "nginx:1 | expected it in full: \"docker.io/library/nginx:1\"",
                "nginx@DIGEST | expected it in full: \"docker.io/library/nginx@sha256:",
                "docker.io/nginx:1 | expected it in full: \"docker.io/library/nginx:1\"",
                "index.docker.io/library/nginx:1 | expected it in full: \"docker.io/library/nginx:1\"",
                "ghcr.io/Acme/api:1 | Acme",
                "ghcr.io/acme/api:1@sha256:12 | digest",
                "-name | -name",
            })
    void whatContainerdWouldReadOtherwiseIsRefused(String name, String why) {
        assertThatThrownBy(() -> image(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"sha256:12", "sha1:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "''", "latest"})
    void aDigestIsReadStrictly(String digest) {
        assertThatThrownBy(() -> PulledImage.of("ghcr.io/acme/api:1", digest))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("digest");
    }

    @Test
    void theReviewTellsTheImageAlone() {
        ImageReview review = PulledImage.of("ghcr.io/acme/api:1", DIGEST).review();

        assertThat(review.images()).singleElement().satisfies(image -> {
            assertThat(image.text()).isEqualTo("ghcr.io/acme/api:1@" + DIGEST);
            assertThat(image.place()).isEqualTo("node");
            assertThat(image.containerType()).isEmpty();
            assertThat(image.containerName()).isEmpty();
        });
        assertThat(review.namespace()).isEmpty();
        assertThat(review.kind()).isEmpty();
        assertThat(review.name()).isEmpty();
        assertThat(review.operation()).isEmpty();
        assertThat(review.labels()).isEmpty();
        assertThat(review.user()).isEmpty();
        assertThat(review.groups()).isEmpty();
        assertThat(review.tellsPodAnnotation("a.image-policy.k8s.io/b")).isFalse();
    }
}
