package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.examples.ExamplesContract;
import io.imagegate.examples.PolicyExample;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples of policies that have expressions; the others run in policy-core. */
@DisplayName("The examples of expressions")
class CelExamplesTest extends ExamplesContract {

    private static final List<PolicyExample> EXAMPLES = PolicyExample.in(Path.of("../../examples/policies")).stream()
            .filter(PolicyExample::hasExpression)
            .toList();

    @Override
    protected List<PolicyExample> examples() {
        return EXAMPLES;
    }

    @Test
    @DisplayName("are there")
    void areThere() {
        assertThat(EXAMPLES).hasSizeGreaterThan(3);
    }
}
