package io.imagegate.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ReviewedImage;
import io.imagegate.testkit.Manifest;
import io.imagegate.testkit.Manifests;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Objects that a program holds are read like those in files. */
class ApiObjectTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());

    @Property(tries = 200)
    @SuppressWarnings("unchecked")
    void mapsHoldTheSameImagesAsTheFile(@ForAll("manifests") Manifest manifest) throws Exception {
        Object maps = new Load(LoadSettings.builder().build()).loadFromString(manifest.text());
        ApiObject fromMaps = ApiObject.of((Map<String, ?>) maps);
        ManifestObject fromStream = ManifestReader.readObject(
                new ByteArrayInputStream(manifest.text().getBytes(UTF_8)));
        assertThat(fromMaps.images()).containsExactlyInAnyOrderElementsOf(fromStream.images());
        assertThat(fromMaps.review("x").namespace())
                .isEqualTo(fromStream.review("x").namespace());
        assertThat(fromMaps).hasToString(fromStream.toString());
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return Manifests.any();
    }

    @Test
    void aTerminatingPodMayHaveADate() {
        Map<String, Object> pod = pod(List.of(Map.of("name", "a", "image", "nginx:1")));
        pod.put("metadata", Map.of("name", "web", "deletionTimestamp", Instant.EPOCH, "generation", 1));
        assertThat(ApiObject.of(pod).images()).extracting(ReviewedImage::text).containsExactly("nginx:1");
    }

    @Test
    void theKindOfAnItemIsToldByTheCaller() {
        Map<String, Object> item = Map.of("spec", Map.of("containers", List.of(Map.of("image", "nginx:1"))));
        assertThat(ApiObject.of(item, "Pod")).hasToString("object:1: Pod ");
        assertThat(ApiObject.of(item, "Pod").images())
                .extracting(ReviewedImage::text)
                .containsExactly("nginx:1");
        Map<String, Object> deployment = Map.of("spec", Map.of("template", item));
        for (String kind : List.of("Deployment.apps", "Deployment")) {
            assertThat(ApiObject.of(deployment, kind).kind()).isEqualTo("Deployment.apps");
            assertThat(ApiObject.of(deployment, kind).images()).hasSize(1);
        }
        assertThat(ApiObject.of(deployment, "Widget.example.com")
                        .decide(POLICIES, "")
                        .allowed())
                .isFalse();
        assertThat(ApiObject.of(pod(List.of()), "Deployment.apps").kind())
                .as("an object that names its kind has that")
                .isEqualTo("Pod");
        assertThatThrownBy(() -> ApiObject.of(item, "")).hasMessageContaining("expected an object with a kind");
    }

    @Test
    void jsonIsReadLikeMaps() {
        String item =
                "{\"metadata\":{\"name\":\"web\",\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}";
        ApiObject pod = ApiObject.ofJson(item, "Pod");
        assertThat(pod).hasToString("object:1: Pod web");
        assertThat(pod.review("").labels()).contains(Map.of("app", "web"));
        assertThat(pod.review("").groups()).isEmpty();
        assertThat(ApiObject.ofJson("{\"kind\":\"Pod\"," + item.substring(1))).hasToString("object:1: Pod web");
        assertRefusedJson(item, "object:1:82: expected an object with a kind, got one without that begins in line 1");
        assertRefusedJson("", "object: expected one Kubernetes object, got 0");
        assertRefusedJson("{\"kind\":\"Pod\"}{\"kind\":\"Pod\"}", "object: expected one Kubernetes object, got 2");
    }

    private static void assertRefusedJson(String json, String message) {
        assertThatThrownBy(() -> ApiObject.ofJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyFieldIsNoField() {
        Map<String, Object> pod = pod(List.of(Map.of("name", "a", "image", "nginx:1")));
        pod.put("metadata", null);
        assertThat(ApiObject.of(pod).namespace()).isEmpty();
    }

    @Test
    void whatIsNotAnObjectIsRefused() {
        assertRefused(Map.of(), "object: expected an object with a kind, got one without that begins in line 1");
        assertRefused(Map.of("kind", 7), "object: kind: expected a string, got a number");
        assertRefused(
                Map.of("kind", "PodList", "apiVersion", "v1", "items", List.of()),
                "object: expected one Kubernetes object, got 0");
        assertRefused(
                Map.of("kind", "PodList", "apiVersion", "v1", "items", List.of(pod(List.of()), pod(List.of()))),
                "object: expected one Kubernetes object, got 2");
        assertRefused(pod(Map.of()), "object: spec.containers: expected an array, got an object");
    }

    @Test
    void anObjectThatCouldHideAnImageIsRefused() {
        Map<String, Object> custom = new HashMap<>(Map.of("kind", "Widget", "apiVersion", "example.com/v1"));
        custom.put("spec", "text");
        assertThat(ApiObject.of(custom).decide(POLICIES, "").allowed()).isTrue();
        custom.put("spec", Arrays.asList("a", null, new Object()));
        assertRefused(
                custom, "object: expected maps, collections, texts, numbers and booleans, got a java.lang.Object");
        Map<Object, Object> numbered = Map.of(1, "image");
        custom.put("spec", numbered);
        assertRefused(custom, "object: expected the name of a field, got \"1\"");
    }

    @Test
    @Timeout(20)
    void mapsThatHoldEachOtherEnd() {
        Map<String, Object> custom = new HashMap<>(Map.of("kind", "Widget", "apiVersion", "example.com/v1"));
        custom.put("spec", custom);
        assertThatThrownBy(() -> ApiObject.of(custom)).hasMessageContaining("nested too deeply");
        List<Object> laughs = List.of("ha");
        for (int i = 0; i < 30; i++) {
            laughs = List.of(laughs, laughs);
        }
        custom.put("spec", laughs);
        assertRefused(custom, "object: expected 1000000 values at most");
    }

    @Test
    void aStreamHoldsOneObject() {
        String pod = "kind: Pod\napiVersion: v1\nspec: {containers: []}\n";
        assertThatThrownBy(() ->
                        ManifestReader.readObject(new ByteArrayInputStream((pod + "---\n" + pod).getBytes(UTF_8))))
                .isInstanceOf(InputException.class)
                .hasMessage("object:1:1: expected one Kubernetes object, got 2");
        assertThatThrownBy(() -> ManifestReader.readObject(new ByteArrayInputStream(new byte[0])))
                .hasMessage("object:1:1: expected one Kubernetes object, got 0");
    }

    private static Map<String, Object> pod(Object containers) {
        return new HashMap<>(Map.of("kind", "Pod", "apiVersion", "v1", "spec", Map.of("containers", containers)));
    }

    private static void assertRefused(Map<String, ?> object, String message) {
        assertThatThrownBy(() -> ApiObject.of(object))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
