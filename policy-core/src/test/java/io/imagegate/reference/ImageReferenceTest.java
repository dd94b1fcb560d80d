package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

    private static final String SHA256 = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest(name = "{0} is latest: {1}")
    @CsvSource({
        "nginx, true",
        "nginx:latest, true",
        "nginx:latest-alpine, false",
        "nginx:1-latest, false",
        "nginx:Latest, false",
        "nginx:1.27, false",
        "registry:5000, false",
        "registry:5000/app, true",
        "registry:5000/app:latest, true",
        "foo_bar.com/baz, true"
    })
    void latest(String text, boolean latest) {
        assertThat(ImageReference.parse(text).isLatest()).isEqualTo(latest);
    }

    @Test
    void digestAloneIsNotLatestButATagBesideItMayBe() {
        assertThat(ImageReference.parse("nginx@" + SHA256).isLatest()).isFalse();
        assertThat(ImageReference.parse("nginx:1@" + SHA256).isLatest()).isFalse();
        assertThat(ImageReference.parse("nginx:latest@" + SHA256).isLatest()).isTrue();
    }

    @Test
    void theEffectiveTagIsTheOneThatIsMeant() {
        assertThat(ImageReference.parse("nginx").effectiveTag()).contains("latest");
        assertThat(ImageReference.parse("nginx:1").effectiveTag()).contains("1");
        assertThat(ImageReference.parse("nginx:1@" + SHA256).effectiveTag()).contains("1");
        assertThat(ImageReference.parse("nginx@" + SHA256).effectiveTag()).isEmpty();
    }

    @Test
    void keepsWhatWasTyped() {
        ImageReference typed = ImageReference.parse("index.docker.io/nginx:1@" + SHA256);
        assertThat(typed.text()).isEqualTo("index.docker.io/nginx:1@" + SHA256).isEqualTo(typed.toString());
        assertThat(typed.canonical()).isEqualTo("docker.io/library/nginx:1@" + SHA256);
        assertThat(typed.familiar()).isEqualTo("nginx:1@" + SHA256);
        assertThat(typed.tag()).contains("1");
        assertThat(typed.digest()).contains(Digest.parse(SHA256));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nginx", "library/nginx", "docker.io/nginx", "index.docker.io/nginx", "docker.io/library/nginx"})
    void referencesToOneImageAreEqual(String text) {
        ImageReference nginx = ImageReference.parse("nginx");
        assertThat(ImageReference.parse(text)).isEqualTo(nginx).hasSameHashCodeAs(nginx);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nginx:latest", "gcr.io/nginx", "gcr.io/library/nginx", "nginx1", "registry-1.docker.io/nginx"})
    void referencesToOtherImagesAreNot(String text) {
        assertThat(ImageReference.parse(text)).isNotEqualTo(ImageReference.parse("nginx"));
    }

    @ParameterizedTest(name = "{0} has a registry: {1}")
    @CsvSource({
        "foo_bar.com/baz, false",
        "a__b.c/d/e:1, false",
        "foo-bar.com/baz, true",
        "foo_bar/baz, true",
        "a_b, true"
    })
    void aHostWithAnUnderscoreIsNoRegistry(String text, boolean hasRegistry) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.hasRegistry()).isEqualTo(hasRegistry);
        assertThat(reference.registry().isEmpty()).isNotEqualTo(hasRegistry);
    }

    @ParameterizedTest(name = "the familiar form of {0} is {1}, another image")
    @CsvSource({"docker.io/a.b/c, a.b/c", "docker.io/localhost/c, localhost/c"})
    void aFamiliarFormMayLoseItsRegistry(String text, String familiar) {
        ImageReference reference = ImageReference.parse(text);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(ImageReference.parse(familiar)).isNotEqualTo(reference);
    }

    @Test
    void aDigestKnowsItsParts() {
        Digest digest = Digest.parse(SHA256);
        assertThat(digest.algorithm()).isEqualTo("sha256");
        assertThat(digest.hex()).isEqualTo(SHA256.substring(7));
        assertThat(digest).hasToString(SHA256).isEqualTo(Digest.parse(SHA256)).hasSameHashCodeAs(Digest.parse(SHA256));
        assertThat(digest).isNotEqualTo(Digest.parse(SHA256.replace('0', '1')));
        assertThat(Digest.parse("sha384:" + "0".repeat(96)).hex()).hasSize(96);
        assertThat(Digest.parse("sha512:" + "0".repeat(128)).algorithm()).isEqualTo("sha512");
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource({
        "ghcr.io, acme/api, 1.4, ghcr.io/acme/api:1.4",
        "docker.io, nginx, latest, docker.io/library/nginx:latest",
        "localhost, app, v1, localhost/app:v1",
        "registry.example:5000, a/b, DIGEST, registry.example:5000/a/b@DIGEST",
    })
    void isMadeOfItsParts(String registry, String repository, String tagOrDigest, String canonical) {
        assertThat(ImageReference.of(registry, repository, tagOrDigest.replace("DIGEST", SHA256))
                        .canonical())
                .isEqualTo(canonical.replace("DIGEST", SHA256));
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    acme | api | 1 | registry "acme": expected a host with '.' or ':', or localhost
                    ghcr.io/acme | api | 1 | registry "ghcr.io/acme": expected a host with '.' or ':', or localhost
                    foo_bar.com | api | 1 | registry "foo_bar.com": expected a host with '.' or ':', or localhost
                    `` | api | 1 | repository has an empty path segment
                    ghcr.io | `` | 1 | repository has an empty path segment
                    ghcr.io | api:1 | DIGEST | repository "api:1": expected a path without tag or digest
                    ghcr.io | api:1 | 2 | a tag is made of
                    ghcr.io | api@DIGEST | 2 | a digest is an algorithm
                    ghcr.io | Api | 2 | repository must be lowercase
                    ghcr.io | api | `` | tag must not be empty
                    ghcr.io | api | 1@DIGEST | digest algorithm must be
                    ghcr.io | api | sha256:1 | a digest has 64 digits
                    """)
    void aPartIsNotReadAsAnother(String registry, String repository, String tagOrDigest, String message) {
        assertThatThrownBy(() -> ImageReference.of(
                        registry, repository.replace("DIGEST", SHA256), tagOrDigest.replace("DIGEST", SHA256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nginx, nginx:2, nginx@DIGEST, ghcr.io/library/nginx",
        "nginx:1, nginx:2, nginx:1@DIGEST, ghcr.io/library/nginx:1",
        "quay.io/a/b@OTHER, quay.io/a/b:2@OTHER, quay.io/a/b@DIGEST, ghcr.io/a/b@OTHER",
        "quay.io/a/b:1@OTHER, quay.io/a/b:2@OTHER, quay.io/a/b:1@DIGEST, ghcr.io/a/b:1@OTHER",
        "foo_bar.com/baz:1, foo_bar.com/baz:2, foo_bar.com/baz:1@DIGEST, ghcr.io/foo_bar.com/baz:1",
    })
    void derivesOthers(String text, String tag, String digest, String registry) {
        ImageReference reference = ImageReference.parse(filled(text));
        assertThat(reference.withTag("2")).hasToString(filled(tag));
        assertThat(reference.withDigest(Digest.parse(SHA256))).hasToString(filled(digest));
        assertThat(reference.withRegistry("ghcr.io")).hasToString(filled(registry));
    }

    private static String filled(String text) {
        return text.replace("DIGEST", SHA256).replace("OTHER", "sha256:" + "f".repeat(64));
    }

    @Test
    void derivesNothingFromAWrongPart() {
        ImageReference nginx = ImageReference.parse("nginx");
        assertThatThrownBy(() -> nginx.withTag("a b")).isInstanceOf(ReferenceSyntaxException.class);
        assertThatThrownBy(() -> nginx.withTag("1@" + SHA256))
                .hasMessage("tag \"1@" + SHA256 + "\": expected a tag without a digest");
        assertThatThrownBy(() -> nginx.withRegistry("acme"))
                .hasMessage("registry \"acme\": expected a host with '.' or ':', or localhost");
        assertThatThrownBy(() -> nginx.withRegistry("GHCR_.io")).isInstanceOf(ReferenceSyntaxException.class);
    }
}
