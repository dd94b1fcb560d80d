package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imagegate.Recorded;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.workload.Workloads;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionDecoderTest {

    private static final ReviewDecoder DECODER = new ReviewDecoder(WireLimits.DEFAULTS);

    private static ReviewRequest decode(String body) throws MalformedReviewException {
        byte[] bytes = body.getBytes(UTF_8);
        return DECODER.decode(bytes, bytes.length, ObjectPlaces.of(Workloads.wellKnown()));
    }

    private static AdmissionRequest admission(String body) throws MalformedReviewException {
        return (AdmissionRequest) decode(body);
    }

    private static KubernetesObject object(String body) throws MalformedReviewException {
        return Objects.requireNonNull(admission(body).object());
    }

    private static String images(@Nullable KubernetesObject object) {
        return object == null
                ? "none"
                : object.images().stream()
                        .map(image -> image.place() + "=" + image.text())
                        .collect(Collectors.joining(" "));
    }

    private static MalformedReviewException problem(String body) {
        return catchThrowableOfType(MalformedReviewException.class, () -> decode(body));
    }

    @ParameterizedTest(name = "{0}: {1} {2}: {3}, was {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    create-pods | CREATE | Pod | spec.containers[0] "web"=nginx:1.17.1 | none
                    create-podtemplates | CREATE | PodTemplate | template.spec.containers[0] "app"=mcr.microsoft.com/dotnet/aspnet:8.0 | none
                    create-replicationcontrollers | CREATE | ReplicationController | spec.template.spec.containers[0] "app"=nginx:latest | none
                    create-replicasets | CREATE | ReplicaSet.apps | spec.template.spec.containers[0] "app"=localhost:5000/app | none
                    create-deployments | CREATE | Deployment.apps | spec.template.spec.containers[0] "nginx"=nginx:1.27 | none
                    create-statefulsets | CREATE | StatefulSet.apps | spec.template.spec.initContainers[0] "migrate"=ghcr.io/acme/migrate:v2.1.0 spec.template.spec.containers[0] "app"=ghcr.io/acme/app:v2.1.0@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 spec.template.spec.containers[1] "side"=quay.io/acme/proxy:1 | none
                    create-daemonsets | CREATE | DaemonSet.apps | spec.template.spec.containers[0] "app"=123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:7 | none
                    create-jobs | CREATE | Job.batch | spec.template.spec.containers[0] "job1"=busybox:1.36 | none
                    create-cronjobs | CREATE | CronJob.batch | spec.jobTemplate.spec.template.spec.containers[0] "cj"=registry.k8s.io/pause:3.10 | none
                    create-pods-sidecar-and-image-volume | CREATE | Pod | spec.initContainers[0] "native-sidecar"=istio/proxyv2:1.22.0 spec.containers[0] "app"=gcr.io/google-samples/hello-app:1.0 | none
                    delete-deployments | DELETE | Deployment.apps | none | spec.template.spec.containers[0] "nginx"=nginx:1.27
                    update-pods-ephemeralcontainers | UPDATE | Pod | spec.containers[0] "web"=nginx:1.17.1 spec.ephemeralContainers[0] "dbg"=busybox | spec.containers[0] "web"=nginx:1.17.1
                    update-pods-image | UPDATE | Pod | spec.containers[0] "web"=nginx:1.27.0 spec.ephemeralContainers[0] "dbg"=busybox | spec.containers[0] "web"=nginx:1.17.1 spec.ephemeralContainers[0] "dbg"=busybox
                    update-pods-label | UPDATE | Pod | spec.containers[0] "web"=nginx:1.27.0 spec.ephemeralContainers[0] "dbg"=busybox | spec.containers[0] "web"=nginx:1.27.0 spec.ephemeralContainers[0] "dbg"=busybox
                    """)
    void findsTheImagesOfRecordedReviews(String name, String operation, String kind, String images, String before)
            throws Exception {
        AdmissionRequest request = admission(Recorded.admission(name));
        assertThat(request.operation()).isEqualTo(operation);
        assertThat(request.kind()).hasToString(kind);
        assertThat(request.namespace()).isEqualTo("default");
        assertThat(request.dryRun()).isFalse();
        assertThat(images(request.object())).isEqualTo(images);
        assertThat(images(request.oldObject())).isEqualTo(before);
    }

    @Test
    void keepsWhatIsAskedForAndNothingElse() throws Exception {
        AdmissionRequest request = admission(Recorded.admission("update-pods-ephemeralcontainers"));
        assertThat(request.uid()).isEqualTo("a4381b12-f6d2-45cb-b114-6d1c8859e101");
        assertThat(request.subresource()).isEqualTo("ephemeralcontainers");
        assertThat(request.name()).isEqualTo("web");
        assertThat(request.user()).isEqualTo("admin");
        assertThat(object(Recorded.admission("update-pods-ephemeralcontainers")).annotations())
                .isEmpty();
        assertThat(object(Recorded.admission("create-pods-sidecar-and-image-volume"))
                        .annotations())
                .containsOnlyKeys("kubectl.kubernetes.io/last-applied-configuration");
    }

    @Test
    void findsImageVolumes() throws Exception {
        String body = Recorded.admission("create-pods-sidecar-and-image-volume")
                .replace(
                        "\"spec\":{\"init",
                        "\"spec\":{\"volumes\":[{\"name\":\"e\",\"emptyDir\":{}},"
                                + "{\"name\":\"model\",\"image\":{\"reference\":\"quay.io/acme/model:v1\"}},"
                                + "{\"image\":{\"pullPolicy\":\"Always\"}},{\"image\":null}],\"init");
        assertThat(images(object(body)))
                .startsWith("spec.volumes[1] \"model\"=quay.io/acme/model:v1 spec.volumes[2]= spec.init");
    }

    @Test
    void orderOfFieldsDoesNotMatter() throws Exception {
        assertThat(images(admission("""
                {"request": {"object": {"spec": {"template": {"spec": {"containers": [{"image": "a", "name": "b"}]}},
                 "containers": [{"image": "not here"}]}},
                 "oldObject": null, "dryRun": true, "kind": {"kind": "Job", "version": "v1", "group": "batch"}, "uid": "u"},
                 "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview"}
                """).object())).isEqualTo("spec.template.spec.containers[0] \"b\"=a");
        assertThat(((ImageReviewRequest)
                                decode(
                                        "{\"request\":{\"uid\":\"u\"},\"spec\":{\"containers\":[{\"image\":\"a\"}]},\"kind\":\"ImageReview\"}"))
                        .review()
                        .images())
                .hasSize(1);
    }

    @Test
    void onlyTheRealPathsCount() throws Exception {
        String body = Recorded.admission("create-pods")
                .replace(
                        "\"spec\":{\"containers\"",
                        "\"f:spec\":{\"f:containers\":[{\"image\":\"x\"}]},"
                                + "\"spec\":{\"f:containers\":[{\"image\":\"x\"}],\"template\":{\"spec\":{\"containers\":7}},"
                                + "\"nodeSelector\":{\"containers\":[{\"image\":\"x\"}]},\"containers\"");
        assertThat(images(object(body))).isEqualTo("spec.containers[0] \"web\"=nginx:1.17.1");
    }

    @Test
    void aShapeThatOnlyAnotherKindHasIsNoProblem() throws Exception {
        String body = Recorded.admission("create-pods")
                .replace("\"kind\":\"Pod\"", "\"kind\":\"Rollout\"")
                .replace(
                        "\"containers\":[",
                        "\"initContainers\":\"some text\",\"template\":[],\"volumes\":[1],\"containers\":[");
        assertThat(object(body).images()).isEmpty();
        assertThatThrownBy(() -> decode(body.replace("\"kind\":\"Rollout\"", "\"kind\":\"Pod\"")))
                .hasMessageContaining("spec.initContainers: expected an array, got a string");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    "image":"nginx:1.17.1" | "image":"nginx:1.17.1","image":"b" | the field "image" comes twice
                    "image":"nginx:1.17.1" | "image":"nginx:1.17.1","im\\u0061ge":"b" | the field "image" comes twice
                    "image":"nginx:1.17.1" | "image":["a"] | spec.containers.image: expected a string, got an array
                    "containers":[{ | "containers":[],"containers":[{ | the field "containers" comes twice
                    "namespace":"default","operation" | "namespace":7,"operation" | request.namespace: expected a string, got a number
                    "username":"admin" | "username":7 | request.userInfo.username: expected a string, got a number
                    "dryRun":false | "dryRun":"no" | request.dryRun: expected a boolean, got a string
                    "object":{"kind" | "object":[],"x":{"kind" | request.object: expected an object, got an array
                    "schedulerName":"d | "schedulerName":"\u0001d | control character in a string
                    "schedulerName": | "schedulerName" | expected ":" after the name of a field
                    "priority":0 | "priority":01 | expected "," or "}"
                    "priority":0 | "priority":truth | unexpected character, expected true
                    "priority":0 | "priority":"\\x" | after a backslash
                    "priority":0 | "priority":[1 2] | expected "," or "]"
                    "priority":0 | "priority":1,"priority":0 | the field "priority" comes twice
                    """)
    void refusesWhatIsMalformedAndKeepsTheUid(String text, String replacement, String expected) {
        String body = Recorded.admission("create-pods");
        assertThat(body).contains(text);
        MalformedReviewException problem = problem(body.replace(text, replacement));
        assertThat(problem)
                .hasMessageStartingWith("malformed review: line 1, column ")
                .hasMessageContaining(expected);
        assertThat(problem.isAdmission()).isTrue();
        assertThat(problem.uid()).contains("7ef9f220-a9ae-4a6b-9378-7b9db585a8cb");
    }

    @ParameterizedTest(name = "{0} -> admission {1}, uid {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    {"kind":"AdmissionReview","request":{"uid":"u","x":!   | true | u
                    {"kind":"AdmissionReview","request":{"x":!,"uid":"u"   | true |
                    {"kind":"AdmissionReview","request":{"uid":7           | true |
                    {"kind":"AdmissionReview"}                             | true |
                    {"kind":"AdmissionReview","request":{"uid":""}}        | true |
                    {"kind":"AdmissionReview","request":{"uid":null}}      | true |
                    {"request":{"uid":"u","x":!                            | true | u
                    {"request":{"uid":"u"},"kind":"Pod"}                   | false | u
                    {"kind":"ImageReview","request":{"uid":"u"},"spec":!   | false |
                    {"kind":"AdmissionReview","request":{"uid":"u"},"apiVersion":"admission.k8s.io/v1beta1"} | true | u
                    """)
    void tellsWhatIsKnownWhenItFails(String body, boolean admission, @Nullable String uid) {
        MalformedReviewException problem = problem(body);
        assertThat(problem.isAdmission()).isEqualTo(admission);
        assertThat(problem.uid()).isEqualTo(Optional.ofNullable(uid));
    }

    @Test
    void aBodyOverTheLimitKeepsTheUidOfItsBeginning() {
        byte[] body = Recorded.admission("create-pods").getBytes(UTF_8);
        ReviewDecoder small = new ReviewDecoder(WireLimits.DEFAULTS.withBodyBytes(1_000));
        MalformedReviewException problem = catchThrowableOfType(
                MalformedReviewException.class,
                () -> small.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown())));
        assertThat(problem).hasMessage("review too large: expected 1000 bytes at most, got more");
        assertThat(problem.isAdmission()).isTrue();
        assertThat(problem.uid()).isPresent();
    }
}
