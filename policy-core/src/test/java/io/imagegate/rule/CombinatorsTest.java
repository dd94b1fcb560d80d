package io.imagegate.rule;

import static io.imagegate.rule.Outcome.NOT_APPLICABLE;
import static io.imagegate.rule.Outcome.PENDING;
import static io.imagegate.rule.Outcome.SATISFIED;
import static io.imagegate.rule.Outcome.UNAVAILABLE;
import static io.imagegate.rule.Outcome.UNDECIDABLE;
import static io.imagegate.rule.Outcome.VIOLATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.version.VersionRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code any}, {@code all} and {@code not}, against a table and against every way in which unknowns could turn out. */
class CombinatorsTest {

    private static final int MOST_UNKNOWNS = 12;
    private static final int MOST_LEAVES = 100;

    /** A rule and how it is made: a leaf with an outcome, or {@code any}, {@code all} or {@code not} of others. */
    private record Tree(String kind, Outcome leaf, List<Tree> parts) {

        Rule rule() {
            Rule[] rules = parts.stream().map(Tree::rule).toArray(Rule[]::new);
            return switch (kind) {
                case "any" -> Rules.anyOf(rules);
                case "all" -> Rules.allOf(rules);
                case "not" -> Rules.not(rules[0]);
                default -> CombinatorsTest.rule(leaf);
            };
        }

        List<Tree> leaves() {
            return parts.isEmpty()
                    ? List.of(this)
                    : parts.stream().flatMap(part -> part.leaves().stream()).toList();
        }

        @Override
        public String toString() {
            return parts.isEmpty() ? leaf.name().substring(0, 1) : kind + parts;
        }
    }

    private static Rule rule(Outcome outcome) {
        return image -> switch (outcome) {
            case SATISFIED -> Finding.satisfied();
            case VIOLATED -> Finding.violation("no");
            case NOT_APPLICABLE -> Finding.notApplicable();
            case UNDECIDABLE -> Finding.undecidable("unknown");
            case UNAVAILABLE -> Finding.unavailable("down");
            case PENDING -> Finding.pending();
        };
    }

