package io.imagegate.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.workload.Workloads;
import org.junit.jupiter.api.Test;

/** Without policy-files, which is not on the class path of this module's tests. */
class ObjectParserJsonTest {

    private final ObjectParser parser = ObjectParser.of(Workloads.wellKnown());

    @Test
    void jsonNeedsNothingElse() {
        assertThat(parser.parse("{\"kind\": \"Pod\", \"metadata\": {\"name\": \"web\"}}"))
                .hasToString("object:1: Pod web");
    }

    @Test
    void yamlNamesTheArtifactThatReadsIt() {
        assertThatThrownBy(() -> parser.parse("kind: Pod"))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessage("object:1:1: expected JSON; to read YAML, add the artifact io.imagegate:policy-files");
    }
}
