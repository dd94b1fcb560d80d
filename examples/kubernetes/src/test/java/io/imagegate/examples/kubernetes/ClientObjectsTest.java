package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.imagegate.object.ApiObject;
import io.imagegate.object.ObjectParser;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodList;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects of the two Kubernetes clients for Java are read as the page of the library shows. */
class ClientObjectsTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());
    private static final ObjectParser PARSER = ObjectParser.of(POLICIES.workloads());
    private static final Map<String, String> LABELS = Map.of("app", "web");

    private final ObjectMapper mapper = new ObjectMapper();

    private ApiObject fabric8(Object object) {
        return PARSER.parse(mapper.convertValue(object, new TypeReference<Map<String, Object>>() {}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARSER.parse(mapper.convertValue(object, new TypeReference<Map<String, Object>>() {}))",
                "PARSER.parse(object.toJson())",
                "PARSER.withDefaultKind(\"Pod\").parse(item.toJson())"
            })
    void thePageShowsWhatIsRunHere(String code) throws Exception {
        assertThat(Files.readString(Path.of("../../policy-core/README.md")))
                .contains("`" + code.replace("PARSER", "parser") + "`");
        assertThat(Files.readString(Path.of("src/test/java/io/imagegate/examples/kubernetes/ClientObjectsTest.java")))
                .contains(code + ";");
    }

    @Test
    void fabric8sDeployment() {
        ApiObject deployment = fabric8(new DeploymentBuilder()
                .withNewMetadata()
                .withName("web")
                .withNamespace("prod")
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(LABELS)
                .endMetadata()
                .withNewSpec()
                .withContainers(container())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
        assertIsDeployment(deployment);
    }

    @Test
    void fabric8sItems() {
        Pod pod = new PodBuilder()
                .withNewSpec()
                .withContainers(container())
                .endSpec()
                .build();
        assertThat(new PodListBuilder().withItems(pod).build().getItems())
                .singleElement()
                .satisfies(item -> assertThat(fabric8(item).kind()).isEqualTo("Pod"));
    }

    @Test
    void fabric8sResourcesOfAnyKind() {
        GenericKubernetesResource rollout = new GenericKubernetesResource();
        rollout.setApiVersion("argoproj.io/v1alpha1");
        rollout.setKind("Rollout");
        rollout.setAdditionalProperty("spec", Map.of("replicas", 2));
        assertThat(fabric8(rollout).kind()).isEqualTo("Rollout.argoproj.io");
        assertThat(fabric8(rollout).decide(POLICIES, "").allowed()).isTrue();
        rollout.setAdditionalProperty("spec", Map.of("containers", List.of(container())));
        assertThat(fabric8(rollout).decide(POLICIES, "").allowed()).isFalse();
        GenericKubernetesResource pod = new GenericKubernetesResource();
        pod.setApiVersion("v1");
        pod.setKind("Pod");
        pod.setAdditionalProperty("spec", Map.of("containers", List.of(container())));
        assertThat(fabric8(pod).images()).singleElement().hasToString("nginx:1.27 (spec.containers[0] \"web\")");
    }

    @Test
    void theOfficialClientsDeployment() {
        V1Deployment object = new V1Deployment()
                .apiVersion("apps/v1")
                .kind("Deployment")
                .metadata(new V1ObjectMeta()
                        .name("web")
                        .namespace("prod")
                        .creationTimestamp(OffsetDateTime.parse("2026-11-28T00:00:00Z")))
                .spec(new V1DeploymentSpec()
                        .selector(new V1LabelSelector().matchLabels(LABELS))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(LABELS))
                                .spec(podSpec())));
        ApiObject deployment = PARSER.parse(object.toJson());
        assertIsDeployment(deployment);
    }

    /** The API server sends items without kind and apiVersion. */
    @Test
    void theOfficialClientsItems() {
        V1PodList pods = new V1PodList()
                .addItemsItem(
                        new V1Pod().metadata(new V1ObjectMeta().name("web")).spec(podSpec()));
        for (V1Pod item : pods.getItems()) {
            ApiObject pod = PARSER.withDefaultKind("Pod").parse(item.toJson());
            assertThat(pod).hasToString("object:1: Pod web");
            assertThat(pod.images()).singleElement().hasToString("nginx:1.27 (spec.containers[0] \"web\")");
        }
    }

    private static void assertIsDeployment(ApiObject deployment) {
        ImageReview review = deployment.review("default");
        assertThat(deployment).hasToString("object:1: Deployment.apps prod/web");
        assertThat(review.namespace()).isEqualTo("prod");
        assertThat(review.labels()).contains(LABELS);
        assertThat(review.images())
                .singleElement()
                .hasToString("nginx:1.27 (spec.template.spec.containers[0] \"web\")");
    }

    private static Container container() {
        Container container = new Container();
        container.setName("web");
        container.setImage("nginx:1.27");
        container.setResources(new ResourceRequirementsBuilder()
                .withLimits(Map.of("cpu", new Quantity("100m")))
                .build());
        return container;
    }

    private static V1PodSpec podSpec() {
        return new V1PodSpec()
                .addContainersItem(new V1Container()
                        .name("web")
                        .image("nginx:1.27")
                        .livenessProbe(new V1Probe().httpGet(new V1HTTPGetAction().port(new IntOrString("http")))));
    }
}
