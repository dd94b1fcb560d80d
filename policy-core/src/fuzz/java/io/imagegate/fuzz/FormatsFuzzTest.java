package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.manifest.ChangedFile;
import io.imagegate.manifest.Input;
import io.imagegate.manifest.InputFile;
import io.imagegate.manifest.InputFile.Opener;
import io.imagegate.manifest.InputListener;
import io.imagegate.manifest.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.manifest.ManifestException;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, each format has objects with places in it, or says where it is none; and images are replaced as they
 * should be, or not at all.
 */
@WhereJazzerRuns
class FormatsFuzzTest {

    private static final String KUSTOMIZE = "kustomize";
    private static final String DIGEST = "@sha256:" + "a".repeat(64);

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

    /** The formats by their names; of several that share one the last is the one for all files. */
    private static Map<String, Input> formats() {
        Map<String, Input> formats = new LinkedHashMap<>();
        Inputs.of(Workloads.wellKnown(), unread -> {}).forEach(input -> formats.put(input.name(), input));
        return formats;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileOfAFormatHasObjectsOrSaysWhereItIsNone(byte[] data) throws IOException {
        Opener opener = () -> new ByteArrayInputStream(data);
        for (Input input : formats().values()) {
            List<InputObject> objects = read(input, InputFile.stream("f", opener), data.length);
            assertThat(objects)
                    .as(input.name())
                    .allMatch(object -> object.isReview() || !object.file().isEmpty());
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void imagesAreReplacedAsTheyShouldBeOrNotAtAll(byte[] data) throws IOException {
        Opener opener = () -> new ByteArrayInputStream(data);
        for (Input input : formats().values()) {
            for (InputObject object : read(input, InputFile.stream("f", opener).replaceable(opener), data.length)) {
                object.images().forEach(image -> replace(input, object, image));
            }
            List<ManifestException> refused = new ArrayList<>();
            for (ChangedFile change : input.changes(refused::add)) {
                byte[] after = change.after().getBytes(UTF_8);
                if (change.images() > 0) {
                    assertThat(read(input, InputFile.stream("f", () -> new ByteArrayInputStream(after)), after.length))
                            .isNotEmpty();
                }
            }
        }
    }

    private static void replace(Input input, InputObject object, ReviewedImage image) {
        if (!input.owns(object) || object.isReview() || image.unknown().isPresent()) {
            return;
        }
        try {
            String name = image.text().contains("@") ? image.text() : image.text() + DIGEST;
            input.replace(object, image, ImageReference.parse(name));
        } catch (ReferenceSyntaxException | ManifestException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aKustomizationHasObjectsOrSaysWhereItIsNone(byte[] data) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        Path path = Files.write(folder.resolve("kustomization.yaml"), data);
        try {
            Input input = Objects.requireNonNull(formats().get(KUSTOMIZE));
            input.announce(path);
            InputFile file = InputFile.named("kustomization.yaml", path, () -> Files.newInputStream(path));
            if (input.recognises(file)) {
                read(input, file, data.length);
            }
        } finally {
            Files.delete(path);
            Files.delete(folder);
        }
    }

    /** {@return the objects of a file, whose places are in it} */
    private static List<InputObject> read(Input input, InputFile file, int length) throws IOException {
        List<InputObject> objects = new ArrayList<>();
        try {
            input.read(file, listener(objects));
        } catch (ManifestException e) {
            assertThat(e.line()).as(input.name()).isBetween(0, length + 1);
            assertThat(e.problem()).hasSizeLessThan(4_000).doesNotContainPattern("\\p{Cntrl}");
        } catch (IOException noText) {
            assertThat(noText.getMessage()).isNotEmpty();
        }
        for (InputObject object : objects) {
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).as(input.name()).isBetween(1, length + 1);
                assertThat(object.column(i)).as(input.name()).isBetween(1, length + 1);
                assertThat(object.offset(i)).as(input.name()).isBetween(-1, length);
            }
        }
        return objects;
    }

    private static InputListener listener(List<InputObject> objects) {
        return new InputListener() {
            @Override
            public void object(InputObject object) {
                objects.add(object);
            }

            @Override
            public void unread(String what, String why) {
                assertThat(what).isNotEmpty();
            }

            @Override
            public void skipped(String why) {
                assertThat(why).isNotEmpty();
            }

            @Override
            public void problem(String problem) {
                assertThat(problem).isNotEmpty();
            }
        };
    }
}
