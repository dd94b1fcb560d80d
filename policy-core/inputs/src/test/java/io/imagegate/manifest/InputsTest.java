package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
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
        public void unread(String what, InputException why) {
            told.add("unread " + what);
        }

        @Override
        public void skipped(String why) {
            told.add("skipped: " + why);
        }

        @Override
        public void problem(InputException problem) {
            told.add(problem.getMessage());
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
        List<Input> inputs = Inputs.of(Workloads.wellKnown());
        inputs.forEach(each -> each.announce(path));
        try (InputFile file = InputFile.named(name, path, () -> Files.newInputStream(path))) {
            assertThat(reader(inputs, file).getClass().getSimpleName()).isEqualTo(input);
        }
    }

    @Test
    @DisplayName("images have file, line, column, offset and object")
    void places() throws Exception {
        new Manifests(new ObjectReading(Workloads.wellKnown(), false))
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
        new Manifests(new ObjectReading(Workloads.wellKnown(), false))
                .read(InputFile.found(path, () -> new ByteArrayInputStream(other)), listener);
        assertThat(told).containsExactly("skipped: no object with a kind");
        assertThatThrownBy(() -> new Manifests(new ObjectReading(Workloads.wellKnown(), false))
                        .read(InputFile.named("a.yaml", path, () -> new ByteArrayInputStream(other)), listener))
                .isInstanceOf(InputException.class);
    }

    @Test
    @DisplayName("a list needs no API version, as for kubectl; what it lists does")
    void listWithoutVersion() throws Exception {
        String list = "apiVersion:\nkind: ResourceList\nitems:\n- "
                + POD.replace("\n", "\n  ").strip() + "\n";
        Path path = Files.writeString(folder.resolve("list.yaml"), list);
        Inputs.read(folder, Workloads.wellKnown(), listener);
        assertThat(objects).extracting(InputObject::title).containsExactly("Pod shop/web");
        assertThat(told).isEmpty();
        Files.writeString(path, list + "- {kind: Other, metadata: {name: b}}\n");
        Inputs.read(folder, Workloads.wellKnown(), listener);
        assertThat(told).singleElement().asString().contains("expected an object with an API version");
    }

    @Test
    @DisplayName("a new format is one class, which reads and replaces images")
    void sample() throws Exception {
        String text = "services:\n  web: {image: \"nginx:1\", ports: [80]} # public\n  db:\n    image: postgres:16\n";
        Path path = Files.writeString(folder.resolve("compose.yaml"), text);
        List<Input> inputs = new ArrayList<>(List.of(new SampleInput()));
        inputs.addAll(Inputs.of(Workloads.wellKnown()));
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
        List<InputException> refused = new ArrayList<>();
        assertThat(input.changes(refused::add))
                .singleElement()
                .satisfies(change -> assertThat(change.after())
                        .isEqualTo(text.replace("nginx", "mirror.example/nginx")
                                .replace("postgres", "mirror.example/postgres")));
        assertThat(refused).isEmpty();
    }

    @Test
    @DisplayName(
            "a folder is read: files of known names and their images; what cannot be read is a problem of its file")
    void wholeFolder() throws Exception {
        Files.createDirectories(folder.resolve("deploy"));
        Files.createDirectories(folder.resolve("chart/templates"));
        Files.createDirectories(folder.resolve("node_modules"));
        Files.writeString(folder.resolve("Dockerfile"), "FROM eclipse-temurin:17\n");
        Files.writeString(folder.resolve("deploy/pod.yaml"), POD);
        Files.writeString(folder.resolve("deploy/other.yaml"), "a: 1\n");
        Files.writeString(folder.resolve("deploy/broken.yaml"), "kind: [\n");
        Files.writeString(folder.resolve("deploy/notes.md"), "kind: Pod\n");
        Files.writeString(folder.resolve("chart/Chart.yaml"), "name: chart\n");
        Files.writeString(folder.resolve("chart/templates/web.yaml"), "kind: Pod\nspec: {{ .Values.spec }}\n");
        Files.writeString(folder.resolve("node_modules/pod.yaml"), POD);
        Files.createSymbolicLink(folder.resolve("deploy/gone.yaml"), Path.of("nowhere"));

        Inputs.read(folder, Workloads.wellKnown(), new InputListener() {
            @Override
            public void object(InputObject object) {
                objects.add(object);
            }

            @Override
            public void problem(InputException problem) {
                told.add(String.valueOf(problem.getMessage()).replace(folder + "/", ""));
            }
        });

        assertThat(objects)
                .flatExtracting(object ->
                        object.images().stream().map(ReviewedImage::text).toList())
                .containsExactly("eclipse-temurin:17", "nginx:1");
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("chart/templates/web.yaml: ");
        assertThat(told.get(1)).startsWith("deploy/broken.yaml:2:1: ");
        assertThat(told.get(2)).isEqualTo("deploy/gone.yaml: cannot be read: deploy/gone.yaml");
    }

    @Test
    @DisplayName(
            "a link out of the folder is a problem, a linked folder is not read, and a link to the folder is followed")
    void links(@TempDir Path other) throws Exception {
        Path outside = Files.writeString(other.resolve("pod.yaml"), POD);
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(project.resolve("pod.yaml"), POD);
        Files.createSymbolicLink(project.resolve("again.yaml"), Path.of("pod.yaml"));
        Files.createSymbolicLink(project.resolve("out.yaml"), outside);
        Files.createSymbolicLink(project.resolve("out.md"), outside);
        Files.createSymbolicLink(project.resolve("linked"), other);
        Path link = Files.createSymbolicLink(folder.resolve("link"), project);
        Inputs.read(link, Workloads.wellKnown(), listener);
        assertThat(objects).extracting(InputObject::file).containsExactly(link + "/again.yaml", link + "/pod.yaml");
        assertThat(told)
                .containsExactlyInAnyOrder("unread linked folder", link + "/out.yaml: " + SearchedFolders.LEADS_OUT);
    }

    @Test
    @DisplayName("what is only a part of another file is told, with what a base makes alone")
    void parts() throws Exception {
        Files.createDirectories(folder.resolve("base"));
        Files.createDirectories(folder.resolve("part"));
        Files.createDirectories(folder.resolve("top"));
        Files.writeString(folder.resolve("base/pod.yaml"), POD);
        Files.writeString(folder.resolve("base/kustomization.yaml"), "resources: [pod.yaml]\n");
        Files.writeString(folder.resolve("part/kustomization.yaml"), "kind: Component\n");
        Files.writeString(
                folder.resolve("top/kustomization.yaml"),
                "resources: [../base]\ncomponents: [../part]\nimages: [{name: nginx, newTag: '2'}]\n");
        Inputs.read(folder, Workloads.wellKnown(), new InputListener() {
            @Override
            public void object(InputObject object) {
                objects.add(object);
            }

            @Override
            public void part(String what, String file, List<InputObject> alone) {
                told.add(what + " " + folder.relativize(Path.of(file))
                        + alone.stream()
                                .map(object -> " " + object.images().get(0).text())
                                .toList());
            }

            @Override
            public void problem(InputException problem) {
                told.add(problem.getMessage());
            }
        });
        assertThat(objects).extracting(object -> object.images().get(0).text()).containsExactly("nginx:2");
        assertThat(told)
                .containsExactly(
                        "base base/kustomization.yaml[ nginx:1]",
                        "file base/pod.yaml[]",
                        "Component part/kustomization.yaml[]");
    }

    @Test
    @DisplayName("a file that is named is read, or a problem")
    void namedFile() throws Exception {
        Path pod = Files.writeString(folder.resolve("pod.txt"), POD);
        Path other = Files.writeString(folder.resolve("other.yaml"), "a: 1\n");
        Inputs.read(pod, Workloads.wellKnown(), listener);
        assertThat(objects).extracting(InputObject::title).containsExactly("Pod shop/web");
        assertThat(told).isEmpty();
        Inputs.read(other, Workloads.wellKnown(), listener);
        assertThat(told).singleElement().asString().startsWith(other + ":2:1: ");
        assertThat(objects).hasSize(1);
        Inputs.read(folder.resolve("absent"), Workloads.wellKnown(), listener);
        assertThat(told.get(1)).startsWith(folder.resolve("absent") + ": cannot be read: ");
    }

    @Test
    @DisplayName("an object of a file is decided on, also where it is no Kubernetes object")
    void decided() throws Exception {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        Files.writeString(folder.resolve("Dockerfile"), "FROM eclipse-temurin\n");
        Files.writeString(folder.resolve("compose.yaml"), "services:\n  web: {image: \"nginx:1\"}\n");
        Inputs.read(folder, Workloads.wellKnown(), listener);
        assertThat(objects)
                .extracting(object -> object.decide(gate, "default").allowed())
                .containsExactly(false, true);
    }

    @Test
    @DisplayName("values are read as they are when they are read, whichever file was recognised before")
    void valuesAreReadOnce() throws IOException, InputException {
        Path one = Files.writeString(folder.resolve("one-values.yaml"), "web: {image: nginx:1}\n");
        Path other = Files.writeString(folder.resolve("other-values.yaml"), "web: {image: nginx:2}\n");
        Path manifest = Files.writeString(folder.resolve("late-values.yaml"), "web: {image: nginx:3}\n" + POD);
        Input values = Inputs.of(Workloads.wellKnown()).stream()
                .filter(input -> input.name().equals("helm-values"))
                .findFirst()
                .orElseThrow();
        InputFile first = InputFile.found(one, () -> Files.newInputStream(one));
        assertThat(values.recognises(first)).isTrue();
        assertThat(values.recognises(InputFile.found(other, () -> Files.newInputStream(other))))
                .isTrue();
        values.read(first, listener);
        InputFile changed =
                InputFile.found(other, () -> new ByteArrayInputStream("web: {image: nginx:4}".getBytes(UTF_8)));
        values.read(changed, listener);
        assertThat(objects.stream().map(object -> object.images().get(0).text()))
                .containsExactly("nginx:1", "nginx:4");

        InputFile applied = InputFile.named("late", manifest, () -> Files.newInputStream(manifest));
        assertThat(values.recognises(applied)).isFalse();
        assertThatThrownBy(() -> values.read(applied, listener))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("an object of Kubernetes, which kubectl would apply");
    }

    @Test
    @DisplayName("the start of a file is its start, also when more of it was read")
    void start() throws IOException {
        byte[] content = new byte[InputFile.LOOKED_AT + 2];
        content[InputFile.LOOKED_AT] = 1;
        content[InputFile.LOOKED_AT + 1] = 2;
        InputFile file = InputFile.stream("input", () -> new ByteArrayInputStream(content));
        assertThat(file.start()).isEqualTo(new byte[InputFile.LOOKED_AT]);
        assertThat(file.in().readAllBytes()).isEqualTo(content);
        file.start()[0] = 3;
        assertThat(file.start()).isEqualTo(new byte[InputFile.LOOKED_AT]);
    }
}
