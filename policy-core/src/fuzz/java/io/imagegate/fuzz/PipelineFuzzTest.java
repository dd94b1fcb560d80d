package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.manifest.Input;
import io.imagegate.manifest.InputFile;
import io.imagegate.manifest.InputListener;
import io.imagegate.manifest.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.manifest.ManifestException;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Workflows, pipelines, plans and development containers are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class PipelineFuzzTest {

    private static final String WORKFLOW = """
            on: push
            jobs:
              a:
                container: {image: "node:${{ b }}"}
                services: {c: d, e: {image: f}}
                steps: [{uses: docker://g}]
            runs: {image: "docker://h", steps: []}
            """;

    private static final String PIPELINE = """
            spec: {inputs: {a: {}}}
            ---
            include: [{local: /a.yml}, {template: b}]
            default: {image: {name: c}}
            variables: {V: {value: $W}, W: "1", X: $[[ inputs.a ]]}
            .t: &t {image: "d:$V", services: [e, {name: f}]}
            g: {<<: *t, parallel: {matrix: [{V: [1]}]}, trigger: {include: h}}
            i: {extends: [.t, g], image: !reference [.t, image], services: [!reference [.t, services]]}
            """;

    private static final String CONTAINER = """
            // a
            {"image": "b:${c}", /* d */ "build": {"cacheFrom": ["e",],},}
            """;

    private static final String PLAN = """
            {"format_version":"1.2","terraform_version":"1.9.5","planned_values":{},"resource_changes":[
            {"address":"a","mode":"managed","type":"kubernetes_pod","change":{"after":{"spec":[{"container":[{"image":"b"}]}]},
            "after_unknown":{"spec":[{"init_container":true}]}}},
            {"address":"c","mode":"managed","type":"aws_ecs_task_definition",
            "change":{"after":{"container_definitions":"[{\\"image\\":\\"d\\"}]"}}},
            {"address":"e","mode":"managed","type":"kubernetes_manifest","change":{"after":{"manifest":
            {"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"f"}]}}}}}]}
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(WORKFLOW, PIPELINE, CONTAINER, PLAN).map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileIsReadOrRefused(byte[] data) throws IOException {
        for (Input input : Inputs.of(Workloads.wellKnown(), unread -> {})) {
            if (List.of("github", "gitlab", "devcontainer", "terraform-plan").contains(input.name())) {
                read(input, data);
            }
        }
    }

    private static void read(Input input, byte[] data) throws IOException {
        try {
            input.read(InputFile.stream("f", () -> new ByteArrayInputStream(data)), new Places(data.length));
        } catch (ManifestException e) {
            assertThat(e.line()).isBetween(0, data.length + 1);
            assertThat(e.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
    }

    private record Places(int length) implements InputListener {

        @Override
        public void object(InputObject object) {
            assertThat(object.line()).isBetween(1, length + 1);
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).isBetween(1, length + 1);
                assertThat(object.column(i)).isBetween(1, length + 1);
                assertThat(object.offset(i)).isBetween(-1, length);
            }
        }

        @Override
        public void unread(String what, String why) {}

        @Override
        public void skipped(String why) {}

        @Override
        public void problem(String problem) {}
    }
}
