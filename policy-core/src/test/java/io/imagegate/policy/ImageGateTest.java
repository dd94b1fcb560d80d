package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ImageGateTest {

    private static final PolicySet DEFAULT = PolicySet.of(Policy.byDefault());
    private static final ImageReview NGINX = ImageReview.of("nginx:1").inNamespace("prod");

    @Test
    void decidesByItsPolicies() {
        ImageGate gate = ImageGate.of(DEFAULT);
        assertThat(gate.decide(NGINX).allowed()).isTrue();
        assertThat(gate.decide(ImageReview.of("nginx")).allowed()).isFalse();
        assertThat(gate.policies()).isSameAs(DEFAULT);
    }

    @Test
    void decidesByThePoliciesOfTheMoment() {
        AtomicReference<PolicySet> current = new AtomicReference<>(DEFAULT);
        ImageGate gate = ImageGate.of(current::get);
        assertThat(gate.decide(NGINX).allowed()).isTrue();
        current.set(PolicySet.of(
                Policy.builder("p").rule("pinned", Rules.digestRequired()).build()));
        assertThat(gate.decide(NGINX).allowed()).isFalse();
        current.set(PolicySet.unloaded("not yet"));
        assertThat(gate.decide(NGINX).reason()).isEqualTo("not yet");
    }

    @Test
    @SuppressWarnings("NullAway")
    void withoutPoliciesThereIsNoDecision() {
        Supplier<PolicySet> none = () -> null;
        assertThatThrownBy(() -> ImageGate.of(none).decide(NGINX)).isInstanceOf(NullPointerException.class);
        Supplier<PolicySet> failing = () -> {
            throw new IllegalStateException("gone");
        };
        assertThatThrownBy(() -> ImageGate.of(failing).decide(NGINX)).hasMessage("gone");
    }

    @Test
    void decidesOnNamesAlone() {
        assertThat(ImageGate.of(DEFAULT).decide("nginx:1", "redis").violations())
                .extracting(violation -> violation.image().orElseThrow().text())
                .containsExactly("redis");
        assertThat(ImageGate.of(DEFAULT).decide(NGINX, Duration.ZERO).allowed()).isTrue();
    }

    @Test
    void hasAName() {
        ImageGate gate = ImageGate.of(DEFAULT);
        assertThat(gate.name()).isEqualTo("default");
        String longest = "a".repeat(63);
        for (String name : List.of("a", "A-b.c_9", longest)) {
            assertThat(gate.withName(name).name()).isEqualTo(name);
        }
        for (String name : List.of("", "-a", "a.", "a b", longest + "a")) {
            assertThatThrownBy(() -> gate.withName(name))
                    .hasMessage("name of a gate \"" + name + "\": expected at most 63 letters, digits, \"-\", \".\" and"
                            + " \"_\", with a letter or digit at both ends");
        }
    }

    @Test
    void copiesKeepTheOtherParts() {
        PolicySet others = PolicySet.of(
                Policy.builder("p").rule("pinned", Rules.digestRequired()).build());
        List<Decision> heard = new ArrayList<>();
        ImageGate gate = ImageGate.of(DEFAULT)
                .withName("shop")
                .withListener(made -> heard.add(made.decision().orElseThrow()))
                .withPolicies(others)
                .withLenientLimit(Duration.ofSeconds(2));
        assertThat(gate.name()).isEqualTo("shop");
        assertThat(gate.policies()).isSameAs(others);
        Decision denied = gate.decide(NGINX);
        assertThat(denied.allowed()).isFalse();
        assertThat(heard).containsExactly(denied);
        assertThat(gate.withoutListeners().name()).isEqualTo("shop");
        assertThat(gate.withoutListeners().decide(NGINX).allowed()).isFalse();
        assertThat(heard).hasSize(1);
    }
}
