package io.imagegate.cel;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Images that expressions are checked on. */
final class Checks {

    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));

    private Checks() {}

    /** An image of which nothing but the name is told. */
    static Candidate image(String image) {
        return image(image, ImageReview.of(image));
    }

    static Candidate image(String image, ImageReview review) {
        return Candidate.of(ImageReference.parse(image), review.images().get(0), review, InstantSource.fixed(NOW));
    }

    /** An image of which everything is told. */
    static Candidate told(String image) {
        return image(
                image,
                ImageReview.builder()
                        .namespace("prod")
                        .kind("Deployment.apps")
                        .name("shop")
                        .operation("CREATE")
                        .user("jane")
                        .groups(List.of("sre", "dev"))
                        .labels(Map.of("team", "pay"))
                        .podAnnotations(Map.of("ticket", "INC-7"))
                        .images(List.of(ReviewedImage.of(image, "spec.template.spec.containers", 0)
                                .withContainer(ContainerType.INIT, "migrate")))
                        .build());
    }

    static Candidate with(Candidate image, PlatformImage... images) {
        return image.withFacts(
                ImageFacts.at(NOW).with(Need.METADATA, Fact.known(ImageMetadata.of(DIGEST, List.of(images)))));
    }

    static Candidate with(Candidate image, Fact<ImageMetadata> metadata) {
        return image.withFacts(ImageFacts.at(NOW).with(Need.METADATA, metadata));
    }

    static PlatformImage platform(String name) {
        return PlatformImage.of(DIGEST, name);
    }

    static Finding check(String expression, Candidate image) {
        Rule rule = CelRule.of(expression);
        return image.findingOf(rule);
    }
}
