package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules of programs that ask for facts without a thought of those that were not looked up yet. */
class AskingRuleTest {

    private static final Digest GOOD = Digest.parse("sha256:" + "a".repeat(64));
    private static final Digest BAD = Digest.parse("sha256:" + "b".repeat(64));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Ways to demand the good digest. */
    private enum Way implements Rule {
        REASON_OF_THE_FACT {
            @Override
            Finding check(Fact<Digest> digest) {
                return digest.value().map(Way::verdict).orElseGet(() -> Finding.undecidable(digest.reason()));
            }
        },
        OR_ELSE_THROW {
            @Override
            Finding check(Fact<Digest> digest) {
                return verdict(digest.value().orElseThrow());
            }
        },
        OR_ELSE_SATISFIED {
            @Override
            Finding check(Fact<Digest> digest) {
                return digest.value().map(Way::verdict).orElse(Finding.satisfied());
            }
        },
        OR_ELSE_NOT_APPLICABLE {
            @Override
            Finding check(Fact<Digest> digest) {
                return digest.value().map(Way::verdict).orElse(Finding.notApplicable());
            }
        },
        OR_ELSE_VIOLATED {
            @Override
            Finding check(Fact<Digest> digest) {
                return digest.value().map(Way::verdict).orElse(Finding.violation("it has no digest"));
            }
        },
        OR_ELSE_NULL {
            @Override
            @SuppressWarnings("NullAway") // What a rule without annotations may do.
            Finding check(Fact<Digest> digest) {
                return digest.value().map(Way::verdict).orElse(null);
            }
        },
        STATES {
            @Override
            Finding check(Fact<Digest> digest) {
                return switch (digest.state()) {
                    case KNOWN -> verdict(digest.value().orElseThrow());
                    case PENDING -> Finding.undecidable("not yet");
                    default -> Finding.unavailable(digest.reason());
                };
            }
        },
        FINDING_OF {
            @Override
            Finding check(Fact<Digest> digest) {
                return Finding.of(digest, Way::verdict);
            }
        };

        private static Finding verdict(Digest digest) {
            return digest.equals(GOOD) ? Finding.satisfied() : Finding.violation("its digest is another");
        }

        abstract Finding check(Fact<Digest> digest);

        @Override
        public Finding check(Candidate image) {
            return check(image.facts().digest());
        }
    }

    private static final Rule SATISFIED = image -> Finding.satisfied();
    private static final Rule VIOLATED = image -> Finding.violation("no");

    private final List<Set<Need<?>>> asked = new ArrayList<>();

    private Decision decide(Rule rule, @Nullable Digest found, String... images) {
        return gate(rule, found).decide(ImageReview.of(images), LIMIT);
    }

