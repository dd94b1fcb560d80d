package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> FIELDS =
            List.of("sourceRef", "sourceRepository", "sourceRepositoryId", "trigger");

    @ParameterizedTest
    @CsvSource({
        "sourceReff, sourceRef",
        "source-ref, sourceRef",
        "sourceRepo, sourceRepository",
        "SOURCEREPO, sourceRepository",
        "sourceRepositry, sourceRepository",
        "tri, trigger",
        "triggre, trigger",
        "tr,",
        "xyz,",
    })
    @DisplayName("a misspelled name means the most similar one, an abbreviated one the shortest that begins so")
    void meant(String written, String expected) {
        Suggestion suggestion = Suggestion.oneOf(written, FIELDS);
        String sentence = suggestion.toString();
        assertThat(suggestion.meant()).isEqualTo(expected == null ? "" : expected);
        if (expected == null) {
            assertThat(sentence).doesNotContain("did you mean");
        } else {
            assertThat(sentence).endsWith("(did you mean " + expected + "?)");
        }
    }
}
