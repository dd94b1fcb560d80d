package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class TerraformPlanFuzzTest {

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

    static Stream<byte[]> seeds() {
        return Stream.of(PLAN.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPlanIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("terraform-plan", data);
    }
}
