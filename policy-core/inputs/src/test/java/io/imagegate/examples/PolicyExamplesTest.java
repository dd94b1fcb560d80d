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

@DisplayName("The examples of policies")
class PolicyExamplesTest extends ExamplesContract {

    private static final List<PolicyExample> EXAMPLES = PolicyExample.in(Repository.path("examples/policies"));
    private static final Path PAGE = Repository.core("POLICY-EXAMPLES.md");

    @Override
    protected List<PolicyExample> examples() {
        return EXAMPLES.stream().filter(each -> !each.hasExpression()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @DisplayName("are policies that an editor accepts")
    void fitTheSchema(PolicyExample example) {
        assertThat(PolicySchema.accepts(example.policy())).isTrue();
    }

    @Test
    @DisplayName("are all in POLICY-EXAMPLES.md; if not, target/POLICY-EXAMPLES.md has what belongs there")
    void areOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf("\n| ") + 1);
        String expected = head + new ExamplesPage(EXAMPLES).tables();
        Files.writeString(Path.of("target/POLICY-EXAMPLES.md"), expected);
        assertThat(page).isEqualTo(expected);
    }

    @Test
    @DisplayName("are sixty at least, each for another wish")
    void areSixty() {
        assertThat(EXAMPLES).hasSizeGreaterThanOrEqualTo(60);
        assertThat(EXAMPLES).extracting(PolicyExample::title).doesNotHaveDuplicates();
        assertThat(EXAMPLES).extracting(PolicyExample::policy).doesNotHaveDuplicates();
    }
}
