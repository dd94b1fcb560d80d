package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Containerfile, built as it stands by a container engine. */
@Tag("full")
class ImageIT {

    @Test
    void answersInTheImageAsAUserWithoutRights() throws Exception {
        answers(BuiltImage.get());
    }

    /** Thousands of reviews train its cache. */
    @Test
    @Tag("nightly")
    void answersAsItStands() throws Exception {
        answers(BuiltImage.build("target/image-as-it-stands"));
    }

    private static void answers(BuiltImage image) {
        String output = image.output();
        System.out.println(output);
        assertThat(output)
                .contains("user 65532:65532")
                .contains("\"allowed\":false")
                .contains("\"allowed\":true")
                .containsPattern("size +\\d+ MB");
        // The base, the Java runtime, the library for cryptography, the jars, the bill of materials, and the cache.
        assertThat(image.layers()).hasSize(6);
    }

    @Test
    void hasTheSameLayersWhenItIsBuiltAgainButForTheCache() throws Exception {
        List<String> contents = BuiltImage.get().contents();
        List<String> again = BuiltImage.contentsAgain();
        assertThat(again).hasSize(6);
        assertThat(again.subList(0, 5)).isEqualTo(contents.subList(0, 5));
        assertThat(again.get(5)).isNotEqualTo(contents.get(5));
    }
}
