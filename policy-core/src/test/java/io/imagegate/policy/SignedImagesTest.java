package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.testkit.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A decision on signed images")
class SignedImagesTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Signer CI = signer("ci");
    private static final Signer OTHER = signer("other");
    private static final JsonPointer BUILDER = new JsonPointer("/runDetails/builder/id");
    private static final SignatureRule SIGNED = SignatureRule.by(CI);
    private static final AttestationRule BUILT = AttestationRule.of(AttestationType.parse("slsaprovenance1"), CI)
            .with(new Where(BUILDER, ValueCondition.matches("https://builder.example/*")));

    private static final ImageFacts EXISTS =
            Facts.of(ImageMetadata.of(DIGEST, List.of(PlatformImage.of(DIGEST, "linux/amd64"))));

    private static Signer signer(String name) {
        return new KeylessSigner(name, Trust.of("public", "{}"), "https://issuer", PathGlob.parse(name), Map.of());
    }

    private static ImageFacts facts(Signer signer, Signer builder, String id) {
        return Facts.attestedBy(
                Facts.signedBy(EXISTS, SIGNED.need(), signer),
                BUILT.need(),
                Map.of(BUILDER, PredicateValue.text(id), new JsonPointer("/x"), PredicateValue.text("not asked for")),
                builder);
    }

    private static Decision decide(ImageFacts facts) {
        PolicySet policies = PolicySet.of(
                Policy.builder("p").rule("signed", SIGNED).rule("built", BUILT).build());
        return ImageGate.of(() -> policies, Facts.source(Map.of(ImageReference.parse("acme/api:1"), facts)))
                .decide(ImageReview.of("acme/api:1"));
    }

    @Test
    @DisplayName("says in the audit annotations who signed and attested")
    void allowed() {
        Decision decision = decide(facts(CI, CI, "https://builder.example/7"));
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.auditAnnotations().get("verified"))
                .startsWith("docker.io/acme/api@" + DIGEST + " signed by ci, slsaprovenance1 attested by ci (");
    }

    @Test
    @DisplayName("denies if one of both is by somebody else, or says something else")
    void denied() {
        assertThat(decide(facts(OTHER, CI, "https://builder.example/7")).reason())
                .contains("signed")
                .contains("it is not signed by ci; none was found");
        assertThat(decide(facts(CI, OTHER, "https://builder.example/7")).reason())
                .contains("it has no attestation slsaprovenance1 by ci that counts; none was found");
        assertThat(decide(facts(CI, CI, "https://builder.example.org/7")).reason())
                .contains("is \"https://builder.example.org/7\"; expected \"https://builder.example/*\"");
        assertThat(decide(EXISTS).reason()).contains("the test gives no signatures by ci");
    }
}
