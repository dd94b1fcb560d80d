package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MendedReferenceTest {

    private static ReferenceSyntaxException refused(String text) {
        return catchThrowableOfType(ReferenceSyntaxException.class, () -> ImageReference.parse(text));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "Nginx:1.2, nginx:1.2",
        "docker/Nginx:1.2-RC, docker/nginx:1.2-RC",
        "ghcr.io/Acme/App, ghcr.io/acme/app",
        "https://hub.docker.com/_/nginx, nginx",
        "https://hub.docker.com/_/nginx/tags?name=1, nginx",
        "https://hub.docker.com/r/bitnami/redis, bitnami/redis",
        "https://hub.docker.com/r/bitnami/redis/tags, bitnami/redis",
        "docker://nginx:1.2, nginx:1.2",
        "HTTPS://ghcr.io/acme/app:1, ghcr.io/acme/app:1",
        "'nginx:1.2 ', nginx:1.2",
    })
    void offersWhatWasMeant(String text, String meant) {
        assertThat(refused(text).suggestion()).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ko://github.com/acme/app", "nginx:", "a b", "https://hub.docker.com/", "Ünginx", "://"})
    void offersNothingWhereItWouldGuess(String text) {
        assertThat(refused(text).suggestion()).isEmpty();
    }
}
