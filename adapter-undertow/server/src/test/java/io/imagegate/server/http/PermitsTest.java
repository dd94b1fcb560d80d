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

    /** They waited for a second, until the large one that arrived slowly was dropped. */
    @Test
    void aSmallClaimDoesNotWaitForALargeOneNorBehindACrowdOfThem() {
        Claim first = take("large 1", TOTAL);
        take("large 2", TOTAL);
        take("large 3", TOTAL);
        take("small", SMALL);
        assertThat(granted).containsExactly("large 1 at once", "small at once");
        budget.release(first);
        assertThat(granted).containsExactly("large 1 at once", "small at once", "large 2");
    }

    @Test
    void whileALargeClaimWaitsSmallOnesShareTheirPart() {
        Claim large = take("large 1", TOTAL);
        take("large 2", TOTAL);
        Claim small = take("small 1", SMALL / 2);
        take("small 2", SMALL / 2);
        take("small 3", SMALL / 2);
        assertThat(granted).containsExactly("large 1 at once", "small 1 at once", "small 2 at once");
        assertThat(budget.taken()).isEqualTo(TOTAL);
        budget.release(small);
        assertThat(granted).endsWith("small 3");
        budget.release(large);
        assertThat(granted).endsWith("large 2");
        assertThat(budget.taken()).isEqualTo(TOTAL);
    }

    @Test
    void aCrowdOfSmallClaimsDoesNotKeepALargeOneOut() {
        List<Claim> before = List.of(take("small 1", SMALL), take("small 2", SMALL), take("small 3", SMALL));
        Claim large = take("large", TOTAL);
        take("small 4", SMALL);
        assertThat(granted).containsExactly("small 1 at once", "small 2 at once", "small 3 at once");
        before.forEach(budget::release);
        assertThat(granted).endsWith("small 3 at once", "large", "small 4");
        take("small 5", SMALL);
        assertThat(granted).endsWith("small 4");
        budget.release(large);
        assertThat(granted).endsWith("small 4", "small 5");
    }

    /** Without a length a body grows, each time by as much as it has. */
    @Test
    void aSmallClaimThatGrowsBecomesLarge() {
        Claim growing = take("growing", SMALL);
        assertThat(budget.takeOrWait(growing, SMALL)).isTrue();
        assertThat(budget.isLarge(growing)).isFalse();
        take("other", LARGE);
        assertThat(budget.takeOrWait(growing, TOTAL)).isFalse();
        assertThat(budget.isLarge(growing)).isTrue();
        take("small", SMALL);
        assertThat(granted).endsWith("other at once", "small at once");
        budget.giveBack(growing);
        assertThat(budget.isLarge(growing)).isFalse();
        assertThat(budget.taken()).isEqualTo(LARGE + SMALL);
    }

    @Test
    void claimsOfOneSizeAreGrantedInOrder() {
        Claim first = take("1", LARGE);
        Claim rest = take("rest", TOTAL - LARGE - SMALL);
        take("2", LARGE);
        take("3", LARGE);
        budget.release(first);
        assertThat(granted).containsExactly("1 at once", "rest at once", "2");
        budget.release(rest);
        assertThat(granted).containsExactly("1 at once", "rest at once", "2", "3");
    }

    /** Of two that grow and wait for each other, the large one is rejected. */
    @Test
    void oneClaimOfBothLinesIsNext() {
        take("large 1", TOTAL);
        take("small 1", SMALL);
        Claim large = take("large 2", TOTAL);
        assertThat(budget.isNext(large)).isTrue();
        Claim small = take("small 2", SMALL);
        assertThat(budget.isNext(small)).isTrue();
        assertThat(budget.isNext(large)).isFalse();
        assertThat(budget.withdraw(small)).isTrue();
        assertThat(budget.isNext(large)).isTrue();
        assertThat(budget.withdraw(small)).isFalse();
    }
}
