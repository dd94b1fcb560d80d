package io.imagegate.signature.search;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.Registries;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One image and one signer, without a policy. */
class VerificationTest {

    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open();
    private final TestKey key = TestKey.p256();
    private final Signer release = signer(key);
    private final Digest api = registry.image("acme/api", "v1", "api");
    private final ImageReference tag = ImageReference.parse(registry.host() + "/acme/api:v1");

    @AfterEach
    void close() {
        registries.close();
        registry.close();
    }

    private static Signer signer(TestKey key) {
        return Signer.keys("release", List.of(SigningKey.read(new String(key.pem(), US_ASCII))));
    }

    private TestBundle signature(Digest digest) {
        return TestBundle.by(key).payload(TestBundle.statement(digest, SignedContent.COSIGN_SIGN, "{}"));
    }

    private Verification verify(ImageReference image, Signer signer) {
        return Verification.of(registries, image, signer).join();
    }

    @Test
    @DisplayName("of a tag, the digest that it names is verified, and is the image to run")
    void tag() {
        registry.bundles("acme/api", api, signature(api));
        Verification verification = verify(tag, release);
        assertThat(verification.isVerified()).isTrue();
        assertThat(verification.digest()).contains(api);
        assertThat(verification.verified()).isPresent();
        assertThat(verification.reason()).isEmpty();
        assertThat(verification.requireVerified()).isEqualTo(tag.withDigest(api));
        assertThat(verification).asString().startsWith(tag.withDigest(api) + " is signed by ");
    }

    @Test
    @DisplayName("of a digest, the signatures of exactly it count")
    void digest() {
        Digest other = registry.image("acme/api", "v2", "other");
        registry.bundles("acme/api", api, signature(api));
        registry.bundles("acme/api", other, signature(api));
        assertThat(verify(registry.image("acme/api", api), release).requireVerified())
                .isEqualTo(registry.image("acme/api", api));
        Verification copied = verify(registry.image("acme/api", other), release);
        assertThat(copied.isVerified()).isFalse();
        assertThat(copied.digest()).contains(other);
        assertThat(copied.reason()).startsWith("of 1 signature or attestation none counts: ");
    }

    @Test
    @DisplayName(
            "an image without a signature, by another signer or that is not there is not verified, each for its reason")
    void reasons() {
        Verification none = verify(tag, release);
        assertThat(none.reason()).startsWith("it is not signed, expected a signature by key ");
        assertThat(none.verified()).isEmpty();
        assertThatThrownBy(none::requireVerified)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(tag.withDigest(api) + " is not verified: " + none.reason());
        Digest other = registry.image("acme/api", "v2", "other");
        registry.bundles("acme/api", other, signature(other));
        assertThat(verify(registry.image("acme/api", other), signer(TestKey.p256()))
                        .reason())
                .contains("of 1 signature or attestation none counts: signed with another key");
        ImageReference absent = ImageReference.parse(registry.host() + "/acme/none:v1");
        Verification missing = verify(absent, release);
        assertThat(missing.digest()).isEmpty();
        assertThat(missing.reason()).startsWith("absent: ");
        assertThat(missing).asString().startsWith(absent + " is not verified: absent: ");
        assertThatThrownBy(missing::requireVerified).isInstanceOf(IllegalStateException.class);
        Digest unknown = Digest.parse("sha256:" + "0".repeat(64));
        assertThat(verify(registry.image("acme/api", unknown), release).reason())
                .startsWith("absent: ")
                .doesNotContain("not signed");
    }

    @Test
    @DisplayName("what cannot be asked is no answer")
    void outage() {
        registry.down();
        Verification verification = verify(registry.image("acme/api", api), release);
        assertThat(verification.isVerified()).isFalse();
        assertThat(verification.reason()).startsWith("unavailable: ").doesNotContain("not signed");
    }

    @Test
    @DisplayName("a signer whose trusted root cannot be read is refused before anything is asked")
    void unusable() {
        Signer ci = Signer.keyless("ci", Trust.of("own", "{}"), "https://issuer.example", "me@acme.example");
        assertThatThrownBy(() -> Verification.of(registries, tag, ci)).isInstanceOf(IllegalArgumentException.class);
        assertThat(registry.asked).isEmpty();
    }
}
