package io.imagegate.examples.customrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.testkit.Facts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rule is applied again when the label that it asks for was looked up. */
class LabelledForTeamTest {

    private static final String IMAGE = "registry.example/api:1";
    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    private final PolicySet policies = new PolicyDocuments().load(Path.of("labels.yaml"));

    private Decision decide(String namespace, String... teams) {
        ImageMetadata metadata = ImageMetadata.of(
                DIGEST,
                Arrays.stream(teams)
                        .map(team ->
                                PlatformImage.of(DIGEST, "linux/amd64").withLabels(Map.of("com.example.team", team)))
                        .toList());
        return ImageGate.of(() -> policies, Facts.source(Map.of(ImageReference.parse(IMAGE), Facts.of(metadata))))
                .decide(ImageReview.of(IMAGE).inNamespace(namespace));
    }

    @Test
    void theLabelNamesTheTeam() {
        assertThat(decide("payments-prod", "payments").allowed()).isTrue();
        assertThat(decide("payments-prod", "payments", "payments").allowed()).isTrue();
    }

    @Test
    void anotherTeamOnOnePlatformIsEnoughForADenial() {
        assertThat(decide("payments-prod", "payments", "shop").reason())
                .endsWith("its label \"com.example.team\" does not name the team of this namespace");
        assertThat(decide("payments-prod", "payments-prod").allowed()).isFalse();
        assertThat(decide("", "").allowed()).isFalse();
    }

    @Test
    void withoutALookUpNothingIsAllowed() {
        ImageReview review = ImageReview.of(IMAGE).inNamespace("payments-prod");
        assertThat(policies.decide(review).reason()).endsWith("its content was not looked up");
        assertThat(ImageGate.of(() -> policies, Facts.source(Map.of()))
                        .decide(review)
                        .allowed())
                .isFalse();
    }

    @Test
    void itsParameterIsTheKeyOfALabel() {
        LabelledForTeamFactory factory = new LabelledForTeamFactory();
        assertThat(factory.create(Map.of("label", "a"))).isEqualTo(new LabelledForTeam("a"));
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(), Map.of("label", 1), Map.of("label", " "), Map.of("label", "a", "more", "b"))) {
            assertThatThrownBy(() -> factory.create(wrong)).hasMessage("expected label alone, the key of a label");
        }
    }
}