    private ImageGate gate(Rule rule, @Nullable Digest found) {
        FactSource source = (needs, limit) -> {
            Map<ImageReference, ImageFacts> facts = new HashMap<>();
            needs.forEach((image, of) -> {
                asked.add(of);
                Fact<Digest> digest = found == null ? Fact.absent("there is none") : Fact.known(found);
                facts.put(image, ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, digest));
            });
            return CompletableFuture.completedFuture(facts);
        };
        PolicySet policies = PolicySet.of(policy(rule));
        return ImageGate.of(() -> policies, source);
    }

    private static Policy policy(Rule rule) {
        return Policy.builder("p").rule("good", rule).build();
    }

    @ParameterizedTest
    @EnumSource
    void isAppliedAgainWhenTheFactIsKnown(Way way) {
        assertThat(decide(way, GOOD, "a:1").allowed()).isTrue();
        assertThat(decide(way, BAD, "a:1").reason()).contains("its digest is another");
        assertThat(asked).containsExactly(Set.of(Need.DIGEST), Set.of(Need.DIGEST));
    }

    @Test
    void onceItIsKnownToAskItIsAppliedOnceBeforeTheLookUpAndOnceAfter() {
        AtomicInteger applied = new AtomicInteger();
        Rule counted = image -> {
            applied.incrementAndGet();
            return Way.FINDING_OF.check(image);
        };
        ImageGate gate = gate(counted, GOOD);
        assertThat(gate.decide("a:1").allowed()).isTrue();
        applied.set(0);
        assertThat(gate.decide("b:1").allowed()).isTrue();
        assertThat(applied).hasValue(2);
        assertThat(asked).containsExactly(Set.of(Need.DIGEST), Set.of(Need.DIGEST));
    }

    @ParameterizedTest
    @EnumSource
    void withoutASourceNothingIsAllowed(Way way) {
        for (Rule rule : List.of(
                way,
                Rules.not(way),
                Rules.anyOf(way, VIOLATED),
                Rules.allOf(SATISFIED, way),
                Rules.unlessDigest(way),
                Rules.not(Rules.allOf(way, Rules.not(way))))) {
            Decision decision = policy(rule).decide("a:1");
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.reason()).contains("its content was not looked up");
        }
    }

    @ParameterizedTest
    @EnumSource
    void asAPartItIsPending(Way way) {
        assertThat(decide(Rules.not(way), GOOD, "a:1").allowed()).isFalse();
        assertThat(decide(Rules.not(way), BAD, "a:1").allowed()).isTrue();
        assertThat(decide(Rules.anyOf(VIOLATED, way), GOOD, "a:1").allowed()).isTrue();
        assertThat(decide(Rules.anyOf(way, VIOLATED), BAD, "a:1").allowed()).isFalse();
        assertThat(decide(Rules.allOf(way, SATISFIED), GOOD, "a:1").allowed()).isTrue();
        assertThat(decide(Rules.allOf(SATISFIED, way), BAD, "a:1").allowed()).isFalse();
        assertThat(decide(Rules.not(Rules.anyOf(way, Rules.not(way))), GOOD, "a:1")
                        .allowed())
                .isFalse();
        assertThat(asked).hasSize(7);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLookedUpThatAnotherPartDecides(Way way) {
        assertThat(decide(Rules.anyOf(way, SATISFIED), BAD, "a:1").allowed()).isTrue();
        assertThat(decide(Rules.allOf(way, VIOLATED), GOOD, "a:1").reason()).contains("no");
        assertThat(decide(Rules.not(Rules.allOf(Rules.not(way), VIOLATED)), GOOD, "a:1")
                        .allowed())
                .isTrue();
        assertThat(asked).isEmpty();
        // The fact that the first rule asked for is not that of the next.
        Policy two = Policy.builder("p")
                .rule("any", Rules.anyOf(way, SATISFIED))
                .rule("second", SATISFIED)
                .build();
        assertThat(two.decide("a:1").allowed()).isTrue();
    }

    @Test
    void aPartThatThrowsIsNotPendingForTheFactOfAnother() {
        Rule broken = image -> {
            throw new IllegalStateException("secret");
        };
        assertThat(decide(Rules.anyOf(Way.OR_ELSE_THROW, broken), GOOD, "a:1").allowed())
                .isTrue();
        assertThat(decide(Rules.anyOf(Way.OR_ELSE_THROW, broken), BAD, "a:1").reason())
                .contains("the rule failed (IllegalStateException)");
        assertThat(decide(Rules.not(broken), GOOD, "a:1").reason()).contains("the rule failed (IllegalStateException)");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFactThatIsUnknownAlsoAfterALookUpIsTheRulesOwnAffair() {
        assertThat(decide(Way.REASON_OF_THE_FACT, null, "a:1").reason()).contains("there is none");
        assertThat(decide(Way.OR_ELSE_THROW, null, "a:1").reason())
                .contains("the rule failed (NoSuchElementException)");
        assertThat(decide(Way.OR_ELSE_SATISFIED, null, "a:1").allowed()).isTrue();
        assertThat(asked).hasSize(3);
    }

    @Test
    void aFactThatAnotherThreadAsksForIsLookedUp() {
        Rule parallel = image -> IntStream.range(0, 64)
                        .parallel()
                        .allMatch(i -> image.facts().digest().value().isEmpty())
                ? Finding.satisfied()
                : Finding.violation("it has a digest");
        assertThat(decide(parallel, GOOD, "a:1").reason()).contains("it has a digest");
        assertThat(asked).containsExactly(Set.of(Need.DIGEST));
    }

    @Test
    void eachImageHasItsOwnFacts() {
        Rule first = image -> image.reference().repository().equals("library/a")
                ? Way.OR_ELSE_SATISFIED.check(image)
                : Finding.satisfied();
        assertThat(decide(first, GOOD, "a:1", "b:1", "c:1").allowed()).isTrue();
        assertThat(asked).hasSize(1);
    }

    @Test
    void rulesThatAreAppliedDirectlyArePending() {
        ImageReview review = ImageReview.of("a:1");
        Candidate image =
                Candidate.of(ImageReference.parse("a:1"), review.images().get(0), review);
        assertThat(Arrays.stream(Way.values()).map(image::findingOf)).allMatch(f -> f.outcome() == Outcome.PENDING);
        assertThat(Rules.not(Way.OR_ELSE_VIOLATED).check(image).outcome()).isEqualTo(Outcome.PENDING);
        Finding satisfied = Finding.satisfied("evidence");
        assertThat(image.findingOf(each -> satisfied)).isSameAs(satisfied);
        assertThat(image.withFacts(ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.known(GOOD)))
                        .findingOf(Way.OR_ELSE_THROW)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }
}
