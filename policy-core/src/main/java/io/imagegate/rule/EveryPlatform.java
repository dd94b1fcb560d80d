package io.imagegate.rule;

import io.imagegate.fact.PlatformImage;
import io.imagegate.text.SafeText;
import java.time.Instant;

/** A condition on the content of an image; if that is an index, each image in it must satisfy the condition. */
interface EveryPlatform extends Rule {

    /** Longest name of a platform in a sentence: a registry can send any text. */
    int SHOWN = 40;

    /**
     * Checks the image of one platform.
     *
     * @param image the image
     * @param platform name of its platform, safe to show
     * @param instant the instant of the decision
     */
    Finding check(PlatformImage image, String platform, Instant instant);

    @Override
    default Finding check(Candidate candidate) {
        Instant instant = candidate.facts().instant();
        return Finding.of(
                candidate.facts().metadata(),
                metadata -> metadata.images().stream()
                        .map(image -> check(image, SafeText.quote(image.platform(), SHOWN), instant))
                        .filter(Finding::isViolation)
                        .findFirst()
                        .orElse(Finding.satisfied()));
    }
}
