package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A decision warns")
class DecisionNotesTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Signer CI =
            new KeylessSigner("ci", Trust.of("public", "{}"), "https://issuer", PathGlob.parse("ci"), Map.of());
    private static final SignatureRule SIGNED = SignatureRule.by(CI);

    @ParameterizedTest(name = "{0}, signed: {1}")
    @CsvSource({"499, true", "500, true", "500, false"})
    @DisplayName("of an image to which 500 or more manifests refer, also if it denies")
    void crowded(int manifests, boolean signed) {
        List<SignedBy> by = signed ? List.of(SignedBy.of(CI, Signatory.key("k"), DIGEST)) : List.of();
        StubSource source = new StubSource()
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(SIGNED.need(), Fact.known(SignatureFacts.of(by).withManifests(manifests)));
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("signed", SIGNED).build());
        Decision decision = ImageGate.of(() -> policies, source).decide(ImageReview.of("ghcr.io/acme/api:1"));
        assertThat(decision.allowed()).isEqualTo(signed);
        assertThat(decision.warnings())
                .isEqualTo(
                        manifests < 500
                                ? List.of()
                                : List.of("500 manifests with signatures or attestations, of which 1000 are read at"
                                        + " most, refer to image \"ghcr.io/acme/api:1\": delete old ones"));
    }

    @Test
    @DisplayName("of eight such images at most")
    void manyCrowded() {
        StubSource source = new StubSource()
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(SIGNED.need(), Fact.known(SignatureFacts.of(List.of()).withManifests(1_000)));
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("signed", SIGNED).build());
        assertThat(ImageGate.of(() -> policies, source)
                        .decide("a", "b", "c", "d", "e", "f", "g", "h", "i")
                        .warnings())
                .hasSize(8);
    }

    @Test
    @DisplayName("once of each policy whose break-glass annotation is missing in a template")
    void breakGlassHints() {
        Policy policy = Policy.builder("p")
                .rule("tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of("example.org/break", "INC-*", GlobSet.of("prod")))
                .build();
        ImageReview review = ImageReview.of("nginx", "redis").inNamespace("prod").toBuilder()
                .annotations(Map.of("example.org/break", "INC-1"))
                .templates(Map.of("spec.template", Map.of()))
                .build();
        assertThat(policy.decide(review).warnings())
                .containsExactly(
                        "allowed by break-glass: images \"nginx\" (containers[0]), \"redis\" (containers[1]) violate rule"
                                + " \"tag\": it has no tag, so it means \"latest\"; write a fixed tag",
                        "the break-glass annotation is missing in spec.template.metadata.annotations but set in"
                                + " metadata.annotations: add \"example.org/break\" with a value that matches \"INC-*\";"
                                + " images are denied wherever it is missing");
        assertThat(policy.decide(review.toBuilder().annotations(Map.of()).build())
                        .violations())
                .allMatch(violation -> violation.breakGlassHint().isEmpty());
    }

    @ParameterizedTest(name = "{0}, {1} and 1 characters: {2} named")
    @CsvSource({"142, 1, 1", "143, 1, 1", "61, 61, 2", "61, 62, 1", "60, 61, 2"})
    @DisplayName("with as many images as there is room for, and counts the others")
    void room(int first, int second, int named) {
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("r", Rules.fixedTag()).withEnforcement(Enforcement.WARN))
                .build();
        String a = "a".repeat(first);
        String b = "b".repeat(second);
        String shown = "\"" + a + "\" (containers[0])" + (named == 2 ? ", \"" + b + "\" (containers[1])" : "");
        String names = first == 143 ? "\"" + a + "\" (containers[0]" : shown;
        assertThat(policy.decide(a, b, "c").warnings())
                .containsExactly("images " + names + " and " + (3 - named)
                        + " more violate rule \"r\": it has no tag, so" + " it means \"latest\"; write a fixed tag");
    }
}
