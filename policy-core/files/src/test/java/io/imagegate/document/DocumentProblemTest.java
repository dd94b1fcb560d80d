package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems say where they begin and end, and what was meant, so that an editor can underline and mend them. */
class DocumentProblemTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // Keys and values as they are written, with their quotes.
                "tag: {requird: true} | requird | required",
                "tag: {'requird': true} | 'requird' | required",
                "enforce: warning | warning | warn",
                "enforce: \"warning\" | \"warning\" | warn",
                "enforce: '\u65e5\u672c' | '\u65e5\u672c' | ",
                "enforce: '\ud83d\ude00' | '\ud83d\ude00' | ",
                "digest: {required: yes} | yes | ",
                "digest: {required: 12} | 12 | ",
                // From the mistake to the end of the text.
                "allow: ['ghcr.io/acme**'] | **' | ",
                // An escape, several lines and what is no scalar have no end.
                "enforce: \"w\\u0061rning\" | | warn",
                "enforce: [warn] | | ",
                "tag: {} | | ",
                // A pattern that ends too early.
                "allow: ['ghcr.io/'] | ' | ",
            })
    void underlined(String rule, String wrong, String meant) {
        String text = PolicySamples.rule(rule);
        PolicyDocumentException e =
                catchThrowableOfType(PolicyDocumentException.class, () -> new PolicyDocuments().read("p.yaml", text));
        assertThat(e).isNotNull();
        DocumentProblem problem = e.problems().get(e.problems().size() - 1);
        int[] line = text.lines().toList().get(problem.line() - 1).codePoints().toArray();

        assertThat(problem.suggestion().orElse(null)).isEqualTo(meant);
        if (wrong == null) {
            assertThat(problem.endColumn()).isZero();
            assertThat(problem.column()).isPositive();
        } else {
            assertThat(new String(line, problem.column() - 1, problem.endColumn() - problem.column()))
                    .isEqualTo(wrong);
        }
    }

    @Test
    @DisplayName("warnings have the same")
    void warnings() {
        List<DocumentProblem> warnings = new ArrayList<>();
        String text = PolicySamples.rule("tag: {required: true}\nmatch: {kinds: [Rolout.argoproj.io]}");
        new PolicyDocuments()
                .withClock(InstantSource.fixed(Instant.EPOCH))
                .withWarnings(warnings::add)
                .read("p.yaml", text);

        DocumentProblem warning = warnings.get(0);
        assertThat(warning.suggestion()).contains("Rollout.argoproj.io");
        String line = text.lines().toList().get(warning.line() - 1);
        assertThat(line.substring(warning.column() - 1, warning.endColumn() - 1))
                .isEqualTo("Rolout.argoproj.io");
    }

    @Test
    @DisplayName("a problem of a whole file has no place")
    void wholeFile() {
        PolicyDocumentException e =
                catchThrowableOfType(PolicyDocumentException.class, () -> new PolicyDocuments().read("p.yaml", ""));
        assertThat(e.problems())
                .containsExactly(new DocumentProblem(
                        "p.yaml",
                        "an empty file, expected kind: ImagePolicy or kind: ImagePolicyTest or kind: ImageSets"));
    }
}
