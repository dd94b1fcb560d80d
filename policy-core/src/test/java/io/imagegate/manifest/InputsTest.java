package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.ImageReference;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which input reads a file, and what it finds there. */
class InputsTest {

    private static final String POD =
            "kind: Pod\napiVersion: v1\nmetadata: {name: web, namespace: shop}\nspec:\n  containers:\n  - image: nginx:1\n";

    @TempDir
    Path folder = Path.of("");

    private final List<InputObject> objects = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private final InputListener listener = new InputListener() {
        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void unread(String what, String why) {
            told.add("unread " + what);
        }

        @Override
        public void skipped(String why) {
            told.add("skipped: " + why);
        }

        @Override
        public void problem(String problem) {
            told.add(problem);
        }
    };

    private static Input reader(List<Input> inputs, InputFile file) throws IOException {
        for (Input input : inputs) {
            if (input.recognises(file)) {
                return input;
            }
        }
        throw new AssertionError("nothing reads " + file.name());
    }

    @ParameterizedTest
    @CsvSource({
        "pod.yaml, Manifests",
        "pod.txt, Manifests",
        "list.txt, ImageLists",
        "list.yaml, Manifests",
        "Dockerfile, Dockerfiles",
        "kustomization.yaml, Kustomizations",
        "chart/values.yaml, ChartValuesFiles",
        "values-prod.yml, Manifests",
        "chart/templates/web-values.yaml, HelmTemplates",
        "chart/values.schema.json, Manifests",
        "chart/templates/web.yaml, HelmTemplates",
        "action.yaml, HelmTemplates",
    })
    @DisplayName("the first input that recognises a file reads it")
    void first(String name, String input) throws IOException {
        Files.createDirectories(folder.resolve("chart/templates"));
        Files.writeString(folder.resolve("chart/Chart.yaml"), "name: chart\n");
        Path path = folder.resolve(name);
        Files.writeString(
                path,
                name.startsWith("list")
                        ? "nginx:1\n"
                        : name.equals("chart/values.yaml")
                                ? "kind: Deployment\nimage: nginx\n"
                                : name.startsWith("kust")
                                        ? "resources: []\n"
                                        : name.startsWith("action") ? "{{ if }}\n" : POD);
        List<Input> inputs = Inputs.of(Workloads.wellKnown(), unread -> {});
        inputs.forEach(each -> each.announce(path));
        try (InputFile file = InputFile.named(name, path, () -> Files.newInputStream(path))) {
            assertThat(reader(inputs, file).getClass().getSimpleName()).isEqualTo(input);
        }
    }

    @Test
    @DisplayName("images have file, line, column, offset and object")
    void places() throws Exception {
        new Manifests(Workloads.wellKnown())
                .read(InputFile.stream("web.yaml", () -> new ByteArrayInputStream(POD.getBytes(UTF_8))), listener);
        InputObject pod = objects.get(0);
        assertThat(pod.title()).isEqualTo("Pod shop/web");
        assertThat(pod.file(0)).isEqualTo("web.yaml");
        assertThat(pod.line(0)).isEqualTo(6);
        assertThat(pod.column(0)).isEqualTo(12);
        assertThat(pod.offset(0)).isEqualTo(POD.indexOf("nginx:1"));
    }

    @Test
    @DisplayName("a file of a folder without an object is skipped; one that a user named is malformed")
    void kindless() throws Exception {
        byte[] other = "a: 1\n".getBytes(UTF_8);
        Path path = folder.resolve("a.yaml");
        new Manifests(Workloads.wellKnown())
                .read(InputFile.found(path, () -> new ByteArrayInputStream(other)), listener);
        assertThat(told).containsExactly("skipped: no object with a kind");
        assertThatThrownBy(() -> new Manifests(Workloads.wellKnown())
                        .read(InputFile.named("a.yaml", path, () -> new ByteArrayInputStream(other)), listener))
                .isInstanceOf(ManifestException.class);
    }

    @Test
    @DisplayName("a new format is one class, which reads and replaces images")
    void sample() throws Exception {
        String text = "services:\n  web: {image: \"nginx:1\", ports: [80]} # public\n  db:\n    image: postgres:16\n";
        Path path = Files.writeString(folder.resolve("compose.yaml"), text);
        List<Input> inputs = new ArrayList<>(List.of(new SampleInput()));
        inputs.addAll(Inputs.of(Workloads.wellKnown(), unread -> {}));
        InputFile.Opener opener = () -> Files.newInputStream(path);
        InputFile file = InputFile.named("compose.yaml", path, opener).replaceable(opener);
        Input input = reader(inputs, file);
        input.read(file, listener);
        assertThat(objects).extracting(InputObject::title).containsExactly("service web", "service db");
        assertThat(objects).extracting(object -> object.line(0)).containsExactly(2, 4);
        assertThat(objects).extracting(object -> object.column(0)).containsExactly(16, 12);
        for (InputObject object : objects) {
            String name = object.images().get(0).text();
            assertThat(input.owns(object)).isTrue();
            input.replace(object, object.images().get(0), ImageReference.parse("mirror.example/" + name));
        }
        List<ManifestException> refused = new ArrayList<>();
        assertThat(input.changes(refused::add))
                .singleElement()
                .satisfies(change -> assertThat(change.after())
                        .isEqualTo(text.replace("nginx", "mirror.example/nginx")
                                .replace("postgres", "mirror.example/postgres")));
        assertThat(refused).isEmpty();
    }
}
