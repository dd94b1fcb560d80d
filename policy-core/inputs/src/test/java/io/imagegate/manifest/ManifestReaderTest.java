package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.Recorded;
import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.input.kubernetes.FileObject;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.review.ImageReview;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, annotations: {a: "1"}}
            spec:
              containers:
                - name: app
                  image: nginx:1.27
              initContainers:
                - image: "busybox:1"
            """;

    private static List<ManifestObject> objects(byte[] manifest) throws IOException, InputException {
        List<ManifestObject> objects = new ArrayList<>();
        ManifestReader.read("f", new ByteArrayInputStream(manifest), objects::add);
        return objects;
    }

    private static List<ManifestObject> objects(String manifest) throws IOException, InputException {
        return objects(manifest.getBytes(UTF_8));
    }

    /** The objects, and of each its images with their lines. */
    private static List<String> read(String manifest) throws IOException, InputException {
        return objects(manifest).stream().map(ManifestReaderTest::describe).toList();
    }

    private static String describe(ManifestObject object) {
        StringBuilder text = new StringBuilder(object.toString());
        for (int i = 0; i < object.images().size(); i++) {
            text.append(", ")
                    .append(object.line(i))
                    .append(' ')
                    .append(object.images().get(i).place());
            text.append('=').append(object.images().get(i).text());
        }
        return text.toString();
    }

    @Test
    void readsYamlAndWhereImagesStand() throws Exception {
        assertThat(read(POD))
                .containsExactly("f:1: Pod shop/web, 7 spec.containers[0] \"app\"=nginx:1.27, "
                        + "9 spec.initContainers[0]=busybox:1");
        AdmissionRequest request = (AdmissionRequest) request(objects(POD).get(0), "default");
        assertThat(request.namespace()).isEqualTo("shop");
        assertThat(request.operation()).isEqualTo("CREATE");
        assertThat(request.object()).isNotNull();
    }

    @Test
    void readsEveryDocumentAndSkipsEmptyOnes() throws Exception {
        assertThat(read("# nothing\n---\n" + POD
                        + "---\n---\nkind: Service\napiVersion: v1\nmetadata: {name: s}\n...\n---\nnull\n"))
                .containsExactly(
                        "f:3: Pod shop/web, 9 spec.containers[0] \"app\"=nginx:1.27, 11 spec.initContainers[0]=busybox:1",
                        "f:14: Service s");
        assertThat(read("")).isEmpty();
        assertThat(read(" \n# only a comment\n")).isEmpty();
    }

    @Test
    void readsJsonValuesOneBehindTheOther() throws Exception {
        String pod =
                "\n{\"spec\": {\"containers\": [\n{\"image\": \"a\"}]}, \"kind\": \"Pod\", \"metadata\": {\"generateName\": \"p-\"}}";
        assertThat(read(pod + pod + "\n"))
                .containsExactly("f:2: Pod p-, 3 spec.containers[0]=a", "f:4: Pod p-, 5 spec.containers[0]=a");
        assertThat(read("\ufeff" + pod)).hasSize(1);
    }

    @Test
    void theKindMayComeLast() throws Exception {
        assertThat(read("""
                spec:
                  containers: [{image: not-here}]
                  jobTemplate: {spec: {template: {spec: {containers: [{image: a, name: b}]}}}}
                kind: CronJob
                apiVersion: batch/v1
                """))
                .containsExactly("f:1: CronJob.batch , 3 spec.jobTemplate.spec.template.spec.containers[0] \"b\"=a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: v1\nkind: List\nitems:\n- {kind: Pod, spec: {containers: [{image: a}]}}\n- {kind: Pod, spec: {containers: [{image: b}]}}\n",
                "apiVersion: v1\nitems:\n\n- {kind: Pod, spec: {containers: [{image: a}]}}\n- {kind: Pod, spec: {containers: [{image: b}]}}\nkind: List\n",
                "apiVersion: v1\nkind: PodList\nitems:\n- {spec: {containers: [{image: a}]}}\n- {spec: {containers: [{image: b}]}}\n",
                "{\"apiVersion\":\"v1\",\n\"kind\":\"PodList\",\"items\":[\n\n{\"spec\":{\"containers\":[{\"image\":\"a\"}]}},\n{\"spec\":{\"containers\":[{\"image\":\"b\"}]}}]}",
                "{\"items\":[\n{\"kind\":\"List\",\"items\":[\n\n{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"image\":\"a\"}]}},\n{\"kind\":\"Pod\",\"spec\":{\"containers\":[{\"image\":\"b\"}]}}]}],\"kind\":\"List\"}",
            })
    void readsTheItemsOfLists(String list) throws Exception {
        assertThat(read(list))
                .containsExactly("f:4: Pod , 4 spec.containers[0]=a", "f:5: Pod , 5 spec.containers[0]=b");
    }

    @Test
    void whatHasItemsIsAListWhateverItsKind() throws Exception {
        assertThat(read("kind: ConfigMap\nitems: [{kind: Pod}]\n")).containsExactly("f:2: Pod ", "f:1: ConfigMap ");
        assertThat(read("items: [{kind: Pod}]\nkind: ConfigMap\n")).containsExactly("f:1: Pod ", "f:1: ConfigMap ");
        assertThat(read("kind: Pod\nx: {items: [a]}\n")).containsExactly("f:1: Pod ");
        assertThat(read("kind: AllowList\nspec: {}\n")).containsExactly("f:1: AllowList ");
        assertThat(read("[{\"kind\": \"Pod\"},\n{\"kind\": \"Job\"}]")).containsExactly("f:1: Pod ", "f:2: Job.batch ");
        assertThatThrownBy(() -> read("items: [{spec: {}}]\nkind: PodList\n")).hasMessageContaining("with a kind");
    }

    @Test
    void anApiVersionMayBeMissingOrAnother() throws Exception {
        String spec = "spec: {template: {spec: {containers: [{image: a}]}}}\n";
        for (String version : List.of("", "apiVersion: apps/v7\n", "apiVersion: apps\n", "apiVersion: v1\n")) {
            assertThat(read("kind: Deployment\n" + spec + version))
                    .containsExactly("f:1: Deployment.apps , 2 spec.template.spec.containers[0]=a");
        }
        assertThat(read("kind: ImageReview\nspec: {containers: [{image: a}]}\n"))
                .containsExactly("f:1: ImageReview.imagepolicy.k8s.io , 1 containers[0]=a");
        String review = Recorded.admission("create-deployments");
        String beta = review.replace("admission.k8s.io/v1", "admission.k8s.io/v1beta1");
        assertThat(beta).isNotEqualTo(review);
        assertThat(read(beta)).isEqualTo(read(review));
        assertThatThrownBy(() -> read(review.replace("admission.k8s.io/v1", "admission.k8s.io/v2")))
                .hasMessageContaining("apiVersion: expected admission.k8s.io/v1, got");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    kind: Foo~apiVersion: x.example/v1~spec: {a: [{b: {myImage: x}}]} | false
                    kind: Foo~apiVersion: x.example/v1~spec: {a: {<<: {IMAGE: x}}} | false
                    kind: Foo~apiVersion: x.example/v1~x: &x {sidecarContainers: []}~y: *x | false
                    kind: Foo~apiVersion: x.example/v1~spec: {template: {spec: {containers: []}}} | false
                    kind: Foo~apiVersion: x.example/v1~spec: {tag: a, repository: b} | false
                    kind: Foo~apiVersion: x.example/v1~spec: [{repository: a, x: {}, digest: b}] | false
                    kind: SparkApplication~apiVersion: sparkoperator.k8s.io/v1beta2~spec: {image: a} | false
                    kind: Deploymnet~apiVersion: apps/v1~spec: {template: {spec: {containers: [{image: a}]}}} | false
                    kind: Pod~apiVersion: apps/v1~spec: {containers: [{image: a}]} | false
                    spec: {image: a}~kind: Foo | false
                    {"spec":{"a":[{"image":"1"}]},"kind":"Foo"} | false
                    {"spec":{"a":[{"image":1}]},"kind":"Foo"} | true
                    {"kind":"Foo","spec":{"repository":"a","c":[{"x":1}],"tag":"b"}} | false
                    kind: Foo~metadata: {labels: {image: a}} | false
                    kind: Foo~metadata: {labels: {x: {image: a}, y: 1}} | false
                    kind: Foo~metadata: {labels: {<<: {image: a}}} | false
                    {"kind":"Foo","metadata":{"labels":{"x":1,"y":[{"image":"a"}]}}} | false
                    {"kind":"Foo","metadata":{"labels":{"tag":1},"repository":"a"}} | true
                    kind: Foo~metadata: {labels: {tag: a}, repository: b} | true
                    kind: Foo~apiVersion: x.example/v1~spec: {imagePullPolicy: a, imagePullSecrets: [b]} | true
                    kind: Foo~apiVersion: x.example/v1~spec: {repository: a, x: {tag: b}}~tag: c | true
                    kind: Foo~apiVersion: x.example/v1~spec: {container: image, x: [containers]} | true
                    kind: ConfigMap~apiVersion: v1~data: {image: a} | true
                    kind: CustomResourceDefinition~apiVersion: apiextensions.k8s.io/v1~spec: {image: a} | true
                    {"kind":"Foo","spec":{"repository":"a"},"x":{"tag":"b"}} | true
                    """)
    void anUnknownKindHasNoImagesIfNoFieldCouldNameOne(String manifest, boolean withoutImages) throws Exception {
        AdmissionRequest request =
                (AdmissionRequest) request(objects(manifest.replace('~', '\n')).get(0), "default");
        assertThat(Objects.requireNonNull(request.object()).isWithoutImages()).isEqualTo(withoutImages);
    }

    @Test
    void refusesWhatIsNoTextInUtf8() {
        for (Charset utf16 : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
            assertThatThrownBy(() -> objects(POD.getBytes(utf16))).hasMessageContaining("text in UTF-16");
        }
        assertThatThrownBy(() -> objects(new byte[] {0x1F, (byte) 0x8B, 8, 0})).hasMessageContaining("gzip");
    }

    @Test
    void whatHasNoKindIsPassedOverIfTheCallerTakesIt() throws Exception {
        List<ManifestObject> objects = new ArrayList<>();
        List<String> kindless = new ArrayList<>();
        String file = "a: b\n---\n- x\n- [y]\n---\n" + POD + "---\nitems: [{spec: {}}]\n";
        ManifestReader.read(
                "f",
                new ByteArrayInputStream(file.getBytes(UTF_8)),
                Workloads.wellKnown(),
                objects::add,
                e -> kindless.add(e.getMessage()));
        assertThat(objects).hasSize(1);
        assertThat(kindless).hasSize(5).allMatch(problem -> problem.contains("expected a"));
    }

    @Test
    void recordedReviewsKeepWhatWasAsked() throws Exception {
        ManifestObject update = objects(Recorded.admission("update-pods-label")).get(0);
        assertThat(update.isReview()).isTrue();
        assertThat(((AdmissionRequest) request(update, "x")).operation()).isEqualTo("UPDATE");
        assertThat(describe(update))
                .isEqualTo("f:1: Pod default/web, 1 spec.containers[0] \"web\"=nginx:1.27.0, "
                        + "1 spec.ephemeralContainers[0] \"dbg\"=busybox");
        assertThat(describe(objects(Recorded.admission("delete-deployments")).get(0)))
                .isEqualTo("f:1: Deployment.apps default/dep");
        String imageReview =
                "apiVersion: imagepolicy.k8s.io/v1alpha1\nkind: ImageReview\nspec: {namespace: n, containers: [{image: a}]}\n";
        assertThat(read(imageReview)).containsExactly("f:1: ImageReview.imagepolicy.k8s.io n/, 1 containers[0]=a");
        assertThat(request(objects(imageReview).get(0), "x")).isInstanceOf(ImageReviewRequest.class);
        assertThatThrownBy(
                        () -> read(
                                "spec: {containers: [{image: a}]}\napiVersion: imagepolicy.k8s.io/v1alpha1\nkind: ImageReview\n"))
                .hasMessage("f:3:7: expected kind and apiVersion before the request of a review");
    }

    @Test
    void followsAliases() throws Exception {
        assertThat(read("""
                x-app: &app
                  name: app
                  image: &image nginx:1.27
                apiVersion: v1
                kind: Pod
                spec:
                  containers: &all
                    - *app
                    - {name: b, image: *image}
                  initContainers: *all
                """))
                .containsExactly(
                        "f:1: Pod , 3 spec.containers[0] \"app\"=nginx:1.27, 3 spec.containers[1] \"b\"=nginx:1.27, "
                                + "3 spec.initContainers[0] \"app\"=nginx:1.27, 3 spec.initContainers[1] \"b\"=nginx:1.27");
        assertThat(read("kind: Pod\na: &x one\nb: *x\nc: &x two\nspec: {containers: [{image: *x}]}\n"))
                .containsExactly("f:1: Pod , 4 spec.containers[0]=two");
    }

    @Test
    void followsMergeKeys() throws Exception {
        assertThat(read("""
                apiVersion: v1
                kind: Pod
                metadata:
                  labels: {!!merge <<: {app: a, tier: b}, tier: c}
                x-base: &base {image: base:1, command: [sh], env: {<<: {image: no}}}
                x-other: &other {<<: *base, image: other:1, name: other}
                spec:
                  containers:
                    - <<: *base
                      name: a
                    - <<: [*other, *base]
                    - {<<: *other, image: own:1}
                    - {name: d, <<: [{image: inline:1}, *base]}
                """))
                .containsExactly(
                        "f:1: Pod , 5 spec.containers[0] \"a\"=base:1, 6 spec.containers[1] \"other\"=other:1, "
                                + "12 spec.containers[2] \"other\"=own:1, 13 spec.containers[3] \"d\"=inline:1");
        assertThat(object("kind: Pod\nmetadata: {labels: {<<: {app: a, tier: b}, tier: c}}\nspec: {containers: []}\n")
                        .review("")
                        .labels())
                .hasValue(Map.of("app", "a", "tier", "c"));
        assertThat(read("<<: &a {kind: Pod}\nspec: {<<: {containers: [{image: a}]}}\n---\nkind: Pod\nspec: {<<: {}}\n"))
                .containsExactly("f:1: Pod , 2 spec.containers[0]=a", "f:4: Pod ");
    }

    @Test
    void limitsWhatMergeKeysAdd() {
        String many = "x: &x [" + "a, ".repeat(600) + "a]\nspec:\n  containers:\n"
                + "  - {<<: {image: a, x: *x}}\n".repeat(200);
        assertThatThrownBy(() -> read("kind: Pod\n" + many))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than 100000 values");
    }

    @Test
    void readsTagsThatSayWhatAValueIs() throws Exception {
        assertThat(read("""
                kind: !!str Pod
                metadata: {labels: !!map {a: !!str 1}}
                spec:
                  hostNetwork: !!bool true
                  containers: !!seq
                  - {image: !!str a, tty: !!bool "false", ports: [{containerPort: !!int 80}], x: !!null ~, y: !!float 1}
                """)).containsExactly("f:1: Pod , 6 spec.containers[0]=a");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    kind: Pod~spec: {containers: [{image: b, <<: {image: a}}]} | f:2:32: << would give the field "image" before it another value
                    kind: Pod~<<: {kind: Job} | f:2:1: << would give the field "kind" before it another value
                    kind: Pod~spec: {containers: [{<<: {image: a}, <<: {name: b}}]} | f:2:38: << comes twice
                    kind: Pod~spec: {containers: [{<<: {<<: {a: b}, <<: {c: d}}}]} | f:2:39: << comes twice
                    kind: Pod~spec: {containers: [{<<: {x: y, <<: {x: z}}}]} | f:2:33: << would give the field "x" before it
                    kind: Pod~spec: {containers: [{<<: {image: a, image: b}}]} | f:2:37: expected the name of a field, once
                    kind: Pod~spec: {containers: [{<<: [{image: a}, b]}]} | f:2:39: expected a mapping, or an alias of one
                    kind: Pod~spec: {containers: [{<<: a}]} | f:2:26: expected a mapping, or an alias of one
                    kind: Pod~spec: {containers: [{<<: !x {image: a}}]} | f:2:26: a tag at what << adds
                    kind: Pod~spec: {containers: [{!!merge image: {image: a}}]} | f:2:22: the tag !!merge at another name
                    kind: Pod~spec: {containers: [{"<<": {image: a}}]} | f:2:22: a quoted <<
                    kind: Pod~spec: {containers: [{image: !!int nginx}]} | f:2:29: the tag "tag:yaml.org,2002:int" is not followed
                    kind: Pod~spec: {containers: [{image: !!null nginx}]} | f:2:29: the tag "tag:yaml.org,2002:null" is not followed
                    kind: Pod~spec: {containers: [{image: !!int "5"}]} | f:2:29: spec.containers.image: expected a string, got a number
                    kind: Pod~spec: {containers: [*none]} | f:2:21: the alias *none has no value
                    kind: Pod~a: &a [*a] | f:2:8: the alias *a is inside its own value
                    kind: Pod~---~kind: Pod~x: *later | f:4:4: the alias *later
                    kind: Pod~spec: {containers: [{image: !!binary bmdpbng=}]} | f:2:29: the tag "tag:yaml.org,2002:binary" is not followed
                    kind: Pod~spec: !x {containers: []} | f:2:7: the tag "!x" is not followed
                    kind: Pod~spec: {containers: [{image: 1.5}]} | f:2:29: spec.containers.image: expected a string, got a number
                    kind: Pod~spec: {containers: [{image: a, image: b}]} | f:2:32: the field "image" comes twice
                    kind: Pod~kind: Pod | f:2:1: the field "kind" comes twice
                    kind: Pod~spec: {containers: {image: a}} | f:2:20: spec.containers: expected an array, got an object
                    kind: Pod~spec: [a] | f:2:7: spec: expected an object, got an array
                    kind: Pod~[a]: b | f:2:1: expected the name of a field
                    spec: {} | expected an object with a kind, got one without that begins in line 1
                    - [kind] | f:1:3: expected a Kubernetes object, got an array
                    ["nginx"] | f:1:2: expected a Kubernetes object, got a string
                    kind: Pod~items: [] | f:2:10: a Pod with items begins in line 1
                    {"kind":"Deployment","items":null} | a Deployment with items begins in line 1
                    kind: Pod~...~kind: Pod | f:3:1: not YAML: expected '<document start>'
                    kind: Foo~x: {a: {!!binary aW1hZ2U=: b}} | f:2:4: the tag "tag:yaml.org,2002:binary" is not followed
                    just text | f:1:1: expected a Kubernetes object, got a string
                    kind: Pod~  bad: [ | f:2:6: not YAML: mapping values are not allowed here
                    kind: Pod~a: "\\u | f:2:7: not YAML: expected hexadecimal digits of a character after a backslash
                    kind: Pod~a: & | f:2:5: not YAML: unexpected character found \\u0000(0)
                    kind: Pod~a: *\u202eb | f:2:4: the alias *\\u202eb has no value that ends before it
                    {"kind":"Pod",} | f:1:15: expected the name of a field
                    {"kind":"Pod"}~--- | f:2:
                    {"kind":"Pod"~ | f:2:1: expected "," or "}"
                    {{ .Values.x }} | f:1:2: expected the name of a field
                    """)
    void refusesWhatCouldHideAnImage(String manifest, String problem) {
        assertThatThrownBy(() -> read(manifest.replace('~', '\n')))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(problem.startsWith("f:") ? problem : "f:")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0085', '\u2028', '\u2029', '\r'})
    void refusesLineBreaksThatOnlyKubectlTakesForSome(char lineBreak) throws Exception {
        String problem = lineBreak == '\r'
                ? "a carriage return"
                : String.format("kubectl ends a line at the character U+%04X", (int) lineBreak);
        for (String place : List.of("# a", "x: \"a", "x: 'a", "x: ")) {
            assertThatThrownBy(() -> read("kind: Pod\n" + place + lineBreak + "spec: {}\n"))
                    .hasMessageStartingWith("f:2:1: not YAML: " + problem);
        }
        assertThat(read("kind: Pod\r\nx: \"\\u2028\\N\"\r\n---\r\nkind: Job\r\n"))
                .containsExactly("f:1: Pod ", "f:4: Job.batch ");
        assertThat(read("{\"kind\": \"Pod\", \"x\": \"" + (lineBreak == '\r' ? ' ' : lineBreak) + "\"}"))
                .containsExactly("f:1: Pod ");
    }

    @ParameterizedTest
    @ValueSource(chars = {'\u0000', '\u0007', '\u001b', '\u0080', '\ufffe'})
    void refusesControlCharactersWhereTheyStand(char control) {
        for (String place : List.of("# a😀", "x: \"a", "x:  😀")) {
            int column = place.codePointCount(0, place.length()) + 1;
            assertThatThrownBy(() -> read("kind: Pod\n" + "# a long comment\n".repeat(5_000) + place + control + "b"))
                    .hasMessage(String.format(
                            "f:5002:%d: not YAML: the character U+%04X must be escaped", column, (int) control));
        }
    }

    @Test
    void anotherVersionOfYamlIsRefusedBehindItsLine() {
        assertThatThrownBy(() -> read("# a\n%YAML 3.0\n---\nkind: Pod\n"))
                .hasMessage("f:3:1: not YAML: expected the version of YAML 1.2");
    }

    @Test
    void tagsThatChangeNothingAndWhatIsSkippedAreNoProblem() throws Exception {
        assertThat(
                        read(
                                "kind: !!str Pod\nmetadata: {labels: {<<: {a: b}, x: !!binary aaaa}}\nspec: !!map {containers: !!seq [{image: !!str 1.5}]}\n"))
                .containsExactly("f:1: Pod , 3 spec.containers[0]=1.5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{<<: {a: 1}, c: d}",
                "{\"<<\": {a: b}, c: d}",
                "{a: 1}",
                "{a: true}",
                "{a: !!binary aaaa}",
                "{!!binary aaaa: b}",
                "{a: b, a: b}",
                "{[a]: b}",
                "{a: [b]}",
                "!!omap {a: b}",
                "[a]",
                "a"
            })
    void labelsThatAreNotAllTextsAreUnknown(String labels) throws Exception {
        String pod = "kind: Pod\napiVersion: v1\nmetadata: {labels: " + labels
                + ", name: n}\nspec: {containers: [{image: i}]}\n";
        assertThat(read(pod)).containsExactly("f:1: Pod n, 4 spec.containers[0]=i");
        assertThat(object(pod).review("").labels()).isEmpty();
        String deployment = "kind: Deployment\napiVersion: apps/v1\nspec:\n  template:\n    metadata: {labels: "
                + labels + "}\n    spec: {containers: [{image: i}]}\n";
        assertThat(object(deployment).review("").labels()).isEmpty();
    }

    @Test
    void labelsThatAreTextsAreKnown() throws Exception {
        String pod = "kind: Pod\nmetadata: {labels: {a: &b b, c: *b, d: '1', e: !!str 2, f: null, g: ! 3}}\n";
        assertThat(object(pod).review("").labels())
                .contains(Map.of("a", "b", "c", "b", "d", "1", "e", "2", "f", "", "g", "3"));
        assertThat(object("kind: Pod\nmetadata: {labels: null}\n").review("").labels())
                .contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{a: 1}", "{a: true}", "{a: [b]}", "{a: {b: c}}", "[a]", "a"})
    void annotationsOfATemplateThatAreNotAllTextsAreUnknown(String annotations) throws Exception {
        ImageReview review = deployment(annotations);
        assertThat(review.tellsPodAnnotation("a")).isFalse();
        assertThat(review.tellsPodAnnotation("b")).isFalse();
    }

    @Test
    void annotationsOfPodsAreThoseOfTheInnermostTemplate() throws Exception {
        assertThat(deployment("{a: '1', b: null}").podAnnotations()).isEqualTo(Map.of("a", "1", "b", ""));
        assertThat(deployment("null").tellsPodAnnotation("a")).isTrue();
        String cronJob = """
                kind: CronJob
                apiVersion: batch/v1
                metadata: {annotations: {outer: o}}
                spec:
                  jobTemplate:
                    metadata: {annotations: {job: j}}
                    spec: {template: {metadata: {annotations: {pod: p}}, spec: {containers: [{image: i}]}}}
                """;
        assertThat(object(cronJob).review("").podAnnotations()).containsOnlyKeys("pod");
        assertThat(object(cronJob.replace("{annotations: {pod: p}}", "null"))
                        .review("")
                        .tellsPodAnnotation("pod"))
                .isTrue();
        ImageReview pod = object("kind: Pod\nmetadata: {annotations: {a: b}}\n").review("");
        assertThat(pod.podAnnotations()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    void aGeneratedNameIsShownAndNotTold() throws Exception {
        ManifestObject pod = object("kind: Pod\nmetadata: {generateName: web-}\nspec: {containers: [{image: i}]}\n");
        assertThat(pod.name()).isEqualTo("web-");
        assertThat(pod.review("").name()).isEmpty();
    }

    private static ImageReview deployment(String annotations) throws Exception {
        return object("kind: Deployment\napiVersion: apps/v1\nmetadata: {annotations: {own: o}}\nspec:\n  template:\n"
                        + "    metadata: {annotations: " + annotations + "}\n    spec: {containers: [{image: i}]}\n")
                .review("");
    }

    private static ReviewRequest request(ManifestObject object, String namespace) {
        return ((FileObject) object).request(namespace);
    }

    private static ManifestObject object(String text) throws Exception {
        return objects(text).get(0);
    }
}
