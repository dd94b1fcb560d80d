package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
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
}
