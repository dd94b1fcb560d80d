package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.rule.Rules;
import io.imagegate.workload.Workload;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests about custom resources, of which policies say where their images stand. */
class WorkloadsTest {

    private static final Pattern PATCH = Pattern.compile("\"patch\":\"([^\"]*)\"");

    private static final Workload WIDGET = Workload.of("Widget.example.com")
            .withPodSpec("spec.template.spec")
            .withPodSpec("spec.parts[*].template.spec")
            .withImages("spec.steps[*].image")
            .withImages("spec.lists[*][*]")
            .withImages("spec.tool.image");

    private static PolicyBuilder policy() {
        return Policy.builder("p").rule("ours", Rules.allow("r.example/**")).workload(WIDGET);
    }

    private static String request(String operation, String object, String oldObject) {
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"1\","
                + "\"kind\":{\"group\":\"example.com\",\"version\":\"v1\",\"kind\":\"Widget\"},\"operation\":\""
                + operation
                + "\",\"namespace\":\"n\",\"object\":" + object + ",\"oldObject\":" + oldObject + "}}";
    }

    private static String create(String spec) {
        return request("CREATE", "{\"spec\":" + spec + "}", "null");
    }

    private static String answer(PolicySet policies, String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new String(
                PolicyWebhook.of(() -> policies)
                        .review(path, bytes, bytes.length)
                        .body(),
                UTF_8);
    }

    private static String validate(String body) {
        return answer(PolicySet.of(policy().build()), "/validate", body);
    }

