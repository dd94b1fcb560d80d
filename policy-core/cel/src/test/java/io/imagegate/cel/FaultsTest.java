package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imagegate.rule.CelSyntaxException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when an expression is compiled, and how that is said. */
class FaultsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            image.registri == 'ghcr.io'       | 7  | unknown property "registri", expected one of text, registry, repository, tag, digest, created, platforms, size, labels, annotations (did you mean registry?)
            container.kind == 'x'             | 11 | unknown property "kind", expected one of type, name
            imag.registry == 'x'              | 1  | unknown variable "imag", expected one of image, container, request, now (did you mean image?)
            image.tag.startswith('x')         | 11 | unknown function "startswith", expected one of …did you mean startsWith?)
            image.tag == 5                    | 11 | == does not take (string, int)
            !image.tag                        | 1  | ! does not take (string)
            image.tag.startsWith(5)           | 21 | startsWith does not take string.(int)
            image.labels[3] == 'x'            | 13 | [] does not take (map(string, string), int)
            image.tag                         | 1  | the value is string, expected bool
            dyn(image.tag)                    | 1  | the value is dyn, expected bool
            image.tag ==                      | 13 | unexpected end of the expression, expected a value or an operator
            image.tag == 'x' && && true       | 21 | unexpected "&&", expected a value or an operator
            image.tag == 'unclosed            | 14 | unexpected "'unclosed", expected CEL
            image.tag.matches(image.text)     | 24 | a regular expression that is computed, expected a text in quotes
            image.tag.matches('a(')           | 19 | no regular expression: missing closing ), expected the syntax of RE2
            matches(image.tag, 'a{1,900}')    | 20 | a regular expression of more than 500 instructions, expected fewer repetitions such as {1,100}
            image.tag.replace('a', 'b') == '' | 11 | unknown function "replace", expected one of …
            [1, 2].join(',') == ''            | 8  | unknown function "join", expected one of …
            lists.range(10).size() == 3       | 1  | unknown variable "lists", expected one of image, container, request, now
            """)
    void placeAndSuggestion(String expression, int column, String sentence) {
        CelSyntaxException refused = catchThrowableOfType(CelSyntaxException.class, () -> CelRule.of(expression));
        CelSyntaxException.Fault fault = refused.faults().get(0);
        assertThat(fault.column()).as(fault.toString()).isEqualTo(column);
        String[] parts = sentence.split("…", -1);
        assertThat(fault.sentence()).startsWith(parts[0]).endsWith(parts[parts.length - 1]);
    }

    @Test
    @DisplayName("all faults are reported, in their order")
    void several() {
        assertThatThrownBy(() -> CelRule.of("image.x == 'a' &&\n  requests.user == 'b'"))
                .isInstanceOf(CelSyntaxException.class)
                .hasMessageStartingWith("line 1 column 7 of the expression: unknown property \"x\"")
                .hasMessageContaining("; line 2 column 3 of the expression: unknown variable \"requests\"");
    }

    @Test
    @DisplayName("characters beyond 16 bits count as one")
    void characters() {
        CelSyntaxException refused =
                catchThrowableOfType(CelSyntaxException.class, () -> CelRule.of("'😀😀' == image.x"));
        assertThat(refused.faults().get(0).column()).isEqualTo(15);
        assertThat(refused.faults().get(0).offset()).isEqualTo(16);
    }

    @Test
    void sentencesAreTexts() {
        assertThatThrownBy(() -> CelRule.of("true").withMessage("image.size"))
                .hasMessage("line 1 column 1 of the expression: the value is int, expected string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void empty(String expression) {
        assertThatThrownBy(() -> CelRule.of(expression))
                .isInstanceOf(CelSyntaxException.class)
                .hasMessageContaining("an empty expression");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imagegate.image{tag: 'x'}.tag == 'x'",
                "image{tag: 'x'}.tag == 'x'",
                "google.protobuf.Timestamp{seconds: 1} == now",
                "image.?tag == 'x'",
                "cel.bind(x, 'a', x == 'a')",
                "strings.quote(image.tag) == ''",
                "'%s'.format([image.tag]) == ''",
                "base64.encode(b'x') == ''",
                "regex.extract(image.tag, 'x') == ''"
            })
    @DisplayName("messages of protobuf and other libraries are not part of the language")
    void leftOut(String expression) {
        assertThatThrownBy(() -> CelRule.of(expression)).isInstanceOf(CelSyntaxException.class);
    }
}
