package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.Recorded;
import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of a manifest come in the order of their lines, images stand within theirs, and an error has its place. */
@WhereJazzerRuns
class ManifestFuzzTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, annotations: {a: "1"}}
            spec:
              containers: &c
                - {name: app, image: nginx:1.27}
              initContainers: *c
            ---
            {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, spec: {containers: [{image: a}]}}]}
            """;

    static Stream<byte[]> seeds() {
        return Stream.concat(Stream.of(POD), Recorded.all().stream()).map(manifest -> manifest.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aManifestIsReadInOrder(byte[] data) throws IOException {
        List<ManifestObject> objects = new ArrayList<>();
        try {
            ManifestReader.read("f", new ByteArrayInputStream(data), objects::add);
        } catch (InputException e) {
            assertThat(e.line()).isBetween(0, data.length + 1);
            assertThat(e.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
        int line = 1;
        for (ManifestObject object : objects) {
            assertThat(object.line()).isBetween(1, data.length + 1);
            // An object of an unknown kind with items follows its items, and has no images itself.
            if (!object.images().isEmpty()) {
                assertThat(object.line()).isGreaterThanOrEqualTo(line);
                line = object.line();
            }
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).isBetween(1, data.length + 1);
            }
        }
    }
}