    private static void assertDenied(String body, String expected) {
        assertThat(validate(body)).contains("\"allowed\":false").contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'template':{'spec':{'containers':[{'name':'a','image':'nginx'}]}}} # spec.template.spec.containers[0] \\\"a\\\"",
                "{'parts':[{},{'template':{'spec':{'initContainers':[{'image':'nginx'}]}}}]} # spec.parts[1].template.spec.initContainers[0]",
                "{'parts':{'left':{'template':{'spec':{'volumes':[{'name':'v','image':{'reference':'nginx'}}]}}}}} # spec.parts.left.template.spec.volumes[0] \\\"v\\\"",
                "{'steps':[{'image':'r.example/a'},{'image':'nginx','name':'b'}]} # spec.steps[1].image \\\"b\\\"",
                "{'steps':{'one':{'image':'nginx'}}} # spec.steps.one.image \\\"one\\\"",
                "{'lists':[['r.example/a'],['r.example/b','nginx']]} # spec.lists[1][1]",
                "{'tool':{'image':'nginx'}} # (spec.tool.image)",
                "{'tool':{'image':'$(params.image)'}} # is not a valid reference",
                "{'tool':{'image':''}} # is not a valid reference",
                "{'template':{'spec':{'containers':[{'name':'a'}]}}} # is not a valid reference",
            })
    @DisplayName("an image at a place is checked")
    void denied(String spec, String expected) {
        assertDenied(create(spec.replace('\'', '"')), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'template':'x'} # spec.template: expected an object, got a string",
                "{'template':{'spec':{'containers':{}}}} # spec.template.spec.containers: expected an array, got an object",
                "{'steps':'x'} # spec.steps: expected an array, got a string",
                "{'steps':['x']} # spec.steps: expected an object, got a string",
                "{'steps':[{'image':1}]} # spec.steps.image: expected a string, got a number",
                "{'steps':[{'image':{'repository':'nginx'}}]} # spec.steps.image: expected a string, got an object",
                "{'steps':{'a.b':{'image':'r.example/a'}}} # spec.steps: expected names of letters, digits, '-' and '_'",
                "{'lists':[{'a':[]}]} # spec.lists: expected a string, got an array",
                "{'tool':{'image':['nginx']}} # spec.tool.image: expected a string, got an array",
                "[] # spec: expected an object, got an array",
            })
    @DisplayName("another value than a text at a place is denied")
    void malformed(String spec, String expected) {
        assertDenied(create(spec.replace('\'', '"')), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{}",
                "null",
                "{'image':'nginx','steps':null,'tool':{}}",
                "{'steps':[{'name':'a'},null,{'image':null}]}",
                "{'parts':[],'lists':[[],null]}",
                "{'template':{'spec':{'containers':[{'name':'a','image':'r.example/a'}]}}}",
                "{'steps':[{'image':'r.example/a'}],'tool':{'image':'r.example/b'}}",
            })
    @DisplayName("what is not there is no image, and what no place names is not looked at: the policy names all places")
    void allowed(String spec) {
        assertThat(validate(create(spec.replace('\'', '"')))).contains("\"allowed\":true");
    }

    private static String release(String values) {
        return "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"1\",\"kind\":{\"group\":\"helm.toolkit.fluxcd.io\","
                + "\"version\":\"v2\",\"kind\":\"HelmRelease\"},\"operation\":\"CREATE\",\"object\":{\"spec\":{\"values\":"
                + values.replace('\'', '"') + "}}}}";
    }

    private static String own(Workload workload, String kind, String spec) {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("ours", Rules.allow("r.example/**"))
                .workload(workload)
                .build());
        return answer(policies, "/validate", create(spec.replace('\'', '"')).replace("Widget", kind));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'image':['nginx']} # the field \\\"spec.values.image\\\" names an image that cannot be read",
                "{'a':[{'initImage':[]}]} # the field \\\"spec.values.a[0].initImage\\\"",
                "{'image':5} # the field \\\"spec.values.image\\\"",
                "{'image':true} # the field \\\"spec.values.image\\\"",
                "{'image':{'name':'nginx','tag':'1'}} # the field \\\"spec.values.image\\\"",
                "{'image':{'registry':'evil.example','tag':'1'}} # the field \\\"spec.values.image\\\"",
                "{'image':{'repository':'','tag':'1'}} # the field \\\"spec.values.image\\\"",
                "{'image':{'repository':['nginx']}} # the field \\\"spec.values.image\\\"",
                "{'image':{'repository':'r.example/a','tag':{'b':'c'}}} # the field \\\"spec.values.image\\\"",
                "{'global':{'imageRegistry':['a']}} # the field \\\"spec.values.global.imageRegistry\\\"",
                "{'global':{'imageRegistry':'evil.example'},'image':{'registry':'r.example','repository':'a','tag':'1'}} # evil.example/a:1",
                "{'image':{'repository':'a','tag':'1'},'global':{'imageRegistry':'evil.example'}} # evil.example/a:1",
                "{'image':{'registry':'evil.example','repository':'a','tag':'1'},'global':{'imageRegistry':'r.example'}} # evil.example/a:1",
                "{'image':'nginx','global':{'imageRegistry':'r.example'}} # image \\\"nginx\\\"",
            })
    @DisplayName("values of a chart in a kind of one's own with an image that cannot be read are denied")
    void ownValues(String values, String expected) {
        Workload workload = Workload.of("Chart.example.com").withHelmValues("spec.values");
        assertThat(own(workload, "Chart", "{'values':" + values + "}"))
                .contains("\"allowed\":false")
                .contains(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{'image':null,'otherImage':{},'imageTag':'1','images':['nginx'],'count':5}",
                "{'image':{'pullPolicy':'Always','tag':null}}",
                "{'image':{'repository':'','tag':''}}",
                "{'image':''}",
                "{'image':{'registry':'r.example','repository':'a','tag':'1'},'global':{'imageRegistry':''}}",
                "{'image':{'registry':'r.example','repository':'a'},'global':{'imageRegistry':'r.example/mirror'}}",
                "{'image':'r.example/a','global':{'imageRegistry':'evil.example'}}",
                "{'a':{'global':{'imageRegistry':'evil.example'}},'image':{'registry':'r.example','repository':'a'}}",
            })
    @DisplayName("values of a chart in a kind of one's own that leave the image to the chart, or name it, are read")
    void ownValuesRead(String values) {
        Workload workload = Workload.of("Chart.example.com").withHelmValues("spec.values");
        assertThat(own(workload, "Chart", "{'values':" + values + "}")).contains("\"allowed\":true");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "spec.template # {'template':{'spec':{'containers':[{'image':'r.example/a'}]}}} # spec.template.spec",
                "spec.template # {'template':{'metadata':{},'pod':{'a':1,'containers':[]}}} # spec.template.pod",
                "spec.template # {'template':{'containers':null,'spec':{'containers':[]}}} # spec.template.spec",
                "spec.template # {'template':{'containers':[],'spec':{'containers':[{'image':'nginx'}]}}} # spec.template.spec",
                "spec.template # {'template':{'spec':{'containers':[{'image':'nginx'}]},'containers':[]}} # spec.template.spec",
                "spec.template # {'template':{'a.b':{'containers':[]}}} # a.b",
                "spec.parts[*] # {'parts':[{'containers':[{'image':'r.example/a'}]},{'spec':{'containers':[]}}]} # spec.parts[1].spec",
                "spec.parts[*] # {'parts':[{'spec':{'containers':[]}}]} # podSpec: \\\"spec.parts[*].spec\\\"",
                "spec # {'template':{'containers':[]}} # spec.template",
            })
    @DisplayName("an object whose containers stand one level below the pod specification that a policy names is denied")
    void misplaced(String podSpec, String spec, String expected) {
        assertThat(own(Workload.of("Job.example.com").withPodSpec(podSpec), "Job", spec))
                .contains("\"allowed\":false")
                .contains("containers stand at")
                .contains(expected);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "spec.template.spec # {'template':{'spec':{'containers':[{'image':'r.example/a'}],'a':{'containers':[]}}}}",
                "spec.template.spec # {'workloadRef':{'containers':[]}}",
                "spec.template.spec # {'template':null}",
                "spec.template.spec # {'template':{'spec':{}}}",
                "spec.template.spec # {'template':{'spec':{'a':{'b':{'containers':[]}}}}}",
                "spec.template # {'template':{'spec':[{'containers':[]}]}}",
                "spec.parts[*] # {'parts':[{'containers':[]},{}]}",
            })
    @DisplayName("an object without a template, and one with containers where the policy names them, are read")
    void placed(String podSpec, String spec) {
        assertThat(own(Workload.of("Job.example.com").withPodSpec(podSpec), "Job", spec))
                .contains("\"allowed\":true");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'image':'nginx'} # image \\\"nginx\\\" (spec.values.image)",
                "{'a':[{'initImage':'nginx'}]} # image \\\"nginx\\\" (spec.values.a[0].initImage)",
                "{'a':{'image':{'repository':'nginx','tag':'1','pullPolicy':'Always'}}} # image \\\"nginx:1\\\" (spec.values.a.image)",
                "{'image':{'tag':1.27,'registry':'docker.io','repository':'nginx'}} # image \\\"docker.io/nginx:1.27\\\"",
                "{'image':{'repository':'nginx','digest':'sha256:x'}} # is not a valid reference",
                "{'image':{'repository':'r.example/a','helperImage':'nginx'}} # image \\\"nginx\\\" (spec.values.image.helperImage)",
                "{'a.b':{'image':'nginx'}} # spec.values.",
                "{'image':{'tag':'1'}} # the field \\\"image\\\" may name an image",
                "{'image':{'name':'nginx'}} # the field \\\"image\\\" may name an image",
                "{'image':{'repository':'r.example','name':'nginx'}} # the field \\\"image\\\" may name an image",
                "{'imageTag':'1'} # the field \\\"imageTag\\\" may name an image",
                "{'a':{'repository':'nginx','tag':'1'}} # may name an image",
                "'x' # spec.values: expected an object, got a string",
                "['nginx'] # spec.values: expected an object, got an array",
            })
    @DisplayName("an image in values of a chart is checked, and one that cannot be told is denied")
    void deniedValues(String values, String expected) {
        assertDenied(release(values), expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{}",
                "null",
                "{'image':{'pullPolicy':'Always'},'replicas':3}",
                "{'image':{'registry':'r.example','repository':'a','tag':'1','pullPolicy':'Always'}}",
                "{'image':'r.example/a','sidecars':[{'image':{'repository':'r.example/b','tag':'1'}}]}",
                "{'image':''}",
            })
    @DisplayName("values that name no other image are allowed")
    void allowedValues(String values) {
        assertThat(validate(release(values))).contains("\"allowed\":true");
    }

    @Test
    @DisplayName("an image in parts is checked as it is written: nothing can rewrite it")
    void partsAreNotRewritten() {
        assertThat(answer(rewriting("Pod"), "/validate", release("{'image':'nginx'}")))
                .contains("\"allowed\":true");
        assertThat(answer(rewriting("Pod"), "/validate", release("{'image':{'repository':'nginx','tag':'1'}}")))
                .contains("\"allowed\":false");
    }

    @Test
    @DisplayName("the kind may come after the object")
    void lateKind() {
        String kind = "\"kind\":{\"group\":\"example.com\",\"version\":\"v1\",\"kind\":\"Widget\"},";
        for (String spec : List.of("{\"steps\":[{\"image\":\"nginx\"}]}", "{\"steps\":\"x\"}")) {
            String body = create(spec).replace(kind, "");
            String late = body.substring(0, body.length() - 2) + "," + kind.substring(0, kind.length() - 1) + "}}";
            assertDenied(late, "spec.steps");
        }
        String fine = create("{\"steps\":[{\"image\":\"r.example/a\"}],\"containers\":[1],\"template\":{\"spec\":{}}}")
                .replace(kind, "");
        assertThat(validate(fine.substring(0, fine.length() - 2) + "," + kind.substring(0, kind.length() - 1) + "}}"))
                .contains("\"allowed\":true");
    }

    @Test
    @DisplayName(
            "a well-known kind that comes after its object is denied for an image that only other kinds have there")
    void lateWellKnownKind() {
        String body =
                "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"1\",\"operation\":\"CREATE\",\"object\":{\"spec\":%s},"
                        + "\"kind\":{\"group\":\"argoproj.io\",\"version\":\"v1\",\"kind\":\"Rollout\"}}}";
        assertDenied(
                body.formatted("{\"steps\":[{\"image\":\"r.example/a\"}]}"),
                "the field \\\"spec.steps[*].image\\\" may name an image");
        assertThat(validate(body.formatted("{\"template\":{\"spec\":{\"containers\":[{\"image\":\"r.example/a\"}]}}}")))
                .contains("\"allowed\":true");
    }

    @Test
    @DisplayName("more images or templates than the limit are denied")
    void limits() {
        String images = "{\"image\":\"r.example/a\"},".repeat(1_001);
        String steps = "{\"steps\":[" + images.substring(0, images.length() - 1) + "]";
        assertThat(validate(create(steps + "}"))).contains("spec.steps: expected 1000 images at most in one object");
        String half = "{\"image\":\"r.example/a\"},".repeat(501);
        half = "[" + half.substring(0, half.length() - 1) + "]";
        assertThat(validate(create("{\"steps\":" + half + ",\"template\":{\"spec\":{\"containers\":" + half + "}}}")))
                .contains("expected 1000 images at most in one object");
        String parts = "{\"template\":{}},".repeat(1_001);
        assertThat(validate(create("{\"parts\":[" + parts.substring(0, parts.length() - 1) + "]}")))
                .contains("expected 1000 templates at most in one object");
    }

    @Test
    @DisplayName("an unknown kind is denied with the line that makes it known")
    void unknownKind() {
        PolicySet none = PolicySet.of(
                Policy.builder("p").rule("ours", Rules.allow("r.example/**")).build());
        assertThat(answer(none, "/validate", create("{\"template\":{\"spec\":{\"containers\":[{\"image\":\"a\"}]}}}")))
                .contains("add {kind: Widget.example.com, podSpec: spec.template.spec} to spec.workloads of the policy")
                .contains("add Widget.example.com to ignoredKinds");
        assertThat(answer(none, "/validate", create("{\"steps\":[{\"image\":\"a\"}]}")))
                .contains("add {kind: Widget.example.com, images: [\\\"spec.steps[*].image\\\"]} to spec.workloads");
        assertThat(answer(none, "/validate", create("{\"other\":{\"image\":\"a\"}}")))
                .contains("add {kind: Widget.example.com, podSpec: PATH} to spec.workloads");
        assertThat(answer(
                        none,
                        "/validate",
                        create("{}").replace("example.com", "apps").replace("Widget", "Deploymnet")))
                .contains("did you mean Deployment.apps?")
                .doesNotContain("spec.workloads");
    }

    @Test
    @DisplayName("labels and annotations of pods are those of the template; of templates that differ none are told")
    void templates() {
        List<ReviewEvent> events = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(() -> PolicySet.of(policy().build()))
                .listener(events::add)
                .build();
        String template =
                "{\"metadata\":{\"labels\":{\"app\":\"%s\"},\"annotations\":{\"a\":\"b\"}},\"spec\":{\"containers\":[{\"image\":\"r.example/a\"}]}}";
        review(webhook, create("{\"template\":" + template.formatted("web") + "}"));
        assertThat(events.get(events.size() - 1).review().orElseThrow().labels())
                .hasValueSatisfying(labels -> assertThat(labels).containsEntry("app", "web"));
        assertThat(events.get(events.size() - 1).review().orElseThrow().templates())
                .containsOnlyKeys("spec.template");
        String parts = "{\"parts\":[{\"template\":%s},{\"template\":%s}]}";
        review(webhook, create(parts.formatted(template.formatted("web"), template.formatted("web"))));
        assertThat(events.get(events.size() - 1).review().orElseThrow().labels())
                .isPresent();
        assertThat(events.get(events.size() - 1).review().orElseThrow().templates())
                .containsOnlyKeys("spec.parts[0].template", "spec.parts[1].template");
        review(webhook, create(parts.formatted(template.formatted("web"), template.formatted("db"))));
        assertThat(events.get(events.size() - 1).review().orElseThrow().labels())
                .isEmpty();
        assertThat(events.get(events.size() - 1).review().orElseThrow().podAnnotations())
                .containsEntry("a", "b");
    }

    private static void review(PolicyWebhook webhook, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        webhook.review("/validate", bytes, bytes.length);
    }

    private static PolicySet rewriting(String... kinds) {
        Mutation mutation = Mutation.rewriting(List.of(ImageRewrite.of("docker.io/**", "r.example/hub/**")))
                .withKinds(List.of(kinds));
        return PolicySet.of(policy().mutation(mutation).build());
    }

    private static String patch(String answer) {
        Matcher patch = PATCH.matcher(answer);
        return patch.find() ? new String(Base64.getDecoder().decode(patch.group(1)), UTF_8) : "none";
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '~',
            value = {
                "{'template':{'spec':{'containers':[{'image':'nginx'}]}}} # /spec/template/spec/containers/0/image",
                "{'parts':[{},{'template':{'spec':{'volumes':[{'image':{'reference':'nginx'}}]}}}]} # /spec/parts/1/template/spec/volumes/0/image/reference",
                "{'parts':{'left':{'template':{'spec':{'initContainers':[{'image':'nginx'}]}}}}} # /spec/parts/left/template/spec/initContainers/0/image",
                "{'steps':[{},{'image':'nginx'}]} # /spec/steps/1/image",
                "{'steps':{'one':{'image':'nginx'}}} # /spec/steps/one/image",
                "{'lists':[[],['r.example/b','nginx']]} # /spec/lists/1/1",
                "{'tool':{'image':'nginx'}} # /spec/tool/image",
            })
    @DisplayName("a mutating webhook patches images of a kind that mutate names")
    void patched(String spec, String pointer) {
        String body = create(spec.replace('\'', '"'));
        String answer = answer(rewriting("Pod", "Widget.example.com"), "/mutate", body);
        assertThat(answer).contains("\"allowed\":true");
        assertThat(patch(answer))
                .isEqualTo("[{\"op\":\"test\",\"path\":\"" + pointer
                        + "\",\"value\":\"nginx\"},{\"op\":\"replace\",\"path\":\"" + pointer
                        + "\",\"value\":\"r.example/hub/library/nginx\"}]");
        // Without the kind, its images are checked by the names that its pods will have.
        String other = answer(rewriting("Pod"), "/mutate", body);
        assertThat(other).contains("\"allowed\":true");
        assertThat(patch(other)).isEqualTo("none");
    }

    @Test
    @DisplayName("neither objects that a controller owns nor images that an object had are patched")
    void notPatched() {
        PolicySet policies = rewriting("Pod", "Widget.example.com");
        String spec = "{\"steps\":[{\"name\":\"a\",\"image\":\"nginx\"},{\"name\":\"b\",\"image\":\"%s\"}]}";
        String owned =
                "{\"metadata\":{\"ownerReferences\":[{\"controller\":true}]},\"spec\":" + spec.formatted("redis") + "}";
        assertThat(patch(answer(policies, "/mutate", request("CREATE", owned, "null"))))
                .isEqualTo("none");
        String update = request(
                "UPDATE",
                "{\"spec\":" + spec.formatted("redis") + "}",
                "{\"spec\":" + spec.formatted("r.example/a") + "}");
        assertThat(patch(answer(policies, "/mutate", update)))
                .contains("/spec/steps/1/image")
                .doesNotContain("/steps/0");
    }

    @Test
    @DisplayName("a review is read and decided by the policies of one moment")
    void reloads() {
        PolicySet before = PolicySet.of(
                Policy.builder("p").rule("ours", Rules.allow("r.example/**")).build());
        AtomicReference<PolicySet> current = new AtomicReference<>(before);
        PolicyWebhook webhook = PolicyWebhook.of(current::get);
        byte[] body = create("{\"tool\":{\"image\":\"r.example/a\"}}").getBytes(UTF_8);
        assertThat(new String(webhook.review("/validate", body, body.length).body(), UTF_8))
                .contains("is unknown");
        current.set(PolicySet.of(policy().build()));
        assertThat(new String(webhook.review("/validate", body, body.length).body(), UTF_8))
                .contains("\"allowed\":true");
    }
}
