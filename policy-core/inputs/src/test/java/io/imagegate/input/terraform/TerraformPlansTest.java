package io.imagegate.input.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundInText;
import io.imagegate.input.InputFile;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Plans of Terraform")
class TerraformPlansTest {

    private static final String START = "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\",";

    private final TerraformPlans input = new TerraformPlans(new ObjectReading(Workloads.wellKnown(), false));

    private static String change(String type, String after, String unknown) {
        return "{\"address\":\"" + type + ".a\",\"mode\":\"managed\",\"type\":\"" + type
                + "\",\"name\":\"a\",\"change\":{\"actions\":[\"create\"],\"before\":{\"image\":\"before:1\"},\"after\":"
                + after
                + ",\"after_unknown\":" + unknown + "}}";
    }

    private static String plan(String... changes) {
        return START + "\"planned_values\":{\"image\":\"no\"},\"resource_changes\":[" + String.join(",", changes)
                + "]}";
    }

    /** Without columns: all of a plan is one line. */
    private List<String> read(String text) throws IOException {
        return FoundInText.lines(input, text).stream()
                .map(line -> line.replaceAll("\\b1:\\d+\\b", "1"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "docker_container | {'image':'nginx:1','name':'no'} | {'id':true} | image ! 1 ! nginx:1",
                "docker_container | {'name':'a'} | {'image':true} | image ! 1 ! (known after apply) ! unknown image",
                "docker_container | null | {} | ",
                "docker_network | {'image':'nginx:1'} | {} | ",
                "hcloud_server | {'image':'ubuntu-24.04'} | {} | ",
                "docker_service | {'task_spec':[{'container_spec':[{'image':'a:1'}]}]} | {} | task_spec[0].container_spec[0].image ! 1 ! a:1",
                "docker_service | {} | {'task_spec':true} | task_spec ! 1 ! (known after apply) ! unknown task_spec",
                "docker_service | {'task_spec':[{}]} | {'task_spec':[{'container_spec':true}]} | task_spec[0].container_spec ! 1 ! (known after apply) ! unknown task_spec[0].container_spec",
                "aws_ecs_task_definition | {'container_definitions':'[{\\'name\\':\\'a\\',\\'image\\':\\'b:1\\'},{\\'image\\':\\'c:1\\'}]'} | {} | container_definitions[0].image ! 1 ! b:1; container_definitions[1].image ! 1 ! c:1",
                "aws_ecs_task_definition | {} | {'container_definitions':true} | container_definitions ! 1 ! (known after apply) ! unknown container_definitions",
                "aws_ecs_task_definition | {'container_definitions':'x'} | {} | f:1: container_definitions: not JSON: unexpected character, expected a value",
                "aws_ecs_task_definition | {'container_definitions':'[][]'} | {} | f:1: container_definitions: expected a text of one JSON value",
                "aws_lambda_function | {'image_uri':null,'runtime':'java21'} | {} | ",
                "google_cloud_run_v2_job | {'template':[{'template':[{'containers':[{'image':'gcr.io/a/b:1'}]}]}]} | {} | template[0].template[0].containers[0].image ! 1 ! gcr.io/a/b:1",
                "azurerm_container_group | {'container':[{'image':'a:1'}],'init_container':[{'image':'b:1'}]} | {} | container[0].image ! 1 ! a:1; init_container[0].image ! 1 ! b:1",
                "azurerm_container_app | {'template':[{'container':[{'image':{}}]}]} | {} | f:1: template[0].container[0].image: expected an image, got an object",
                "kubernetes_deployment_v1 | {'metadata':[{'annotations':{'image':'no'}}],'spec':[{'template':[{'spec':[{'container':[{'image':'a:1'}],'init_container':[{'image':'b:1'}]}]}]}]} | {'id':true,'spec':[{'template':[{'spec':[{'hostname':true}]}]}]} | spec[0].template[0].spec[0].container[0].image ! 1 ! a:1; spec[0].template[0].spec[0].init_container[0].image ! 1 ! b:1",
                "kubernetes_pod | {'spec':[{'container':[{'name':'a'}]}]} | {'spec':[{'container':[{'image':true}]}]} | spec[0].container[0].image ! 1 ! (known after apply) ! unknown spec[0].container[0].image",
                "kubernetes_pod | {} | {'metadata':true,'spec':[{'container':true}]} | spec[0].container ! 1 ! (known after apply) ! unknown spec[0].container",
                "kubernetes_config_map | {'data':{'image':'no'}} | {'data':{'image':true}} | ",
                "aws_batch_job_definition | {'ecs_properties':'{\\'taskProperties\\':[{\\'containers\\':[{\\'image\\':\\'a:1\\'}]}]}'} | {} | ecs_properties.taskProperties[0].containers[0].image ! 1 ! a:1",
                "azurerm_linux_web_app | {'site_config':[{'application_stack':[{'docker_image_name':'a/b:1','docker_registry_url':'https://ghcr.io/'}]}]} | {} | site_config[0].application_stack[0].docker_image_name ! 1 ! ghcr.io/a/b:1",
                "azurerm_linux_web_app | {'site_config':[{'application_stack':[{'docker_image_name':null,'java_version':'17'}]}]} | {} | ",
                "azurerm_linux_web_app | {'site_config':[{'application_stack':[{'docker_image_name':'a:1'}]}]} | {'site_config':[{'application_stack':[{'docker_registry_url':true}]}]} | site_config[0].application_stack[0].docker_registry_url ! 1 ! (known after apply) ! unknown site_config[0].application_stack[0].docker_registry_url",
                "azurerm_linux_function_app | {'site_config':[{'application_stack':[{'docker':[{'registry_url':'ghcr.io','image_name':'a/b','image_tag':'2'}]}]}]} | {} | site_config[0].application_stack[0].docker[0].image_name ! 1 ! ghcr.io/a/b:2",
                "azurerm_linux_function_app | {'site_config':[{'application_stack':[{'docker':[{'image_name':1}]}]}]} | {} | f:1: image_name: expected a text, got a number",
                "azurerm_batch_pool | {'container_configuration':[{'container_image_names':['a:1','b:1']}]} | {} | container_configuration[0].container_image_names[0] ! 1 ! a:1; container_configuration[0].container_image_names[1] ! 1 ! b:1",
                "google_workbench_instance | {'gce_setup':[{'container_image':[{'repository':'a/b','tag':''}]}]} | {} | gce_setup[0].container_image[0].repository ! 1 ! a/b",
                "kubectl_manifest | {} | {'yaml_body':true} | yaml_body ! 1 ! (known after apply) ! unknown yaml_body",
                "kubectl_manifest | {'yaml_body':'a: b'} | {} | f:1: objects in this text: expected an object with a kind, got one without that begins in line 1",
                "kubectl_manifest | {'yaml_body':'a: ['} | {} | f:1: objects in this text: not YAML: expected the node content, but found '<stream end>'",
                "azurerm_container_app | {} | {'template':true} | template ! 1 ! (known after apply) ! unknown template",
                "kubernetes_job | {} | true | after ! 1 ! (known after apply) ! unknown after",
                "kubernetes_manifest | {'manifest':null} | {'manifest':true,'object':true} | manifest ! 1 ! (known after apply) ! unknown manifest",
            })
    @DisplayName("name images of resources; what is known after apply only has no value")
    void resources(String type, String after, String unknown, String expected) throws IOException {
        String lines =
                String.join("; ", read(plan(change(type, after.replace('\'', '"'), unknown.replace('\'', '"')))));
        assertThat(lines)
                .isEqualTo(
                        expected == null
                                ? ""
                                : expected.replaceAll("(^|; )(?!f:)", "$1" + type + ".a | ")
                                        .replace(" ! ", " | "));
    }

    @Test
    @DisplayName("with names of attributes that are alike up to their limit are malformed")
    void alike() throws IOException {
        String name = "a".repeat(200);
        String after = "{'" + name + "b':{'container':{'image':'a'}},'" + name + "c':{'container':{'image':'b'}}}";
        assertThat(read(plan(change("kubernetes_pod", after.replace('\'', '"'), "{}"))))
                .containsExactly("f:1: " + "a".repeat(99) + ".container.image: expected another path for each image");
    }

    @Test
    @DisplayName("name images of objects of Kubernetes as these are")
    void manifest() throws IOException {
        String pod = "{'manifest':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web','namespace':'shop'},"
                + "'spec':{'containers':[{'name':'a','image':'nginx:1'}]}},'object':{'kind':'Pod'}}";
        assertThat(read(plan(change("kubernetes_manifest", pod.replace('\'', '"'), "{\"object\":true}"))))
                .containsExactly("Pod shop/web | spec.containers[0] \"a\" | 1 | nginx:1");
    }

    @Test
    @DisplayName("name images of objects in texts, at the place of the text")
    void text() throws IOException {
        String pods =
                "kind: Pod\\napiVersion: v1\\nmetadata: {name: web}\\nspec:\\n  containers:\\n    - image: nginx:1\\n";
        String plan = START + "\"planned_values\":{},\"resource_changes\":[\n"
                + change("kubectl_manifest", "\n{\"yaml_body\":\n\"" + pods + "---\\n" + pods + "\"}", "{}") + "]}";
        assertThat(FoundInText.lines(input, plan))
                .containsExactly(
                        "Pod web | spec.containers[0] | 4:1 | nginx:1", "Pod web | spec.containers[0] | 4:1 | nginx:1");
        String json = "{\"manifest\":\"" + "{'kind':'Pod','spec':{'containers':[{'image':'a:1'}]}}".replace("'", "\\\"")
                + "\"}";
        assertThat(read(plan(change("kustomization_resource", json, "{}"))))
                .containsExactly("Pod | spec.containers[0] | 1 | a:1");
    }

    @Test
    @DisplayName("may have any number of resources")
    void many() throws IOException {
        String[] changes = new String[60_000];
        Arrays.fill(changes, change("docker_image", "{\"name\":\"a:1\"}", "{}"));
        assertThat(read(plan(changes))).hasSize(changes.length).doesNotContain("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"helm_release", "nomad_job", "azapi_resource"})
    @DisplayName("count resources whose images they do not have, unless these are removed")
    void unread(String type) throws IOException {
        String other = change("docker_image", "{\"name\":\"a:1\"}", "{}");
        byte[] text = plan(change(type, "{\"chart\":\"a\"}", "{}"), change(type, "null", "{}"), other)
                .getBytes(UTF_8);
        FoundInText found = FoundInText.of(input, InputFile.stream("f", () -> new ByteArrayInputStream(text)));
        assertThat(found.unread).containsExactly("f:1: " + type + ".a");
        assertThat(found.lines).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"planned_values\":{}} | ",
                "\"values\":{}} | f:1: expected a plan with planned_values, as terraform show -json PLAN writes it",
                "\"planned_values\":{},\"errored\":false} | ",
                "\"planned_values\":{},\"errored\":true} | f:1: a plan that failed, so it does not have all changes",
                "\"planned_values\":{},\"kind\":\"Pod\"} | f:1: an object of Kubernetes, which kubectl would apply: expected a plan alone",
                "\"planned_values\":{}}{} | f:1: another value, expected one plan alone",
                "\"resource_changes\":[{\"change\":{}}]} | f:1: expected the mode and the type of a resource before its change",
                "\"resource_changes\":[],\"resource_changes\":[]} | f:1: the field \"resource_changes\" comes twice, expected it once",
                "\"resource_changes\":{}} | f:1: resource_changes: expected an array, got an object",
            })
    @DisplayName("that are no plans, or not whole, are malformed")
    void malformed(String rest, String expected) throws IOException {
        assertThat(read(START + rest)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    @DisplayName(
            "have deferred changes, too; data sources name no images, and a wrong resource keeps no other from being checked")
    void changes() throws IOException {
        String wrong = change("docker_container", "{\"image\":1}", "{}");
        String data = change("docker_image", "{\"name\":\"data:1\"}", "{}").replace("managed", "data");
        String text = plan(wrong, data, change("docker_image", "{\"name\":\"a:1\"}", "{}"));
        String deferred = ",\"deferred_changes\":[{\"reason\":\"x\",\"resource_change\":"
                + change("docker_image", "{\"name\":\"b:1\"}", "{}") + "}]}";
        assertThat(read(text.substring(0, text.length() - 1) + deferred))
                .containsExactly(
                        "docker_image.a | name | 1 | a:1",
                        "docker_image.a | name | 1 | b:1",
                        "f:1: image: expected an image, got a number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker_service", "kubernetes_deployment"})
    @DisplayName("that are hostile take little time")
    void hostile(String type) throws IOException {
        StringBuilder fields = new StringBuilder("{\"task_spec\":[");
        for (int i = 0; i < 50_000; i++) {
            fields.append("{\"container_spec\":[{\"image\":\"a\"}]},");
        }
        assertThat(read(plan(change(type, fields + "{}]}", "{}")))).hasSizeLessThan(2);
        StringBuilder names = new StringBuilder("{");
        for (int i = 0; i < 50_000; i++) {
            names.append("\"a" + i + "\":{},");
        }
        assertThat(read(plan(change(type, names + "\"b\":1}", names + "\"b\":1}"))))
                .isEmpty();
        String deep = ("{\"" + "a".repeat(10_000) + "\":").repeat(80) + names + "\"b\":1}" + "}".repeat(80);
        assertThat(read(plan(change(type, deep, "{}")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tfplan.json | {\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\"} | true",
                "tfplan | { \"format_version\": \"1.2\" , \"terraform_version\": \"1.9.5\"} | true",
                "a.json | {\"format_version\":\"1.2\",\"kind\":\"Pod\"} | false",
                "a.json | {\"kind\":\"Pod\",\"format_version\":\"1.2\",\"terraform_version\":\"1\"} | false",
                "a.json | [{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.5\"}] | false",
            })
    @DisplayName("are recognised by how they begin")
    void recognised(String name, String text, boolean isRecognised) throws IOException {
        try (InputFile file =
                InputFile.named(name, Path.of(name), () -> new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            assertThat(input.recognises(file)).isEqualTo(isRecognised);
        }
    }
}
