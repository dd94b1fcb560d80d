package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.imagegate.LoggedRecords;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a rule throws is in the violation and in the log, with its cause. */
class RuleFailuresTest {

    private static final Logger LOG = Logger.getLogger(Policy.class.getName());
    private final RuntimeException failure = new IllegalStateException("secret", new ArithmeticException("why"));
    private final Rule failing = image -> {
        throw failure;
    };

    @RegisterExtension
    private final LoggedRecords logged =
            new LoggedRecords(Policy.class, message -> message.getMessage().contains("of-failures"));

    private static PolicyBuilder policy() {
        return Policy.builder("of-failures");
    }

    @Test
    void whatARuleThrowsIsCarriedByEachViolationAndLoggedOnce() {
        Policy policy = policy().rule("broken", failing)
                .rule("sound", image -> Finding.violation("no"))
                .build();
        Decision decision = policy.decide(ImageReview.of("a:1", "b:1"));
        assertThat(decision.violations())
                .extracting(Violation::rule, violation -> violation.failure().orElse(null))
                .containsExactly(
                        tuple("broken", failure), tuple("broken", failure), tuple("sound", null), tuple("sound", null));
        assertThat(decision.reason()).doesNotContain("secret");
        assertThat(logged.records()).singleElement().satisfies(message -> {
            assertThat(message.getMessage())
                    .isEqualTo("rule \"broken\" of policy \"of-failures\" threw, so its images violate it");
            assertThat(message.getThrown()).isSameAs(failure);
        });
    }

    @Test
    void eachRuleThatThrowsIsLogged() {
        Policy policy = policy().rule("one", failing)
                .rule(NamedRule.of("other", failing).withEnforcement(Enforcement.AUDIT))
                .build();
        assertThat(ImageGate.of(PolicySet.of(policy))
                        .decide(ImageReview.of("a:1"))
                        .allowed())
                .isFalse();
        assertThat(logged.records()).hasSize(2);
    }

    @Test
    void aRuleThatDeniesLogsNothing() {
        policy().rule("sound", image -> Finding.violation("no")).build().decide("a:1");
        policy().rule("silent", image -> Finding.satisfied()).build().decide("a:1");
        assertThat(logged.records()).isEmpty();
    }

    @Test
    void aLoggerThatThrowsChangesNoDecision() {
        Handler throwing = new Handler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getMessage().contains("of-failures")) {
                    throw new IllegalStateException("disk full");
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LOG.addHandler(throwing);
        try {
            assertThat(policy().rule("broken", failing).build().decide("a:1").allowed())
                    .isFalse();
        } finally {
            LOG.removeHandler(throwing);
        }
    }

    @Test
    void withoutMemoryNothingIsDecided() {
        OutOfMemoryError none = new OutOfMemoryError("secret");
        for (Rule rule : List.<Rule>of(
                image -> {
                    throw none;
                },
                image -> {
                    image.facts().digest();
                    throw none;
                })) {
            Policy policy = policy().rule("broken", rule).build();
            assertThatThrownBy(() -> policy.decide("a:1")).isSameAs(none);
        }
    }
}
