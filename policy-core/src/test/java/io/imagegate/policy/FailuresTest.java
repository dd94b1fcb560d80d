package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.imagegate.LoggedRecords;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.version.VersionRange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a rule or a source of facts throws is in the violation and in the log, with its cause. */
class FailuresTest {

    private static final Logger LOG = Logger.getLogger(Policy.class.getName());
    private final RuntimeException failure = new IllegalStateException("secret", new ArithmeticException("why"));
    private final Rule failing = image -> {
        throw failure;
    };

    @RegisterExtension
    private final LoggedRecords logged =
            new LoggedRecords(Policy.class, message -> message.getMessage().contains("of-failures"));

    @RegisterExtension
    private final LoggedRecords loggedOfSource =
            new LoggedRecords(Policy.class, message -> message.getThrown() != null && message.getThrown() == failure);

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
    void whatASourceThrowsIsCarriedByTheViolationsThatNeededItAndLoggedOnce() {
        PolicySet policies = PolicySet.of(policy().rule("there", Rules.exists())
                .rule("old", Rules.anyOf(Rules.deny("**"), Rules.exists()))
                .rule(NamedRule.of("audited", Rules.exists()).withEnforcement(Enforcement.AUDIT))
                .rule("version", Rules.tagInRange(VersionRange.parse("1")))
                .rule("sound", image -> Finding.violation("no"))
                .build());
        FactSource throwing = (needs, limit) -> {
            throw failure;
        };
        FactSource failed = (needs, limit) -> CompletableFuture.failedFuture(failure);
        FactSource later = (needs, limit) -> CompletableFuture.supplyAsync(() -> {
            throw failure;
        });
        for (FactSource source : List.of(throwing, failed, later)) {
            loggedOfSource.records().clear();
            Decision decision = ImageGate.of(() -> policies, source).decide(ImageReview.of("a:x", "b:x"));
            assertThat(decision.violations())
                    .extracting(
                            Violation::rule, violation -> violation.failure().orElse(null))
                    .containsOnly(
                            tuple("there", failure),
                            tuple("old", failure),
                            tuple("audited", failure),
                            tuple("version", null),
                            tuple("sound", null))
                    .hasSize(10);
            assertThat(decision.violations())
                    .filteredOn(each -> each.failure().isPresent())
                    .allMatch(Violation::isUnknown);
            assertThat(decision.reason())
                    .contains("its digest could not be looked up: IllegalStateException")
                    .doesNotContain("secret");
            assertThat(loggedOfSource.records())
                    .singleElement()
                    .satisfies(message -> assertThat(message.getMessage())
                            .isEqualTo("the fact source " + source.getClass().getName()
                                    + " threw, so what it was asked for is undecidable"));
        }
        assertThat(logged.records()).isEmpty();
    }

    @Test
    void aSourceThatAnswersOrIsLateLogsNothing() {
        PolicySet policies = PolicySet.of(policy().rule("there", Rules.exists()).build());
        for (FactSource source : List.<FactSource>of(
                (needs, limit) -> CompletableFuture.completedFuture(Map.of()),
                (needs, limit) -> new CompletableFuture<>())) {
            Decision decision =
                    ImageGate.of(() -> policies, source).decide(ImageReview.of("a:1"), Duration.ofMillis(1));
            assertThat(decision.violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.failure()).isEmpty());
        }
        assertThat(loggedOfSource.records()).isEmpty();
    }

    @Test
    void aSourceThatThrowsAgainIsLoggedOnceAMinute() {
        PolicySet policies = PolicySet.of(policy().rule("there", Rules.exists()).build());
        FactSource failed = (needs, limit) -> CompletableFuture.failedFuture(failure);
        ImageGate gate = ImageGate.of(() -> policies, failed);
        for (int i = 0; i < 10; i++) {
            assertThat(gate.withName("of-" + i).decide(ImageReview.of("a:1")).violations())
                    .allMatch(violation -> violation.failure().isPresent());
        }
        assertThat(loggedOfSource.records()).hasSize(1);
    }

    @Test
    void aRuleThatDoesNotNeedTheFactThatFailedHasNoFailure() {
        record Own(String name) implements Need<String> {}
        Need<String> broken = new Own("broken");
        Need<String> open = new Own("open");
        FactSource source = (needs, limit) -> CompletableFuture.completedFuture(Map.of(
                ImageReference.parse("a:1"),
                ImageFacts.at(Instant.EPOCH)
                        .with(broken, Fact.failed("it is broken", failure))
                        .with(open, Fact.undecidable("it is open"))));
        PolicySet policies = PolicySet.of(policy().rule(
                        "broken", image -> Finding.of(image.facts().get(broken), Finding::satisfied))
                .rule("open", image -> Finding.of(image.facts().get(open), Finding::satisfied))
                .rule(
                        "open-first",
                        image -> Finding.of(
                                image.facts().get(open),
                                known -> Finding.of(image.facts().get(broken), Finding::satisfied)))
                .build());
        assertThat(ImageGate.of(() -> policies, source)
                        .decide(ImageReview.of("a:1"))
                        .violations())
                .extracting(Violation::rule, violation -> violation.failure().orElse(null))
                .containsExactly(tuple("broken", failure), tuple("open", null), tuple("open-first", null));
    }

    @Test
    @SuppressWarnings("NullAway") // What a source without annotations may do.
    void aSourceThatAnswersNullIsAFailure() {
        PolicySet policies = PolicySet.of(policy().rule("there", Rules.exists()).build());
        Map<ImageReference, ImageFacts> none = new HashMap<>();
        none.put(ImageReference.parse("a:1"), null);
        assertThat(ImageGate.of(() -> policies, (needs, limit) -> null)
                        .decide(ImageReview.of("a:1"))
                        .violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.failure()).containsInstanceOf(NullPointerException.class));
        assertThat(ImageGate.of(() -> policies, (needs, limit) -> CompletableFuture.completedFuture(null))
                        .decide(ImageReview.of("a:1"))
                        .violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.failure()).containsInstanceOf(NullPointerException.class));
        assertThat(ImageGate.of(() -> policies, (needs, limit) -> CompletableFuture.completedFuture(none))
                        .decide(ImageReview.of("a:1"))
                        .reason())
                .contains("its digest was not found by the fact source");
    }

    @Test
    void whatWasThrownWhenPoliciesWereLoadedIsCarried() {
        Decision decision = ImageGate.of(PolicySet.unloaded("none could be loaded", failure))
                .decide(ImageReview.of("a:1"));
        assertThat(decision.reason()).contains("none could be loaded").doesNotContain("secret");
        assertThat(decision.violations())
                .extracting(violation -> violation.failure().orElse(null))
                .containsExactly(failure);
        assertThat(ImageGate.of(PolicySet.unloaded("not yet"))
                        .decide(ImageReview.of("a:1"))
                        .violations())
                .allMatch(violation -> violation.failure().isEmpty());
    }

    @Test
    void whatASourceThrowsAboutADigestToPinIsCarried() {
        PolicySet policies = PolicySet.of(policy().rule("sound", image -> Finding.satisfied())
                .mutation(Mutation.pinning(PatternSet.of("docker.io/**")))
                .build());
        FactSource failed = (needs, limit) -> CompletableFuture.failedFuture(failure);
        Decision decision =
                ImageGate.of(() -> policies, failed).decide(ImageReview.of("a:1"), MutationScope.AS_IN_PODS);
        assertThat(decision.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.failure()).contains(failure));
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
