package io.imagegate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Policies beside those of other programs")
class ComingFromTest {

    private static final List<PolicyExample> PAIRS = PolicyExample.in(Path.of("../examples/coming-from"));

    @TempDir
    Path folder;

    static Stream<PolicyExample> pairs() {
        return PAIRS.stream();
    }

    static Stream<Arguments> cases() {
        return pairs().flatMap(each -> each.cases().stream().map(asked -> Arguments.of(each, asked.asked(), asked)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    @DisplayName("load without a warning, and show images for which the originals differ, and for which they do not")
    void load(PolicyExample pair) throws IOException {
        assertThat(PolicySchema.accepts(pair.policy())).isTrue();
        new ExampleRun(pair, folder).checkWarnings();
        assertThat(pair.original()).containsKeys("link", "form", "reads", "differs");
        assertThat(pair.cases()).extracting(ExampleCase::answer).contains("allowed", "denied");
        assertThat(pair.cases()).anyMatch(asked -> asked.original().equals(asked.answer()));
        assertThat(pair.cases()).anyMatch(asked -> !asked.original().equals(asked.answer()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    @DisplayName("give the answers that they show, as ImageReview and as AdmissionReview")
    void answer(PolicyExample pair, String asked, ExampleCase what) throws IOException {
        new ExampleRun(pair, folder).check(what);
    }

    @Test
    @DisplayName("are all in COMING-FROM.md; if not, target/COMING-FROM.md has what belongs there")
    void areOnThePage() throws IOException {
        String page = Files.readString(Path.of("COMING-FROM.md"));
        String head = page.substring(0, page.indexOf("## " + PAIRS.get(0).section()));
        String expected = head + new ComingFromPage(PAIRS).sections();
        Files.writeString(Path.of("target/COMING-FROM.md"), expected);
        assertThat(page).isEqualTo(expected);
    }
}
