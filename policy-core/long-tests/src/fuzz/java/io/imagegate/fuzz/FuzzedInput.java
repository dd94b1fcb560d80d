package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads hostile files of a format: it reads or refuses them, and everything that it finds or refuses has its place. */
final class FuzzedInput {

    private FuzzedInput() {}

    /** {@return a small file of each format} */
    static Stream<byte[]> seeds() {
        return Stream.of(
                        "image: {registry: ghcr.io, repository: acme/api, tag: \"1\", digest: ''}\nsideImage: 'nginx:1'\n",
                        "resources: [\"https://example.test/x?ref=v1\"]\nimages: [{name: a, newName: b, newTag: \"1\"}]\n",
                        "patches: [{patch: \"{kind: Pod, apiVersion: v1, metadata: {name: a}, spec: {containers:"
                                + " [{name: a, image: b}]}}\"}]\n",
                        "FROM nginx:1 AS a\nFROM a\nCOPY --from=redis:7 / /\n",
                        "services:\n  web: {image: \"nginx:${TAG:-1}\"}\n",
                        "on: push\njobs: {a: {container: nginx:1, steps: [{uses: \"docker://a:1\"}]}}\n",
                        "image: nginx:1\njob: {image: {name: $X}, services: [redis:7]}\n",
                        "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{\"resources\":[]}}}",
                        "{\"image\": \"nginx:1\", /* a */ \"build\": {}}",
                        "nginx:1\n\"redis:7\" # x\n",
                        "kind: Pod\napiVersion: v1\nspec: {containers: [{name: a, image: nginx:1}]}\n")
                .map(text -> text.getBytes(UTF_8));
    }

    /** {@return the formats by their names; of several that share one the last is the one for all files} */
    static Map<String, Input> formats() {
        Map<String, Input> formats = new LinkedHashMap<>();
        Inputs.of(Workloads.wellKnown()).forEach(input -> formats.put(input.name(), input));
        return formats;
    }

    /** {@return what was found before an error or the end} */
    static List<InputObject> read(String format, byte[] data) throws IOException {
        Input input = Objects.requireNonNull(formats().get(format));
        return read(input, InputFile.stream("f", () -> new ByteArrayInputStream(data)), data.length);
    }

    /** {@return what was found before an error or the end} */
    static List<InputObject> read(Input input, InputFile file, int length) throws IOException {
        List<InputObject> objects = new ArrayList<>();
        try {
            input.read(file, new Found(objects));
        } catch (InputException e) {
            assertThat(e.line()).as(input.name()).isBetween(0, length + 1);
            assertThat(e.column()).as(input.name()).isBetween(0, length + 1);
            assertThat(e.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
        for (InputObject object : objects) {
            assertThat(object.line()).as(input.name()).isBetween(1, length + 1);
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).as(input.name()).isBetween(1, length + 1);
                assertThat(object.column(i)).as(input.name()).isBetween(1, length + 1);
                assertThat(object.offset(i)).as(input.name()).isBetween(-1, length);
            }
        }
        return objects;
    }

    /** {@return what was found before an error or the end; nothing in bytes that are no text} */
    static List<InputObject> readIfText(Input input, InputFile file, int length) {
        try {
            return read(input, file, length);
        } catch (IOException noText) {
            assertThat(noText.getMessage()).isNotEmpty();
            return List.of();
        }
    }

    private record Found(List<InputObject> objects) implements InputListener {

        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void unread(String what, InputException why) {
            assertThat(what).isNotEmpty();
        }

        @Override
        public void skipped(String why) {
            assertThat(why).isNotEmpty();
        }

        @Override
        public void problem(InputException problem) {
            assertThat(problem.problem()).isNotEmpty();
        }
    }
}
