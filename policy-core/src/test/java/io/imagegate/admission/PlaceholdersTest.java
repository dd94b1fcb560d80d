package io.imagegate.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Placeholders in the texts of objects")
class PlaceholdersTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{.*?(?:}|$)", Pattern.DOTALL);
    private static final Pattern PARAMETER =
            Pattern.compile("\\$\\{.*?(?:}|$)|\\$\\(.*?(?:\\)|$)|\\{\\{.*?(?:}}|$)", Pattern.DOTALL);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "nginx:${TAG} | ${TAG} | ${TAG}",
                "nginx:${TAG:-1}-${B} | ${TAG:-1} | ${TAG:-1}",
                "nginx:${TAG | ${TAG | ${TAG",
                "$(params.image) | | $(params.image)",
                "{{inputs.parameters.image}} | | {{inputs.parameters.image}}",
                "a{b}c | |",
                "a$b$ | |",
                "nginx:1 | |",
                "$ | |",
            })
    @DisplayName("are found in objects of any kind, or in custom resources alone")
    void found(String text, String variable, String parameter) {
        assertThat(Placeholders.variable(text)).isEqualTo(Optional.ofNullable(variable));
        assertThat(Placeholders.parameter(text)).isEqualTo(Optional.ofNullable(parameter));
    }

    @Property(tries = 2_000)
    void areThoseThatARegularExpressionFinds(@ForAll("texts") String text) {
        assertThat(Placeholders.variable(text)).isEqualTo(first(VARIABLE, text));
        assertThat(Placeholders.parameter(text)).isEqualTo(first(PARAMETER, text));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("$", "{", "}", "(", ")", "a", "\n", "\r", "\r\n", "\u0085", "\u2028")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }
}
