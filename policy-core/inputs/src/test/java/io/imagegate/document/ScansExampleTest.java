package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import io.imagegate.policytest.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The example examples/scans")
class ScansExampleTest {

    private static final Path FOLDER = Repository.path("examples/scans");

    @Test
    @DisplayName("loads without a warning, is what the schema describes, and passes its tests")
    void works() throws IOException {
        List<DocumentProblem> warnings = new ArrayList<>();
        PolicyDocuments documents =
                PolicySamples.documents().withSignatures(root -> {}).withWarnings(warnings::add);
        assertThat(documents.load(FOLDER.resolve("policy.yaml")).policies()).hasSize(1);
        assertThat(PolicySchema.accepts(Files.readString(FOLDER.resolve("policy.yaml"))))
                .isTrue();
        assertThat(PolicySchema.accepts(Files.readString(FOLDER.resolve("policy-test.yaml"))))
                .isTrue();
        assertThat(new PolicyTests(documents)
                        .run(FOLDER.resolve("policy-test.yaml").toString()))
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        assertThat(warnings).isEmpty();
    }
}