    private static Finding check(Rule rule, String namespace, String image) {
        ImageReview review = ImageReview.of(image).inNamespace(namespace);
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    private static Outcome outcome(Rule rule) {
        return check(rule, "default", "nginx").outcome();
    }

    @Test
    void ofTwoThatAreUnknownAllTellsTheFirst() {
        Rule all = Rules.allOf(image -> Finding.undecidable("one"), image -> Finding.undecidable("other"));
        assertThat(check(all, "default", "nginx")).hasToString("UNDECIDABLE: one");
    }

    @ParameterizedTest(name = "{0}, {1}: any is {2}, all is {3}")
    @CsvSource({
        "SATISFIED, SATISFIED, SATISFIED, SATISFIED",
        "SATISFIED, VIOLATED, SATISFIED, VIOLATED",
        "SATISFIED, UNDECIDABLE, SATISFIED, UNDECIDABLE",
        "SATISFIED, NOT_APPLICABLE, SATISFIED, SATISFIED",
        "VIOLATED, VIOLATED, VIOLATED, VIOLATED",
        "VIOLATED, UNDECIDABLE, UNDECIDABLE, VIOLATED",
        "VIOLATED, NOT_APPLICABLE, VIOLATED, VIOLATED",
        "UNDECIDABLE, UNDECIDABLE, UNDECIDABLE, UNDECIDABLE",
        "UNDECIDABLE, NOT_APPLICABLE, UNDECIDABLE, UNDECIDABLE",
        "NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE",
        "UNAVAILABLE, SATISFIED, SATISFIED, UNAVAILABLE",
        "UNAVAILABLE, VIOLATED, UNAVAILABLE, VIOLATED",
        "UNAVAILABLE, UNDECIDABLE, UNDECIDABLE, UNDECIDABLE",
        "UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE",
        "UNAVAILABLE, NOT_APPLICABLE, UNAVAILABLE, UNAVAILABLE",
        "PENDING, SATISFIED, SATISFIED, PENDING",
        "PENDING, VIOLATED, PENDING, VIOLATED",
        "PENDING, UNDECIDABLE, PENDING, PENDING",
        "PENDING, UNAVAILABLE, PENDING, PENDING",
        "PENDING, NOT_APPLICABLE, PENDING, PENDING",
    })
    void two(Outcome one, Outcome other, Outcome any, Outcome all) {
        assertThat(outcome(Rules.anyOf(rule(one), rule(other)))).isEqualTo(any);
        assertThat(outcome(Rules.anyOf(rule(other), rule(one)))).isEqualTo(any);
        assertThat(outcome(Rules.allOf(rule(one), rule(other)))).isEqualTo(all);
        assertThat(outcome(Rules.allOf(rule(other), rule(one)))).isEqualTo(all);
    }

    @ParameterizedTest(name = "not {0} is {1}")
    @CsvSource({
        "SATISFIED, VIOLATED",
        "VIOLATED, SATISFIED",
        "UNDECIDABLE, UNDECIDABLE",
        "UNAVAILABLE, UNAVAILABLE",
        "PENDING, PENDING",
        "NOT_APPLICABLE, NOT_APPLICABLE"
    })
    void negation(Outcome outcome, Outcome negated) {
        assertThat(outcome(Rules.not(rule(outcome)))).isEqualTo(negated);
    }

    /** What is the same however its unknown parts turn out is known; every part of a tree stands in it once. */
    @Property(tries = 5_000)
    void aTreeIsWhatItIsInEveryPossibleWorld(@ForAll("trees") Tree tree) {
        List<Tree> unknown =
                tree.leaves().stream().filter(leaf -> leaf.leaf == UNDECIDABLE).toList();
        Set<Outcome> possible = EnumSet.noneOf(Outcome.class);
        for (int world = 0; world < 1 << unknown.size(); world++) {
            List<Boolean> values = new ArrayList<>();
            for (int i = 0; i < unknown.size(); i++) {
                values.add((world >> i & 1) == 1);
            }
            possible.add(truth(tree, values.iterator()));
        }
        Outcome expected = possible.size() == 1 ? possible.iterator().next() : UNDECIDABLE;
        Statistics.label("outcomes").collect(expected);
        assertThat(outcome(tree.rule())).as(tree.toString()).isEqualTo(expected);
    }

    /** A rule that does not wait for a fact needs none: it finds the same whatever the facts turn out to be. */
    @Property(tries = 2_000)
    void aTreeThatIsNotPendingNeedsNoFact(@ForAll("pendingTrees") Tree tree, @ForAll("answers") List<Outcome> answers) {
        Outcome before = outcome(tree.rule());
        Statistics.label("outcomes").collect(before);
        if (before != PENDING) {
            assertThat(outcome(answered(tree, answers.iterator()).rule()))
                    .as(tree.toString())
                    .isEqualTo(before);
        }
    }

    @Provide
    Arbitrary<Tree> pendingTrees() {
        Arbitrary<Tree> leaf = Arbitraries.of(Outcome.values()).map(outcome -> new Tree("leaf", outcome, List.of()));
        return Arbitraries.recursive(() -> leaf, CombinatorsTest::above, 0, 4)
                .filter(tree -> tree.leaves().size() <= MOST_LEAVES);
    }

    @Provide
    Arbitrary<List<Outcome>> answers() {
        return Arbitraries.of(SATISFIED, VIOLATED, NOT_APPLICABLE, UNDECIDABLE, UNAVAILABLE)
                .list()
                .ofSize(MOST_LEAVES);
    }

    private static Tree answered(Tree tree, Iterator<Outcome> answers) {
        return tree.parts.isEmpty()
                ? tree.leaf == PENDING ? new Tree("leaf", answers.next(), List.of()) : tree
                : new Tree(
                        tree.kind,
                        tree.leaf,
                        tree.parts.stream().map(part -> answered(part, answers)).toList());
    }

    /** Two-valued logic, over the parts that apply. */
    private static Outcome truth(Tree tree, Iterator<Boolean> world) {
        if (tree.parts.isEmpty()) {
            boolean unknown = tree.leaf == UNDECIDABLE;
            return !unknown ? tree.leaf : world.next() ? SATISFIED : VIOLATED;
        }
        List<Outcome> parts = new ArrayList<>();
        tree.parts.forEach(part -> parts.add(truth(part, world)));
        parts.removeIf(part -> part == NOT_APPLICABLE);
        if (parts.isEmpty()) {
            return NOT_APPLICABLE;
        }
        boolean holds = switch (tree.kind) {
            case "any" -> parts.contains(SATISFIED);
            case "all" -> !parts.contains(VIOLATED);
            default -> parts.contains(VIOLATED);
        };
        return holds ? SATISFIED : VIOLATED;
    }

    @Provide
    Arbitrary<Tree> trees() {
        Arbitrary<Tree> leaf = Arbitraries.of(SATISFIED, VIOLATED, NOT_APPLICABLE, NOT_APPLICABLE, UNDECIDABLE)
                .map(outcome -> new Tree("leaf", outcome, List.of()));
        return Arbitraries.recursive(() -> leaf, CombinatorsTest::above, 0, 4)
                .filter(tree -> tree.leaves().stream()
                                .filter(l -> l.leaf == UNDECIDABLE)
                                .count()
                        <= MOST_UNKNOWNS);
    }

    private static Arbitrary<Tree> above(Arbitrary<Tree> below) {
        return Arbitraries.of("any", "all", "not")
                .flatMap(kind -> below.list()
                        .ofMinSize(1)
                        .ofMaxSize(kind.equals("not") ? 1 : 3)
                        .map(parts -> new Tree(kind, NOT_APPLICABLE, parts)));
    }

    @ParameterizedTest(name = "{0}: <2 {1}, not <2 {2}")
    @CsvSource({
        "a:1.5.0, SATISFIED, VIOLATED",
        "a:2.5.0, VIOLATED, SATISFIED",
        "a, UNDECIDABLE, UNDECIDABLE",
        "a:1, UNDECIDABLE, UNDECIDABLE",
        "a:1.5.0-alpine, UNDECIDABLE, UNDECIDABLE",
        "a:2.5.0-alpine, VIOLATED, SATISFIED",
        "a@sha256, UNDECIDABLE, UNDECIDABLE",
        "a:1.5.0@sha256, SATISFIED, VIOLATED",
    })
    void versions(String image, Outcome inRange, Outcome negated) {
        String text = image.replace("@sha256", "@sha256:" + "a".repeat(64));
        Rule rule = Rules.tagInRange(VersionRange.parse("<2"));
        assertThat(check(rule, "default", text).outcome()).isEqualTo(inRange);
        assertThat(check(Rules.not(rule), "default", text).outcome()).isEqualTo(negated);
    }

    @Test
    void aPrereleaseThatTheRangeNamesIsDecided() {
        Rule rule = Rules.not(Rules.tagInRange(VersionRange.parse("1.5.0-alpine || 3.x")));
        assertThat(check(rule, "default", "a:1.5.0-alpine").outcome()).isEqualTo(VIOLATED);
        assertThat(check(rule, "default", "a:3.1.0-alpine").outcome()).isEqualTo(UNDECIDABLE);
        assertThat(check(rule, "default", "a:1.5.1-alpine").outcome()).isEqualTo(SATISFIED);
    }

    @Test
    void noTagBesideADigestDoesNotSatisfyTheOppositeOfAnAllowList() {
        Rule rule = Rules.not(Rules.tagAllowed(GlobSet.of("1.*")));
        assertThat(check(rule, "default", "a@sha256:" + "a".repeat(64)).outcome())
                .isEqualTo(UNDECIDABLE);
        assertThat(check(rule, "default", "a:2").outcome()).isEqualTo(SATISFIED);
    }

    @Test
    void aScopeOfNamespacesIsUndecidableWhereNoneIsNamed() {
        Rule inProd = Rules.inNamespaces(List.of("prod"), rule(SATISFIED));
        Rule elsewhere = Rules.within(Scope.EVERYTHING.withExceptNamespaces(GlobSet.of("prod")), rule(SATISFIED));
        for (Rule rule : List.of(inProd, Rules.not(inProd), elsewhere, Rules.not(elsewhere))) {
            assertThat(check(rule, "", "a").outcome()).isEqualTo(UNDECIDABLE);
            assertThat(check(rule, "dev", "a").outcome()).isNotEqualTo(UNDECIDABLE);
        }
        assertThat(check(inProd, "", "a").message(Locale.ENGLISH))
                .isEqualTo(
                        "the review does not tell what \"namespaces\" compares, so it is unknown whether the condition applies");
    }

    @Test
    void anAlternativeThatIsUnknownIsNotSaidToFail() {
        Finding finding = check(
                Rules.anyOf(Rules.digestRequired(), Rules.tagInRange(VersionRange.parse("1.x"))), "default", "nginx:x");
        assertThat(finding)
                .hasToString("UNDECIDABLE: none of the alternatives is known to hold: it is not pinned by a digest "
                        + "(@sha256:…), the tag \"x\" is not a version such as 1.2.3, so it cannot be compared with the "
                        + "range 1.x");
    }

    @Test
    void evidenceOfOneRuleIsNotThatOfSeveral() {
        Rule one = image -> Finding.satisfied("one");
        Rule other = image -> Finding.satisfied("other");
        assertThat(check(Rules.allOf(rule(NOT_APPLICABLE), one), "default", "a"))
                .hasToString("SATISFIED: one");
        assertThat(check(Rules.allOf(one, other), "default", "a")).hasToString("SATISFIED");
    }
}
