package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.FactSource;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.layout.ImageLayout;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.TestKey;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed images in folders, as the real {@code cosign save} wrote them. */
class SignedLayoutTest {

    private static final Path SAVED = Path.of("src/test/resources/recorded/saved");
    private static final String DIGEST = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String OF_TAG = "f98e6c24bd98ae889f15bf0a065e3ed90d957bf08860a9062118da296d9215ff";

    @TempDir
    private Path folder;

    private static Signer release() throws IOException {
        return signer(Files.readString(SAVED.resolve("key.pub")));
    }

    private static Signer signer(String pem) {
        return Signer.keys("release", List.of(SigningKey.read(pem)));
    }

    private static Decision decide(FactSource source, Rule rule, String image) {
        Policy policy = Policy.builder("signed").rule("signed", rule).build();
        return ImageGate.of(() -> PolicySet.of(policy), source).decide(ImageReview.of(image), Duration.ofMinutes(2));
    }

    private static Decision decide(Path layout, String image) throws IOException {
        return decide(SignedLayout.of(ImageLayout.open(layout)), SignatureRule.by(release()), image);
    }

    private Path copy(String name) throws IOException {
        Path from = SAVED.resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(from.relativize(file));
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bundle", "tag"})
    @DisplayName("what cosign save wrote is verified, by tag and by digest, and another key does not count")
    void saved(String form) throws Exception {
        Path layout = SAVED.resolve(form);
        for (String image : List.of("ghcr.io/acme/api:1.0.0", "ghcr.io/acme/api@" + DIGEST)) {
            Decision decision = decide(layout, image);
            assertThat(decision.allowed()).as(decision.reason()).isTrue();
            assertThat(decision.auditAnnotations().get("verified")).contains(DIGEST + " signed by release");
            String other = new String(TestKey.p256().pem(), StandardCharsets.US_ASCII);
            assertThat(decide(SignedLayout.of(ImageLayout.open(layout)), SignatureRule.by(signer(other)), image)
                            .reason())
                    .contains("not signed by release; found one signed with another key");
        }
    }

    @Test
    @DisplayName("a tag in the annotation that names entries is found, too")
    void named() throws Exception {
        Path index = copy("tag").resolve("index.json");
        String text = Files.readString(index);
        Files.writeString(
                index,
                text.replace(
                                "\"kind\": \"dev.cosignproject.cosign/sigs\"",
                                "\"org.opencontainers.image.ref.name\": \"" + DIGEST.replace(':', '-') + ".sig\"")
                        .replace(
                                "\"kind\": \"dev.cosignproject.cosign/image\"",
                                "\"org.opencontainers.image.ref.name\": \"1.0.0\""));
        assertThat(decide(folder, "ghcr.io/acme/api:1.0.0").allowed()).isTrue();
        assertThat(decide(folder, "ghcr.io/acme/api:2").allowed()).isFalse();
    }

    @Test
    @DisplayName("a folder without signatures has none, and no attestation")
    void unsigned() throws Exception {
        Path index = copy("tag").resolve("index.json");
        Files.writeString(index, Files.readString(index).replace("cosign/sigs", "cosign/sbom"));
        assertThat(decide(folder, "acme/api:1").reason())
                .contains("it is not signed by release; " + DIGEST + " has no signature");
        AttestationRule attested = AttestationRule.of(new AttestationType("https://slsa.dev/provenance/v1"), release());
        assertThat(decide(SignedLayout.of(ImageLayout.open(SAVED.resolve("tag"))), attested, "acme/api:1")
                        .allowed())
                .isFalse();
        assertThat(decide(folder, "acme/api@sha256:" + "0".repeat(64)).reason())
                .contains("the layout has no sha256:000");
    }

    @Test
    @DisplayName("content that was changed is undecidable, not another signature and not none")
    void changed() throws Exception {
        Path manifest = copy("tag").resolve("blobs/sha256/" + OF_TAG);
        Files.writeString(manifest, Files.readString(manifest) + " ");
        assertThat(decide(folder, "acme/api:1").allowed()).isFalse();
        assertThat(decide(folder, "acme/api:1").reason()).doesNotContain("not signed");
    }

    @Tag("slow")
    @Test
    @DisplayName("a folder with too many files cannot be searched, and says so")
    void crowded() throws Exception {
        Path blobs = copy("bundle").resolve("blobs/sha256");
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(blobs.resolve("%064x".formatted(i)));
        }
        Decision decision = decide(folder, "acme/api:1");
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason())
                .contains("the layout has more than 10000 blobs")
                .doesNotContain("not signed");
    }

    @Test
    @DisplayName("an ImageLayout alone says that it verifies none")
    void unverified() throws Exception {
        Decision decision =
                decide(ImageLayout.open(SAVED.resolve("bundle")), SignatureRule.by(release()), "acme/api:1");
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason())
                .contains("an ImageLayout finds no signatures by release: signatures are verified by SignedLayout of")
                .doesNotContain("not signed");
    }
}
