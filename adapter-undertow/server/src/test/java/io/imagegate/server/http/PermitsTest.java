package io.imagegate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.http.Permits.Claim;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order in which claims are granted. */
class PermitsTest {

    private static final int TOTAL = 800;
    private static final int SMALL = TOTAL / 8;
    private static final int LARGE = SMALL + 1;

    private final Permits budget = new Permits(TOTAL);
    private final List<String> granted = new ArrayList<>();

    private Claim take(String name, int amount) {
        Claim claim = budget.claim(() -> granted.add(name));
        if (budget.takeOrWait(claim, amount)) {
            granted.add(name + " at once");
        }
        return claim;
    }

    @Test
    void aSmallClaimDoesNotWaitBehindACrowdOfLargeOnes() {
        Claim first = take("large 1", TOTAL);
        take("large 2", TOTAL);
        take("large 3", TOTAL);
        Claim small = take("small", SMALL);
        budget.release(first);
        assertThat(granted).containsExactly("large 1 at once", "small");
        budget.release(small);
        assertThat(granted).containsExactly("large 1 at once", "small", "large 2");
    }

    @Test
    void aSmallClaimThatFitsTakesItsTurnAtOnce() {
        take("large 1", TOTAL - SMALL);
        take("large 2", TOTAL - SMALL);
        take("small", SMALL);
        assertThat(granted).containsExactly("large 1 at once", "small at once");
    }

    @Test
    void aCrowdOfSmallClaimsDoesNotKeepALargeOneOut() {
        Claim first = take("small 1", SMALL);
        Claim large = take("large", TOTAL);
        take("small 2", SMALL);
        take("small 3", SMALL);
        assertThat(granted).containsExactly("small 1 at once");
        budget.release(first);
        assertThat(granted).containsExactly("small 1 at once", "large");
        budget.release(large);
        assertThat(granted).containsExactly("small 1 at once", "large", "small 2", "small 3");
    }

    @Test
    void claimsOfOneSizeAreGrantedInOrder() {
        Claim first = take("1", LARGE);
        Claim rest = take("rest", TOTAL - LARGE);
        take("2", LARGE);
        take("3", LARGE);
        budget.release(first);
        assertThat(granted).containsExactly("1 at once", "rest at once", "2");
        budget.release(rest);
        assertThat(granted).containsExactly("1 at once", "rest at once", "2", "3");
    }

    @Test
    void oneClaimOfBothLinesIsNext() {
        take("large 1", TOTAL);
        Claim large = take("large 2", TOTAL);
        Claim small = take("small", SMALL);
        assertThat(budget.isNext(small)).isTrue();
        assertThat(budget.isNext(large)).isFalse();
        assertThat(budget.withdraw(small)).isTrue();
        assertThat(budget.isNext(large)).isTrue();
        assertThat(budget.withdraw(small)).isFalse();
    }
}
