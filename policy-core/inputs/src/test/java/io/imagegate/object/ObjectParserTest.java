package io.imagegate.object;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ReviewedImage;
import io.imagegate.testkit.Manifest;
import io.imagegate.testkit.Manifests;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
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

/** Objects that a program holds, as maps and texts, are read like those in files. */
class ObjectParserTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());
    private static final ObjectParser PARSER = ObjectParser.of(POLICIES.workloads());
    private static final ObjectParser PODS = PARSER.withDefaultKind("Pod");

    @Property(tries = 200)
    @SuppressWarnings("unchecked")
    void mapsAndTextsHoldTheSameImagesAsTheFile(@ForAll("manifests") Manifest manifest) throws Exception {
        Object maps = new Load(LoadSettings.builder().build()).loadFromString(manifest.text());
        byte[] text = manifest.text().getBytes(UTF_8);
        List<ManifestObject> fromFile = new ArrayList<>();
        ManifestReader.read("object", new ByteArrayInputStream(text), fromFile::add);
        assertThat(fromFile).hasSize(1);
        for (ApiObject object : List.of(
                PARSER.parse((Map<String, ?>) maps),
                PARSER.parse(manifest.text()),
                PARSER.parse(text),
                PARSER.parse(new ByteArrayInputStream(text)))) {
            assertThat(object.images())
                    .containsExactlyInAnyOrderElementsOf(fromFile.get(0).images());
            assertThat(object.review("x").namespace())
                    .isEqualTo(fromFile.get(0).review("x").namespace());
            assertThat(object).hasToString(fromFile.get(0).toString());
        }
    }

    @Provide
    Arbitrary<Manifest> manifests() {
        return Manifests.any();
    }

    @Test
    void aTerminatingPodMayHaveADate() {
        Map<String, Object> pod = pod(List.of(Map.of("name", "a", "image", "nginx:1")));
        pod.put("metadata", Map.of("name", "web", "deletionTimestamp", Instant.EPOCH, "generation", 1));
        assertThat(PARSER.parse(pod).images()).extracting(ReviewedImage::text).containsExactly("nginx:1");
    }

    @Test
    void theKindOfAnItemIsToldByTheCaller() {
        Map<String, Object> item = Map.of("spec", Map.of("containers", List.of(Map.of("image", "nginx:1"))));
        assertThat(PODS.parse(item)).hasToString("object:1: Pod ");
        assertThat(PODS.parse(item).images()).extracting(ReviewedImage::text).containsExactly("nginx:1");
        Map<String, Object> deployment = Map.of("spec", Map.of("template", item));
        for (String kind : List.of("Deployment.apps", "Deployment")) {
            assertThat(PARSER.withDefaultKind(kind).parse(deployment).kind()).isEqualTo("Deployment.apps");
            assertThat(PARSER.withDefaultKind(kind).parse(deployment).images()).hasSize(1);
        }
        assertThat(PARSER.withDefaultKind("Widget.example.com")
                        .parse(deployment)
                        .decide(POLICIES, "")
                        .allowed())
                .isFalse();
        assertThat(PARSER.withDefaultKind("Deployment.apps")
                        .parse(pod(List.of()))
                        .kind())
                .as("an object that names its kind has that")
                .isEqualTo("Pod");
        assertThatThrownBy(() -> PARSER.parse(item)).hasMessageContaining("expected an object with a kind");
        assertThatThrownBy(() -> PARSER.withDefaultKind(" "))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("default kind: expected one such as Pod or Deployment.apps, got none");
    }

    @Test
    void jsonIsReadLikeMaps() {
        String item =
                "{\"metadata\":{\"name\":\"web\",\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}";
        ApiObject pod = PODS.parse(item);
        assertThat(pod).hasToString("object:1: Pod web");
        assertThat(pod.review("").labels()).contains(Map.of("app", "web"));
        assertThat(pod.review("").groups()).isEmpty();
        assertThat(PARSER.parse("{\"kind\":\"Pod\"," + item.substring(1))).hasToString("object:1: Pod web");
        assertRefusedJson(item, "object:1:82: expected an object with a kind, got one without that begins in line 1");
        assertRefusedJson("", "object: expected one Kubernetes object, got 0");
        assertRefusedJson("{\"kind\":\"Pod\"}{\"kind\":\"Pod\"}", "object: expected one Kubernetes object, got 2");
    }

    private static void assertRefusedJson(String json, String message) {
        assertThatThrownBy(() -> PARSER.parse(json))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void anEmptyFieldIsNoField() {
        Map<String, Object> pod = pod(List.of(Map.of("name", "a", "image", "nginx:1")));
        pod.put("metadata", null);
        assertThat(PARSER.parse(pod).namespace()).isEmpty();
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
        assertThat(PARSER.parse(custom).decide(POLICIES, "").allowed()).isTrue();
        custom.put("spec", Arrays.asList("a", null, new Object()));
        assertRefused(
                custom, "object: expected maps, collections, texts, numbers and booleans, got a java.lang.Object");
        Map<Object, Object> numbered = Map.of(1, "image");
        custom.put("spec", numbered);
        assertRefused(custom, "object: expected the name of a field, got \"1\"");
    }

    @Test
    @Timeout(120)
    void mapsThatHoldEachOtherEnd() {
        Map<String, Object> custom = new HashMap<>(Map.of("kind", "Widget", "apiVersion", "example.com/v1"));
        custom.put("spec", custom);
        assertThatThrownBy(() -> PARSER.parse(custom)).hasMessageContaining("nested too deeply");
        List<Object> laughs = List.of("ha");
        for (int i = 0; i < 30; i++) {
            laughs = List.of(laughs, laughs);
        }
        custom.put("spec", laughs);
        assertRefused(custom, "object: expected 1000000 values at most");
    }

    @Test
    void aTextHoldsOneObject() {
        String pod = "kind: Pod\napiVersion: v1\nspec: {containers: []}\n";
        assertRefusedJson(pod + "---\n" + pod, "object: expected one Kubernetes object, got 2");
        assertRefusedJson("# nothing\n", "object: expected one Kubernetes object, got 0");
        assertThat(PARSER.parse("---\n" + pod + "---\n# nothing\n")).hasToString("object:2: Pod ");
        assertThat(PARSER.parse("\uFEFF" + pod)).hasToString("object:1: Pod ");
        assertThat(PARSER.parse("\uFEFF\n {\"kind\":\"Pod\"}")).hasToString("object:2: Pod ");
    }

    @Test
    void theExceptionHasThePlaceAndTheCaller() {
        assertThatThrownBy(() -> PARSER.parse("kind: Pod\nspec: []\n"))
                .isInstanceOfSatisfying(ObjectSyntaxException.class, invalid -> {
                    assertThat(invalid).hasMessage("object:2:7: spec: expected an object, got an array");
                    assertThat(invalid.line()).isEqualTo(2);
                    assertThat(invalid.column()).isEqualTo(7);
                    assertThat(invalid.problem()).isEqualTo("spec: expected an object, got an array");
                    assertThat(invalid.getStackTrace())
                            .extracting(StackTraceElement::getClassName)
                            .contains(ObjectParserTest.class.getName());
                });
        assertThatThrownBy(() -> PARSER.parse(Map.of("kind", 7)))
                .isInstanceOfSatisfying(ObjectSyntaxException.class, invalid -> {
                    assertThat(invalid.line()).isZero();
                    assertThat(invalid.column()).isZero();
                    assertThat(invalid.problem()).isEqualTo("kind: expected a string, got a number");
                });
    }

    @Test
    void whatIsNoTextOfAnObjectIsRefused() {
        assertRefusedBytes("object:1:1: compressed by gzip: expected text; unpack it first", 0x1F, 0x8B, 0x08);
        assertRefusedBytes("object:1:1: text in UTF-16: expected UTF-8", 0xFE, 0xFF, 0, '{');
        assertThatThrownBy(() -> PARSER.parse(bytes('k', ':', ' ', 0xFF)))
                .isExactlyInstanceOf(ObjectSyntaxException.class);
        assertThatThrownBy(() -> PARSER.parse(bytes('{', '"', 0xFF, '"', ':', '1', '}')))
                .isExactlyInstanceOf(ObjectSyntaxException.class);
        assertThatThrownBy(() -> PARSER.parse("kind: Pod\nkind: Service\n"))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessageStartingWith("object:2:");
    }

    private static void assertRefusedBytes(String message, int... text) {
        assertThatThrownBy(() -> PARSER.parse(bytes(text)))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessage(message);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /** An endless stream is read up to the limit, and no further. */
    @Test
    @SuppressWarnings("InputStreamSlowMultibyteRead") // It never ends, so no part of it has to be quick.
    void aStreamIsReadWithinTheLimit() throws Exception {
        String pod = "{\"kind\": \"Pod\"}";
        int limit = 8 << 20;
        assertThat(PARSER.parse(pod + " ".repeat(limit - pod.length()))).hasToString("object:1: Pod ");
        InputStream endless = new InputStream() {
            private int read;

            @Override
            public int read() {
                assertThat(read++).isLessThanOrEqualTo(limit);
                return ' ';
            }
        };
        assertThatThrownBy(() -> PARSER.parse(endless))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessage("object: expected 8388608 bytes at most, got more");
    }

    @Test
    void aStreamThatFailsIsNoProblemOfTheObject() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("unplugged");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> PARSER.parse(failing))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("unplugged");
    }

    @Test
    void policiesNameTheirOwnKinds() {
        Workload widget = Workload.of("Widget.example.com").withImages("spec.image");
        String text = "kind: Widget\napiVersion: example.com/v1\nspec: {image: \"nginx:1\"}\n";
        assertThat(PARSER.parse(text).decide(POLICIES, "").allowed()).isFalse();
        assertThat(ObjectParser.of(Workloads.with(List.of(widget), kind -> false))
                        .parse(text)
                        .images())
                .extracting(ReviewedImage::text)
                .containsExactly("nginx:1");
    }

    private static Map<String, Object> pod(Object containers) {
        return new HashMap<>(Map.of("kind", "Pod", "apiVersion", "v1", "spec", Map.of("containers", containers)));
    }

    private static void assertRefused(Map<String, ?> object, String message) {
        assertThatThrownBy(() -> PARSER.parse(object))
                .isExactlyInstanceOf(ObjectSyntaxException.class)
                .hasMessage(message);
    }
}
