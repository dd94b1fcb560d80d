package io.imagegate.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReviewLimitsTest {

    @Test
    void eachLimitCanBeChangedAlone() {
        ReviewLimits limits = ReviewLimits.DEFAULTS
                .withBodyBytes(1)
                .withImages(2)
                .withAnnotations(3)
                .withStringChars(4)
                .withNesting(5);
        assertThat(limits).hasToString("bodyBytes=1, images=2, annotations=3, stringChars=4, nesting=5");
        assertThat(ReviewLimits.DEFAULTS)
                .hasToString("bodyBytes=8388608, images=1000, annotations=1000, stringChars=262144, nesting=100");
    }

    @Test
    void limitsAreValues() {
        ReviewLimits limits = ReviewLimits.DEFAULTS.withImages(7);
        assertThat(limits)
                .isEqualTo(ReviewLimits.DEFAULTS.withImages(7))
                .hasSameHashCodeAs(ReviewLimits.DEFAULTS.withImages(7))
                .isNotEqualTo(ReviewLimits.DEFAULTS);
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReviewLimits.DEFAULTS.withImages(0))
                .withMessage("limit images: expected at least 1, got 0");
    }
}
