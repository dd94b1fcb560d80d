package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.ImageFacts;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.testkit.Facts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** What holds for every rule on content and all facts. */
class FactLawsTest {

    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-26T00:00:00Z"));
    private static final List<String> IMAGES = List.of("a:1", "b:1", "c:2");

    private static final Rule[] ON_CONTENT = {
        Rules.exists(),
        Rules.maxAge(Duration.ofDays(365)),
        Rules.maxSize(2L << 30),
        Rules.platforms("linux/arm64"),
        Rules.labels(Map.of("team", "*")),
        Rules.annotations(Map.of("team", "pay*")),
        Rules.denyDigests(Set.of(Digest.parse("sha256:" + "0".repeat(64))))
    };

    private static final Rule[] ON_NAMES = {Rules.allow("a:*"), Rules.tagDenied(GlobSet.of("2")), Rules.digestRequired()
    };

    private static boolean allowed(Rule rule, Map<String, ImageFacts> facts, List<String> images) {
        Map<ImageReference, ImageFacts> byReference = new HashMap<>();
        facts.forEach((image, known) -> byReference.put(ImageReference.parse(image), known));
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("r", rule).build()).withClock(NOW);
        Decision decision = ImageGate.of(() -> policies, Facts.source(byReference))
                .decide(ImageReview.of(images.toArray(String[]::new)));
        return decision.allowed();
    }

    @Property
    void noFactNoAllowance(
            @ForAll("onContent") Rule rule,
            @ForAll("facts") Map<String, ImageFacts> facts,
            @ForAll("unknown") ImageFacts unknown) {
        Map<String, ImageFacts> less = new HashMap<>(facts);
        less.put("b:1", unknown);
        assertThat(allowed(rule, less, IMAGES)).isFalse();
    }

    @Property
    void absentIsNoAllowance(@ForAll("positive") Rule rule, @ForAll("facts") Map<String, ImageFacts> facts) {
        Map<String, ImageFacts> less = new HashMap<>(facts);
        less.remove("b:1");
        assertThat(allowed(rule, less, IMAGES)).isFalse();
    }

    @Property
    void factsOfOneImageNeverServeAnother(@ForAll("rules") Rule rule, @ForAll("facts") Map<String, ImageFacts> facts) {
        boolean each = IMAGES.stream().allMatch(image -> allowed(rule, facts, List.of(image)));
        Statistics.label("allowed").collect(each);
        assertThat(allowed(rule, facts, IMAGES)).isEqualTo(each);
    }

    @Property
    void theOrderOfImagesDoesNotMatter(
            @ForAll("rules") Rule rule,
            @ForAll("facts") Map<String, ImageFacts> facts,
            @ForAll("orders") List<String> order) {
        assertThat(allowed(rule, facts, order)).isEqualTo(allowed(rule, facts, IMAGES));
    }

    @Property
    void anUnknownFactNeverAllowsWhatItWouldDeny(
            @ForAll("rules") Rule rule,
            @ForAll("facts") Map<String, ImageFacts> facts,
            @ForAll("unknown") ImageFacts unknown) {
        Map<String, ImageFacts> less = new HashMap<>(facts);
        less.put("b:1", unknown);
        boolean allowed = allowed(rule, less, IMAGES);
        Statistics.label("allowed").collect(allowed);
        if (allowed) {
            assertThat(allowed(rule, facts, IMAGES)).isTrue();
        }
    }

    @Provide
    Arbitrary<Rule> onContent() {
        return trees(Arbitraries.of(ON_CONTENT));
    }

    @Provide
    Arbitrary<Rule> positive() {
        return Arbitraries.recursive(() -> Arbitraries.of(ON_CONTENT), FactLawsTest::several, 0, 3);
    }

    @Provide
    Arbitrary<Rule> rules() {
        return trees(Arbitraries.of(
                Stream.of(ON_CONTENT, ON_NAMES).flatMap(Stream::of).toList()));
    }

    private static Arbitrary<Rule> trees(Arbitrary<Rule> leaves) {
        return Arbitraries.recursive(
                () -> leaves, below -> Arbitraries.oneOf(several(below), below.map(Rules::not)), 0, 3);
    }

    private static Arbitrary<Rule> several(Arbitrary<Rule> below) {
        Arbitrary<Rule[]> parts = below.array(Rule[].class).ofMinSize(1).ofMaxSize(3);
        return Arbitraries.oneOf(parts.map(Rules::anyOf), parts.map(Rules::allOf));
    }

    @Provide
    Arbitrary<Map<String, ImageFacts>> facts() {
        return Combinators.combine(Facts.known(), Facts.known(), Facts.known())
                .as((a, b, c) -> Map.of("a:1", a, "b:1", b, "c:2", c));
    }

    @Provide
    Arbitrary<ImageFacts> unknown() {
        return Facts.unknown();
    }

    @Provide
    Arbitrary<List<String>> orders() {
        return Arbitraries.shuffle(IMAGES);
    }
}
