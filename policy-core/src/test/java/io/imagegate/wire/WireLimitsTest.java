package io.imagegate.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WireLimitsTest {

    @Test
    void oneIsTheLeastOfEach() {
        WireLimits least = new WireLimits(1, 1, 1, 1, 1);
        assertThat(least.withBodyBytes(2)).isEqualTo(new WireLimits(2, 1, 1, 1, 1));
        refused("bodyBytes", 0, 1, 1, 1, 1);
        refused("images", 1, 0, 1, 1, 1);
        refused("annotations", 1, 1, 0, 1, 1);
        refused("stringChars", 1, 1, 1, 0, 1);
        refused("nesting", 1, 1, 1, 1, 0);
    }

    @Test
    void aLongerBodyCanAlwaysBeNoticed() {
        assertThat(new WireLimits(Integer.MAX_VALUE - 1, 1, 1, 1, 1).bodyBytes())
                .isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WireLimits(Integer.MAX_VALUE, 1, 1, 1, 1))
                .withMessageContaining("bodyBytes");
    }

    private static void refused(String name, int body, int images, int annotations, int chars, int nesting) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WireLimits(body, images, annotations, chars, nesting))
                .withMessage("limit " + name + ": expected at least 1, got 0");
    }
}
