package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
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
            spec: {inputs: {a: {default: "j:1"}, b: {default: [k]}}}
            ---
            include: [{local: /a.yml}, {template: b}]
            default: {image: {name: c}}
            variables: {V: {value: $W}, W: "1", X: $[[ inputs.a ]]}
            k: {image: "$[[ inputs.a | expand_vars ]]", services: "$[[ inputs.b ]]", inherit: {default: [image]}}
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
            {"address":"g","mode":"managed","type":"kubectl_manifest","change":{"after":{"yaml_body":"kind: Pod\\nspec: {containers: [{image: h}]}"}}},
            {"address":"i","mode":"managed","type":"azurerm_linux_web_app","change":{"after":{"site_config":[{"application_stack":[
            {"docker_image_name":"j","docker_registry_url":"https://k"}]}]}}},{"address":"l","mode":"managed","type":"helm_release","change":{"after":{}}},
            {"address":"e","mode":"managed","type":"kubernetes_manifest","change":{"after":{"manifest":
            {"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"f"}]}}}}}]}
            """;

    static Stream<byte[]> workflows() {
        return Stream.of(WORKFLOW.getBytes(UTF_8));
    }

    static Stream<byte[]> pipelines() {
        return Stream.of(PIPELINE.getBytes(UTF_8));
    }

    static Stream<byte[]> containers() {
        return Stream.of(CONTAINER.getBytes(UTF_8));
    }

    static Stream<byte[]> plans() {
        return Stream.of(PLAN.getBytes(UTF_8));
    }

    @MethodSource("workflows")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aWorkflowIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("github", data);
    }

    @MethodSource("pipelines")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPipelineIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("gitlab", data);
    }

    @MethodSource("containers")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aDevelopmentContainerIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("devcontainer", data);
    }

    @MethodSource("plans")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPlanIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("terraform-plan", data);
    }
}
