package io.imagegate.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.object.ApiObject;
import io.imagegate.object.ObjectParser;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Rules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom resources whose images are found without a policy that says where they stand. */
class WellKnownWorkloadsTest {

    private static final Pattern IMAGE = Pattern.compile("r\\.example/[a-z]+:1");
    private static final PolicySet POLICIES = PolicySet.of(
            Policy.builder("p").rule("ours", Rules.allow("r.example/*")).build());

    private static String resource(String name) throws IOException {
        try (InputStream in = WellKnownWorkloadsTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    private static List<ManifestObject> objects(String text) throws Exception {
        List<ManifestObject> objects = new ArrayList<>();
        ManifestReader.read("f", new ByteArrayInputStream(text.getBytes(UTF_8)), objects::add);
        return objects;
    }

    static List<ManifestObject> samples() throws Exception {
        return objects(resource("well-known.yaml"));
    }

    @Test
    @DisplayName("each has a sample and a source")
    void eachHasASampleAndASource() throws Exception {
        Set<String> sampled =
                samples().stream().map(ManifestObject::kind).collect(Collectors.toCollection(TreeSet::new));
        assertThat(sampled)
                .isEqualTo(Workloads.wellKnown().all().stream()
                        .map(Workload::kind)
                        .filter(kind -> !Workloads.isBuiltIn(kind))
                        .collect(Collectors.toCollection(TreeSet::new)));
        String above = "";
        for (String line : resource("workloads.txt").split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                assertThat(above).as(line).contains("# https://github.com/");
            } else if (line.isBlank()) {
                above = "";
            } else {
                above += line;
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    @DisplayName("all images of a sample are found, and none that is missing")
    void samplesAreRead(ManifestObject sample) {
        assertThat(sample.images())
                .isNotEmpty()
                .extracting(ReviewedImage::text)
                .allMatch(text -> IMAGE.matcher(text).matches());
        Decision decision = sample.decide(POLICIES, "default");
        assertThat(decision.allowed()).as(decision.reason()).isTrue();
    }

    @Test
    @DisplayName("each image that is written in the samples is found")
    void everyImageIsFound() throws Exception {
        String text = resource("well-known.yaml");
        Set<String> found = new LinkedHashSet<>();
        for (ManifestObject sample : samples()) {
            for (int i = 0; i < sample.images().size(); i++) {
                found.add(sample.line(i) + ":" + sample.column(i));
            }
        }
        Set<String> written = new LinkedHashSet<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            for (MatchResult match : IMAGE.matcher(lines[i]).results().toList()) {
                written.add((i + 1) + ":" + match.start());
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(written);
    }

    static List<Workload> workloads() {
        return List.copyOf(Workloads.wellKnown().all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workloads")
    @DisplayName("an image is found at each place of a kind")
    void eachPlaceIsRead(Workload workload) {
        Object container = List.of(Map.of("name", "a", "image", "nginx"));
        workload.podSpecs().forEach(path -> assertFound(workload, path, Map.of("containers", container)));
        workload.images().forEach(path -> assertFound(workload, path, "nginx"));
    }

    private static void assertFound(Workload workload, WorkloadPath path, Object value) {
        Object object = value;
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            String step = path.steps().get(i);
            object = step.equals(WorkloadPath.EACH) ? List.of(object) : Map.of(step, object);
        }
        Map<String, Object> fields = new HashMap<>();
        ((Map<?, ?>) object).forEach((name, field) -> fields.put((String) name, field));
        int dot = (workload.kind() + ".").indexOf('.');
        fields.put("kind", workload.kind().substring(0, dot));
        fields.put(
                "apiVersion",
                dot == workload.kind().length() ? "v1" : workload.kind().substring(dot + 1) + "/v1");
        ApiObject read = ObjectParser.of(Workloads.wellKnown()).parse(fields);
        assertThat(read.images())
                .as(path.toString())
                .extracting(ReviewedImage::text)
                .containsExactly("nginx");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    @DisplayName("a field that may name an image where none is known is denied, unless the kind is ignored")
    void anotherFieldIsDenied(ManifestObject sample) throws Exception {
        String[] kind = sample.kind().split("\\.", 2);
        String object = "kind: " + kind[0] + "\napiVersion: " + kind[1] + "/v9\nspec: {%s}\n";
        ManifestObject patched = objects(object.formatted("podSpecPatch: '{}'")).get(0);
        assertThat(patched.decide(POLICIES, "default").reason()).contains("the field \"podSpecPatch\"");
        ManifestObject other =
                objects(object.formatted("proxy: {imageName: nginx}")).get(0);
        Decision denied = other.decide(POLICIES, "default");
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.reason())
                .contains("the field \"imageName\" may name an image")
                .contains("spec.workloads");
        PolicySet ignoring = PolicySet.of(Policy.builder("p")
                .rule("ours", Rules.allow("r.example/*"))
                .ignoreKind(sample.kind())
                .build());
        assertThat(other.decide(ignoring, "default").allowed()).isTrue();
        ManifestObject none = objects(object.formatted("proxy: {name: nginx}")).get(0);
        assertThat(none.decide(POLICIES, "default").allowed()).isTrue();
    }

    @Test
    @DisplayName("an image whose tag the controller adds is unknown, whatever its repository")
    void repositories() throws Exception {
        String proxy = """
                %s
                spec:
                  provider: {kubernetes: {envoyDeployment: {container: {imageRepository: r.example/envoy}}}}
                %s
                """;
        String kind = "apiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyProxy";
        for (String text : List.of(proxy.formatted(kind, ""), proxy.formatted("# late", kind))) {
            ManifestObject object = objects(text).get(0);
            assertThat(object.images()).extracting(ReviewedImage::text).containsExactly("r.example/envoy");
            assertThat(object.decide(POLICIES, "default").reason()).contains("what \"tag\" becomes cannot be told");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cluster.postgresql.cnpg.io {imageCatalogRef: {kind: ImageCatalog, name: a}}",
                "PerconaPGCluster.pgv2.percona.com {instances: [{containers: {replicaCertCopy: {cpu: x}}}]}"
            })
    @DisplayName("a field that only sounds like an image denies its kind alone not, also where the kind comes late")
    void onlySounds(String sample) throws Exception {
        String[] known = sample.substring(0, sample.indexOf(' ')).split("\\.", 2);
        String spec = "spec: " + sample.substring(sample.indexOf(' ') + 1) + "\n";
        String kind = "kind: " + known[0] + "\napiVersion: " + known[1] + "/v1\n";
        String other = "kind: Tenant\napiVersion: minio.min.io/v2\n";
        for (String text : List.of(kind + spec, spec + kind)) {
            assertThat(objects(text).get(0).decide(POLICIES, "default").allowed())
                    .as(text)
                    .isTrue();
        }
        for (String text : List.of(
                other + spec,
                spec + other,
                kind + spec.replace("}}", ", image: evil}}"),
                spec.replace("}}", ", image: evil}}") + kind)) {
            assertThat(objects(text).get(0).decide(POLICIES, "default").reason())
                    .as(text)
                    .contains("may name an image");
        }
    }

    @Test
    @DisplayName("keys of annotations and labels of templates are no fields")
    void keysOfTemplates() throws Exception {
        String rollout =
                "kind: Rollout\napiVersion: argoproj.io/v1alpha1\nspec: {template: {%s, spec: {containers: []}}}\n";
        for (String keys : List.of(
                "metadata: {annotations: {a.image-policy.k8s.io/b: INC-1}, labels: {image: a}}",
                "metadata: {labels: {image: a}}")) {
            assertThat(objects(rollout.formatted(keys))
                            .get(0)
                            .decide(POLICIES, "default")
                            .reason())
                    .doesNotContain("may name an image");
        }
        for (String fields :
                List.of("metadata: {image: a}", "annotations: {image: a}", "metadata: {other: {image: a}}")) {
            assertThat(objects(rollout.formatted(fields))
                            .get(0)
                            .decide(POLICIES, "default")
                            .reason())
                    .contains("may name an image");
        }
    }
}
