package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Containerfile, built as it stands by a container engine. */
@Tag("full")
class ImageIT {

    @Test
    void answersInTheImageAsAUserWithoutRights() throws Exception {
        String output = BuiltImage.get().output();
        System.out.println(output);
        assertThat(output)
                .contains("user 65532:65532")
                .contains("\"allowed\":false")
                .contains("\"allowed\":true")
                .containsPattern("size +\\d+ MB");
        assertThat(output.lines().filter(line -> line.startsWith("layer "))).hasSize(2);
    }
}
