package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

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
}
