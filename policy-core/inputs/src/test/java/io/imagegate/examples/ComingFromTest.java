package io.imagegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import io.imagegate.document.PolicySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Policies beside those of other programs")
class ComingFromTest extends ExamplesContract {

    private static final List<PolicyExample> PAIRS = PolicyExample.in(Repository.path("examples/coming-from"));

    @Override
    protected List<PolicyExample> examples() {
        return PAIRS;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @DisplayName("show images for which the originals differ, and for which they do not")
    void differ(PolicyExample pair) {
        assertThat(PolicySchema.accepts(pair.policy())).isTrue();
        assertThat(pair.original()).containsKeys("link", "form", "reads", "differs");
        assertThat(pair.cases()).extracting(ExampleCase::answer).contains("allowed", "denied");
        assertThat(pair.cases()).anyMatch(asked -> asked.original().equals(asked.answer()));
        assertThat(pair.cases()).anyMatch(asked -> !asked.original().equals(asked.answer()));
    }

    @Test
    @DisplayName("are all in COMING-FROM.md; if not, target/COMING-FROM.md has what belongs there")
    void areOnThePage() throws IOException {
        String page = Files.readString(Repository.core("COMING-FROM.md"));
        String head = page.substring(0, page.indexOf("## " + PAIRS.get(0).section()));
        String expected = head + new ComingFromPage(PAIRS).sections();
        Files.writeString(Path.of("target/COMING-FROM.md"), expected);
        assertThat(page).isEqualTo(expected);
    }
}
