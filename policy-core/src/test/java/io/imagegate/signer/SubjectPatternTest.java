package io.imagegate.signer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pattern over subjects")
class SubjectPatternTest {

    /** Matches parts of one attribute each, given by types and values in turn. */
    private static boolean matches(String pattern, String... subject) {
        List<List<Map.Entry<String, String>>> parts = new ArrayList<>();
        for (int i = 0; i < subject.length; i += 2) {
            parts.add(List.of(entry(subject[i], subject[i + 1])));
        }
        return SubjectPattern.parse(pattern).requirePossible().matches(parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=release,O=\"Acme, Inc\"",
                "CN=release,O=Acme\\, Inc",
                "CN=release,O=Acme\\2C Inc",
                "cn = release , o = \"Acme, Inc\" ",
                "2.5.4.3=release,2.5.4.10=Acme\\,\\20Inc",
                "CN=\\72elease,O=\"Acme\\, Inc\"",
                "CN=#0c0772656c65617365,O=#130941636d652c20496e63",
                "CN=#160772656c65617365,O=#1309 ",
                "CN=rel*,O=\"Acme,*\"",
            })
    @DisplayName("is read in every spelling of RFC 4514, and as openssl prints subjects")
    void spellings(String pattern) {
        boolean other = pattern.contains("#1309 ");
        assertThat(matches(pattern, "CN", "release", "O", other ? "#1309" : "Acme, Inc"))
                .isTrue();
        assertThat(matches(pattern, "CN", "release", "O", "\"Acme, Inc\"")).isFalse();
        assertThat(matches(pattern, "CN", "other", "O", "Acme, Inc")).isFalse();
        assertThat(matches(pattern, "CN", "release")).isFalse();
    }

    @Test
    @DisplayName("keeps signs that a backslash or quotes protect, and spaces")
    void signs() {
        assertThat(matches("O=a\\;b\\+c\\\"d\\\\e\\<f\\>g=h", "O", "a;b+c\"d\\e<f>g=h"))
                .isTrue();
        assertThat(matches("O=\\ a\\ ", "O", " a ")).isTrue();
        assertThat(matches("O= a ", "O", "a")).isTrue();
        assertThat(matches("O=\" a\"", "O", " a")).isTrue();
        assertThat(matches("O=\\#a", "O", "#a")).isTrue();
        assertThat(matches("O=a#b", "O", "a#b")).isTrue();
        assertThat(matches("O=\\C3\\BC\uD83D\uDE00", "O", "ü\uD83D\uDE00")).isTrue();
        assertThat(matches("1.2.840.113549.1.9.1=a@b,1.3.6.1.4.1.99=x", "EMAILADDRESS", "a@b", "1.3.6.1.4.1.99", "x"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | \"\", expected a subject as RFC 4514 writes it, such as CN=release,O=acme",
                "release | \"release\", expected a subject as RFC 4514",
                "CN=a, | \"CN=a,\" has \"\", expected a subject",
                "=a | \"=a\", expected a subject",
                "CN=a;O=b | has \"a;O=b\" with the sign ;, expected a comma between parts, or a backslash before the sign",
                "CN=a<b | with the sign <",
                "CN=a>b | with the sign >",
                "CN=a\"b\" | with the sign \"",
                "O=\"acme\" | has quotes around \"acme\", expected the value without them, or a backslash before a quote",
                "O=\"Acme, Inc | has a quote without its end",
                "O=\"Acme, Inc\"x | with the sign x",
                "O= | has a part without a value",
                "O=\"\" | has quotes around \"\"",
                "O=,CN=a | has a part without a value",
                "O=a\\ | ends with a backslash",
                "O=a\\z | has a backslash before a letter",
                "O=\\ff | has a value that is not UTF-8",
                "O=# | with the sign #",
                "O=#0 | with the sign #",
                "O=#0c0g | with the sign",
                "O=\\*a | no star after a backslash",
                "O=\\2Aa | no star after a backslash",
                "O=#0c012a | no star after a backslash or in digits",
                "TITLE=x | has the type \"TITLE\", expected a subject as RFC 4514 writes it, such as CN=release,O=acme; types are C, CN, DC, EMAILADDRESS, L, O, OU, SERIALNUMBER, ST, STREET, UID, or object identifiers such as 2.5.4.12",
                "OID.2.5.4.3=x | has the type \"OID.2.5.4.3\"",
                "2.05=x | has the type \"2.05\"",
                "CN=a,CN=b | has CN twice",
                "OU=a+OU=b | has OU twice",
            })
    @DisplayName("is refused if it cannot match, and says what to write")
    void refused(String pattern, String problem) {
        assertThatThrownBy(() -> SubjectPattern.parse(pattern).requirePossible())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    @DisplayName("has at most 32 parts and 4,096 characters")
    void limits() {
        assertThat(SubjectPattern.parse("OU=a" + ",OU=a".repeat(31))).isNotNull();
        assertThatThrownBy(() -> SubjectPattern.parse("OU=a" + ",OU=a".repeat(32)))
                .hasMessageContaining("has 33 parts, expected at most 32");
        assertThatThrownBy(() -> SubjectPattern.parse("OU=" + "a".repeat(5_000)))
                .hasMessageContaining("has 5003 characters, expected at most 4096");
    }

    @Test
    @DisplayName("of Notation is read in the same spellings")
    void identities() {
        assertThat(SubjectParts.parse("C=DE, ST=BE, O=\"Acme, Inc\", 2.5.4.3=release")
                        .byType())
                .containsEntry("O", "Acme, Inc")
                .containsEntry("CN", "release");
        assertThatThrownBy(() -> SubjectParts.parse("C=DE, ST=BE, O=\"acme\""))
                .hasMessageContaining("has quotes around \"acme\"");
        assertThatThrownBy(() -> SubjectParts.parse("C=DE; ST=BE; O=acme")).hasMessageContaining("with the sign ;");
    }
}
