package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.examples.ExampleCase;
import io.imagegate.examples.ExampleRun;
import io.imagegate.examples.PolicyExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of policies that have expressions; the others run in policy-core. */
@DisplayName("The examples of expressions")
class CelExamplesTest {

    @TempDir
    Path folder;

    static Stream<PolicyExample> examples() {
        return PolicyExample.in(Path.of("../../examples/policies")).stream().filter(PolicyExample::hasExpression);
    }

    static Stream<Arguments> cases() {
        return examples().flatMap(each -> each.cases().stream().map(asked -> Arguments.of(each, asked.asked(), asked)));
    }

    @Test
    @DisplayName("are there")
    void areThere() {
        assertThat(examples()).hasSizeGreaterThan(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    @DisplayName("load without a warning that has no reason, and have hits and near-misses")
    void load(PolicyExample example) throws IOException {
        ExampleRun run = new ExampleRun(example, folder);
        run.checkWarnings();
        run.checkCases();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    @DisplayName("give the answers that they show, as ImageReview and as AdmissionReview")
    void answer(PolicyExample example, String asked, ExampleCase what) throws IOException {
        new ExampleRun(example, folder).check(what);
    }
}
