package io.imagegate.registry.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FairPermitsTest {

    @Test
    @DisplayName("one entry gets half of the callers, the next half of the rest, until they leave")
    void callers() {
        FairPermits callers = new FairPermits(4);
        assertThat(callers.take("a", 1)).isTrue();
        assertThat(callers.take("a", 1)).isTrue();
        assertThat(callers.take("a", 1)).isFalse();
        assertThat(callers.take("b", 1)).isTrue();
        assertThat(callers.take("b", 1)).isFalse();
        callers.release("a", 2);
        assertThat(callers.take("b", 1)).isTrue();
        assertThat(callers.take("a", 1)).isTrue();
    }

    @Test
    @DisplayName(
            "one entry takes half of the bytes, the next half of the rest, and what is released can be taken again")
    void bytes() {
        FairPermits budget = new FairPermits(1_000);
        assertThat(budget.take("a", 500)).isTrue();
        assertThat(budget.take("a", 1)).isFalse();
        assertThat(budget.take("b", 250)).isTrue();
        assertThat(budget.take("b", 1)).isFalse();
        budget.release("a", 500);
        assertThat(budget.take("b", 125)).isTrue();
        assertThat(budget.take("a", 312)).isTrue();
        assertThat(budget.take("a", 2)).isFalse();
    }
}
