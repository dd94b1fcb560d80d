package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.review.ImageReview;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that cost too much: refused when compiled, else undecidable, in bounded time and memory. */
@Timeout(120)
class LimitsTest {

    static Stream<String> tooLarge() {
        return Stream.of(
                "'" + "x".repeat(Limits.EXPRESSION) + "' == ''",
                "(".repeat(200) + "true" + ")".repeat(200),
                "!".repeat(3_000) + "(".repeat(100) + "true" + ")".repeat(100),
                "[".repeat(500) + "]".repeat(500) + " == []",
                // These nest without a bracket.
                "1" + " + 1".repeat(1_000) + " == 1",
                "image" + ".tag".repeat(1_000) + " == ''",
                "image.tag" + ".trim()".repeat(500) + " == ''",
                "true" + " ? true : true".repeat(290),
                "image.tag.matches('((a{1,100}){1,100}){1,100}')",
                "image.tag.matches('((((((a{9}){9}){9}){9}){9}){9}){9}')",
                "image.tag.matches('(a|\\\\)){1000}([)]{1000}){1000}')",
                "image.tag.matches('" + "(".repeat(1_000) + ")".repeat(1_000) + "{9}')");
    }

    private static String nested(String before, String middle, int times) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append(before.formatted(i));
        }
        return text + middle + ")".repeat(times);
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void isRefused(String expression) {
        assertThatThrownBy(() -> CelRule.of(expression)).isInstanceOf(CelSyntaxException.class);
    }

    static Stream<String> tooExpensive() {
        String ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";
        return Stream.of(
                nested(ten + ".all(x%d, ", "true", 6),
                nested(ten + ".exists(x%d, ", "false", 6),
                nested(ten + ".map(x%d, ", "1", 6) + " == []",
                // Each step doubles a text, a list or bytes.
                "['xxxxxxxxxxxxxxxx']" + ".map(x, x + x)".repeat(25) + " == []",
                "[[1, 2, 3, 4]]" + ".map(x, x + x)".repeat(25) + " == []",
                "[b'xxxxxxxxxxxxxxxx']" + ".map(x, x + x)".repeat(25) + " == []",
                // CEL takes an exceeded limit for the error of one operand.
                "true || " + "['xxxxxxxxxxxxxxxx']" + ".map(x, x + x)".repeat(25) + " == []",
                "['xxxxxxxxxxxxxxxx']" + ".map(x, x + x)".repeat(25) + " == [] || image.tag == '1'",
                "request.user.size() > 5");
    }

    @ParameterizedTest
    @MethodSource("tooExpensive")
    void isUndecidable(String expression) {
        Finding finding = Checks.check(
                expression,
                Checks.image(
                        "nginx:1",
                        ImageReview.builder()
                                .user("x".repeat(20_000))
                                .images("nginx:1")
                                .build()));
        if (expression.startsWith("true ||")) {
            assertThat(finding.outcome()).isEqualTo(Outcome.SATISFIED);
        } else {
            assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.UNDECIDABLE);
        }
    }

    @Test
    @DisplayName("a regular expression that backtracking engines take forever for takes no time")
    void regularExpressions() {
        String tag = "a".repeat(127) + "_";
        assertThat(Checks.check("image.tag.matches('^(a+)+$')", Checks.image("nginx:" + tag))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Each element of one list is compared with each of the other.
                "request.groups.all(g, sets.contains(request.groups, request.groups))",
                "request.groups.all(g, sets.equivalent(request.groups, request.groups))",
                "request.groups.all(g, sets.intersects(request.groups.map(h, h + 'x'), request.groups))",
                // One list stands in others many times.
                "[request.groups.map(g, request.groups)].all(one, [request.groups.map(g, request.groups)].all(other, one == other))",
                "[[1]].map(x, [x, x, x, x, x, x, x, x]).map(x, [x, x, x, x, x, x, x, x]).map(x, [x, x, x, x, x, x, x, x])"
                        + ".map(x, [x, x, x, x, x, x, x, x]).map(x, [x, x, x, x, x, x, x, x]).map(x, [x, x, x, x, x, x, x, x])"
                        + ".map(x, [x, x, x, x, x, x, x, x]).map(x, [x, x, x, x, x, x, x, x]) == []"
            })
    @DisplayName("comparing lists is charged for before it happens")
    void comparisons(String expression) {
        ImageReview review = ImageReview.builder()
                .groups(IntStream.range(0, 1_000).mapToObj(i -> "group-" + i).toList())
                .images("nginx:1")
                .build();
        Finding finding = Checks.check(expression, Checks.image("nginx:1", review));
        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("a regular expression takes each of its instructions at each character")
    void longTexts() {
        String expression = "!request.user.matches('a.{1,100}b') && !matches(request.user, 'a.{1,100}c')";
        ImageReview review = ImageReview.builder().images("nginx:1").build();
        assertThat(Checks.check(
                                expression,
                                Checks.image(
                                        "nginx:1",
                                        review.toBuilder()
                                                .user("a".repeat(2_000))
                                                .build()))
                        .outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check(
                                expression,
                                Checks.image(
                                        "nginx:1",
                                        review.toBuilder().user("a".repeat(250)).build()))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("a few groups are compared with many")
    void fewComparisons() {
        ImageReview review = ImageReview.builder()
                .groups(IntStream.range(0, 1_000).mapToObj(i -> "group-" + i).toList())
                .images("nginx:1")
                .build();
        assertThat(Checks.check(
                                "sets.contains(request.groups, ['group-1', 'group-999'])",
                                Checks.image("nginx:1", review))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("what people write is far from the limits")
    void nearMisses() {
        String groups = IntStream.range(0, 1_000).mapToObj(i -> "group-" + i).collect(Collectors.joining(","));
        ImageReview review = ImageReview.builder()
                .groups(java.util.List.of(groups.split(",")))
                .images("nginx:1")
                .build();
        assertThat(Checks.check(
                                "request.groups.exists(g, g.startsWith('none')) || request.groups.filter(g, g.endsWith('7'))"
                                        + ".all(g, g.size() < 64)",
                                Checks.image("nginx:1", review))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check(
                                "image.tag.matches('^[a-z]{0,63}[0-9]{1,10}(-[a-z0-9]{1,20})?$')",
                                Checks.image("nginx:1"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            abc                  | 3
            a{10}                | 10
            a{2,10}b             | 11
            (ab){10}             | 40
            ((ab){10}){10}       | 420
            [a-z)]{10}           | 10
            [^]){99}]{10}        | 10
            [[:alpha:])]{10}     | 10
            \\){10}              | 10
            (a\\)){10}           | 40
            \\Q({99}\\E{10}      | 10
            a+{10}               | 20
            """)
    @DisplayName("the size of a regular expression is known before it is compiled")
    void sizes(String regex, long size) {
        assertThat(RegularExpressions.size(regex.replace("\\\\", "\\"))).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(a\\\\)){1000}", "((a\\\\)){1000}){1000}", "((a[)]){100}){100}", "((\\\\Q)\\\\E){100}){100}"})
    void escapesHideNoRepetition(String regex) {
        assertThatThrownBy(() -> CelRule.of("image.tag.matches('" + regex + "')"))
                .hasMessageContaining("a regular expression of more than 500 instructions");
    }
}
