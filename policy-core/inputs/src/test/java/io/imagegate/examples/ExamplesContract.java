package io.imagegate.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every example of a policy does, whatever module can run it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ExamplesContract {

    @TempDir
    Path folder;

    /** {@return the examples that this module runs} */
    protected abstract List<PolicyExample> examples();

    Stream<Arguments> cases() {
        return examples().stream()
                .flatMap(each -> each.cases().stream().map(asked -> Arguments.of(each, asked.asked(), asked)));
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
