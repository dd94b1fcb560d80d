package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.UpdateScope;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rules;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Break-glass with users and groups, as requests that arrive: for whom it is open, that nobody else arms it beforehand and,
 * beside it, what everybody may do.
 */
class BreakGlassWebhookTest {

    private static final String KEY = "ticket.image-policy.k8s.io/break-glass";
    private static final String ARMED = "INC-7";
    private static final String KUBE = "system:serviceaccount:kube-system:";
    private static final String REPLICAS = KUBE + "replicaset-controller";
    private static final String BAD = "nginx";
    private static final String WORSE = "redis";
    private static final String GOOD = "nginx:1";

    private static final BreakGlass GLASS = BreakGlass.of(KEY, "INC-*", GlobSet.of("prod-*"))
            .withUsers(GlobSet.of("alice", REPLICAS, "system:kube-controller-manager", "system:serviceaccount:ci:*"))
            .withGroups(GlobSet.of("sre-*"));
    private static final MutatingClient CLIENT = client(UpdateScope.CHANGED_IMAGES);

    private static PolicyBuilder policy(UpdateScope scope) {
        return Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(GLASS)
                .onUpdate(scope);
    }

    private static MutatingClient client(UpdateScope scope) {
        return new MutatingClient(policy(scope).build());
    }

    /** Decides on a request in both webhooks, which decide alike. */
    private static JsonObject decide(MutatingClient client, String body) {
        JsonObject response = client.validate(body);
        JsonObject mutating = client.mutate(body);
        assertThat(allowed(mutating)).isEqualTo(allowed(response));
        assertThat(patch(mutating)).isEmpty();
        return response;
    }

    private static boolean isAllowed(Request request) {
        return allowed(decide(CLIENT, request.body()));
    }

    private static String reasonOf(Request request) {
        return reason(decide(CLIENT, request.body()));
    }

    private static String annotations(String value) {
        return value.isEmpty() ? "\"annotations\":{}" : "\"annotations\":{\"" + KEY + "\":\"" + value + "\"}";
    }

    private static String containers(String image) {
        return "{\"containers\":[{\"name\":\"c\",\"image\":\"" + image + "\"}]}";
    }

    private static String deployment(String own, String template, String image) {
        return "{\"metadata\":{" + annotations(own) + "},\"spec\":{\"template\":{\"metadata\":{" + annotations(template)
                + "},\"spec\":" + containers(image) + "}}}";
    }

    private static String pod(String own, String image) {
        return "{\"metadata\":{" + annotations(own) + "},\"spec\":" + containers(image) + "}";
    }

    private static String owned(String object) {
        return object.replaceFirst(
                "\"metadata\":\\{",
                "\"metadata\":{\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\"r\",\"controller\":true}],");
    }

    /** A request with the user bob, who may not break the glass. */
    private record Request(
            String group,
            String kind,
            String subresource,
            String operation,
            String namespace,
            String user,
            String object,
            String old) {

        static Request creates(String group, String kind, String object) {
            return new Request(group, kind, "", "CREATE", "prod-eu", user("bob", "developers"), object, "null");
        }

        static Request updates(String group, String kind, String old, String object) {
            return new Request(group, kind, "", "UPDATE", "prod-eu", user("bob", "developers"), object, old);
        }

        private static String user(String name, String group) {
            return "{\"username\":\"" + name + "\",\"groups\":[\"" + group + "\",\"system:authenticated\"]}";
        }

        Request as(String name) {
            return by(user(name, "developers"));
        }

        Request of(String groupOfUser) {
            return by(user("carol", groupOfUser));
        }

        Request by(String userInfo) {
            return new Request(group, kind, subresource, operation, namespace, userInfo, object, old);
        }

        Request in(String other) {
            return new Request(group, kind, subresource, operation, other, user, object, old);
        }

        Request through(String other) {
            return new Request(group, kind, other, operation, namespace, user, object, old);
        }

        Request doing(String other) {
            return new Request(group, kind, subresource, other, namespace, user, object, old);
        }

        String body() {
            return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                    + "\"kind\":{\"group\":\"" + group + "\",\"version\":\"v1\",\"kind\":\"" + kind + "\"},"
                    + "\"subResource\":\"" + subresource + "\",\"operation\":\"" + operation + "\",\"namespace\":\""
                    + namespace + "\",\"userInfo\":" + user + ",\"object\":" + object + ",\"oldObject\":" + old + "}}";
        }
    }

    private static Request createsPod(String own, String image) {
        return Request.creates("", "Pod", pod(own, image));
    }

    private static Request updatesDeployment(String old, String object) {
        return Request.updates("apps", "Deployment", old, object);
    }

    @Test
    void theGlassIsOpenForNamedUsersAndUsersOfNamedGroups() {
        Request bad = createsPod(ARMED, BAD);
        assertThat(isAllowed(bad.as("alice"))).isTrue();
        assertThat(decide(CLIENT, bad.as("alice").body())
                        .getJsonObject("auditAnnotations")
                        .getString("broke-glass"))
                .startsWith("INC-7: ");
        assertThat(isAllowed(bad.of("sre-eu"))).isTrue();
        assertThat(isAllowed(bad.as("alice2"))).isFalse();
        assertThat(isAllowed(bad.as("sre-eu"))).isFalse();
        assertThat(isAllowed(bad.of("alice"))).isFalse();
        assertThat(isAllowed(bad.of("not-sre-eu"))).isFalse();
        assertThat(isAllowed(bad)).isFalse();
        // The value and the namespace matter as without users.
        assertThat(isAllowed(createsPod("TODO-7", BAD).as("alice"))).isFalse();
        assertThat(isAllowed(createsPod("", BAD).as("alice"))).isFalse();
        assertThat(isAllowed(bad.in("dev").as("alice"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"username\":\"\",\"groups\":[\"sre-eu\"]}",
                "{\"groups\":[\"sre-eu\"]}",
                "{\"username\":\"carol\",\"groups\":null}",
                "{\"username\":\"carol\",\"groups\":[1,\"sre-eu\"]}",
            })
    void theGlassIsClosedForAUserThatIsNotTold(String userInfo) {
        assertThat(isAllowed(createsPod(ARMED, BAD).by(userInfo))).isFalse();
        assertThat(isAllowed(createsPod(ARMED, GOOD).by(userInfo))).isFalse();
        assertThat(isAllowed(createsPod("", GOOD).by(userInfo))).isTrue();
    }

    @Test
    void theGlassIsClosedBehindImagePolicyWebhookWhichTellsNoUser() {
        for (String image : List.of(BAD, GOOD)) {
            byte[] body =
                    ("{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                                    + "[{\"image\":\"" + image + "\"}],\"namespace\":\"prod-eu\"," + annotations(ARMED)
                                    + "}}")
                            .getBytes(UTF_8);
            PolicyWebhook webhook =
                    PolicyWebhook.of(() -> PolicySet.of(policy(UpdateScope.ALL).build()));
            String answer = new String(
                    webhook.review("/image_policy", body, body.length).body(), UTF_8);
            if (image.equals(BAD)) {
                assertThat(answer)
                        .contains("\"allowed\":false")
                        .contains(
                                "the break-glass annotation \\\"" + KEY + "\\\" does not count: the user is not known");
            } else {
                // The review does not tell whether the annotation is new, and it opens nothing.
                assertThat(answer).contains("\"allowed\":true");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void nobodyElseArmsAnOldDeployment(UpdateScope scope) {
        MutatingClient client = client(scope);
        for (String image : List.of(GOOD, BAD)) {
            String old = deployment("", "", image);
            for (String armed : List.of(
                    deployment(ARMED, "", image), deployment("", ARMED, image), deployment(ARMED, ARMED, image))) {
                Request request = updatesDeployment(old, armed);
                assertThat(reason(decide(client, request.body())))
                        .contains("the request adds or changes the break-glass annotation \"" + KEY + "\" in ")
                        .contains("but user \"bob\" is none of those who may break the glass");
                // Another value arms nothing, and neither does the annotation elsewhere.
                assertThat(allowed(decide(client, request.in("dev").body())))
                        .isEqualTo(scope != UpdateScope.ALL || image.equals(GOOD));
                String harmless =
                        updatesDeployment(old, armed.replace(ARMED, "TODO-7")).body();
                assertThat(allowed(decide(client, harmless))).isEqualTo(scope != UpdateScope.ALL || image.equals(GOOD));
            }
            assertThat(allowed(decide(
                            client,
                            updatesDeployment(old, deployment(ARMED, ARMED, image))
                                    .as("alice")
                                    .body())))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void whatANamedUserArmsIsCheckedWhateverThePolicySaysOfUpdates(UpdateScope scope) {
        MutatingClient client = client(scope);
        Request both = updatesDeployment(deployment("", "", BAD), deployment(ARMED, ARMED, BAD))
                .as("alice");
        assertThat(decide(client, both.body()).getJsonObject("auditAnnotations").getString("broke-glass"))
                .contains("INC-7: image \"nginx\"");
        // The Deployment itself lacks it, and has an image that violates the rule.
        Request template = updatesDeployment(deployment("", "", BAD), deployment("", ARMED, BAD))
                .as("alice");
        assertThat(reason(decide(client, template.body())))
                .contains("rule \"fixed-tag\"")
                .contains("missing in metadata.annotations but set in spec.template.metadata.annotations");
        Request label = updatesDeployment(deployment(ARMED, ARMED, BAD), deployment(ARMED, ARMED, BAD));
        assertThat(allowed(decide(client, label.body()))).isEqualTo(scope != UpdateScope.ALL);
    }

    @Test
    void aDenialNamesAllPlacesAndAllViolations() {
        assertThat(reasonOf(updatesDeployment(deployment("", "", GOOD), deployment(ARMED, ARMED, BAD))))
                .contains("in metadata.annotations, spec.template.metadata.annotations, but user")
                .contains("rule \"fixed-tag\"")
                .doesNotContain("does not count");
        assertThat(reasonOf(updatesDeployment(deployment(ARMED, "", GOOD), deployment(ARMED, ARMED, GOOD))))
                .contains("in spec.template.metadata.annotations, but user");
        assertThat(reasonOf(createsPod(ARMED, GOOD).as("b\\nob"))).contains("user \"b\\nob\" is none");
    }

    @Test
    void theAnnotationMayBeKeptAndRemovedByEverybodyAndChangedByNoneElse() {
        String armed = deployment(ARMED, ARMED, GOOD);
        assertThat(isAllowed(updatesDeployment(armed, armed))).isTrue();
        assertThat(isAllowed(updatesDeployment(armed, deployment("", ARMED, GOOD))))
                .isTrue();
        assertThat(isAllowed(updatesDeployment(armed, deployment("", "", GOOD))))
                .isTrue();
        assertThat(isAllowed(updatesDeployment(armed, deployment("TODO-7", "", GOOD))))
                .isTrue();
        assertThat(isAllowed(updatesDeployment(armed, deployment("INC-8", ARMED, GOOD))))
                .isFalse();
        assertThat(isAllowed(updatesDeployment(armed, deployment(ARMED, "INC-8", GOOD))))
                .isFalse();
        assertThat(isAllowed(updatesDeployment(armed, deployment("INC-8", ARMED, GOOD))
                        .as("alice")))
                .isTrue();
        assertThat(isAllowed(updatesDeployment(deployment("TODO-7", "", GOOD), deployment(ARMED, "", GOOD))))
                .isFalse();
        // Without the old object every annotation is new.
        assertThat(isAllowed(updatesDeployment("null", armed))).isFalse();
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void anArmedObjectGetsNoOtherImageFromSomebodyElse(UpdateScope scope) {
        MutatingClient client = client(scope);
        String armed = deployment(ARMED, ARMED, GOOD);
        Request later = updatesDeployment(armed, deployment(ARMED, ARMED, BAD));
        assertThat(reason(decide(client, later.body())))
                .contains("rule \"fixed-tag\"")
                .contains("the break-glass annotation \"" + KEY
                        + "\" does not count: user \"bob\" is none of those who may break the glass");
        assertThat(allowed(decide(client, later.as("alice").body()))).isTrue();
        Request pod = Request.updates("", "Pod", pod(ARMED, GOOD), pod(ARMED, BAD));
        assertThat(allowed(decide(client, pod.body()))).isFalse();
        assertThat(allowed(decide(client, pod.of("sre-eu").body()))).isTrue();
        // What a named user let in stays only while it is the image.
        Request broken = updatesDeployment(deployment(ARMED, ARMED, BAD), deployment(ARMED, ARMED, WORSE));
        assertThat(allowed(decide(client, broken.body()))).isFalse();
    }

    @Test
    void anEphemeralContainerInAnArmedPodNeedsANamedUser() {
        String debugged = pod(ARMED, GOOD)
                .replace(
                        "\"containers\":",
                        "\"ephemeralContainers\":[{\"name\":\"d\",\"image\":\"busybox\"}],\"containers\":");
        Request debug = Request.updates("", "Pod", pod(ARMED, GOOD), debugged).through("ephemeralcontainers");
        assertThat(isAllowed(debug)).isFalse();
        assertThat(isAllowed(debug.as("alice"))).isTrue();
        Request arming =
                Request.updates("", "Pod", pod("", GOOD), pod(ARMED, GOOD)).through("ephemeralcontainers");
        assertThat(isAllowed(arming)).isFalse();
        assertThat(isAllowed(arming.as("alice"))).isTrue();
    }

    @Test
    void theServiceAccountOfAControllerCountsForWhatAControllerOwns() {
        String pod = pod(ARMED, BAD);
        for (String controller :
                List.of(REPLICAS, "system:kube-controller-manager", "system:serviceaccount:ci:runner")) {
            Request creates = Request.creates("", "Pod", owned(pod)).as(controller);
            assertThat(isAllowed(creates)).as(controller).isTrue();
            assertThat(reasonOf(Request.creates("", "Pod", pod).as(controller)))
                    .contains("but service account \"" + controller
                            + "\" may break the glass only for objects that a controller owns");
            assertThat(isAllowed(Request.creates("", "Pod", owned(pod).replace("true", "false"))
                            .as(controller)))
                    .isFalse();
        }
        // A controller that is not named.
        assertThat(isAllowed(Request.creates("", "Pod", owned(pod)).as(KUBE + "job-controller")))
                .isFalse();
        assertThat(isAllowed(Request.creates("", "Pod", owned(pod)).as("system:serviceaccount:cicd:runner")))
                .isFalse();
        // Whoever writes a pod writes its owners, too.
        assertThat(isAllowed(Request.creates("", "Pod", owned(pod)))).isFalse();
        // People need no owner.
        assertThat(isAllowed(Request.creates("", "Pod", pod).as("alice"))).isTrue();
        assertThat(isAllowed(Request.creates("", "Pod", owned(pod)).as("alice")))
                .isTrue();
    }

    @Test
    void aNamedGroupOfServiceAccountsCountsForOwnedObjectsAlone() {
        BreakGlass ofGroup = BreakGlass.of(KEY, "INC-*", GlobSet.of("prod-*"))
                .withGroups(GlobSet.of("system:serviceaccounts:kube-system"));
        MutatingClient client = new MutatingClient(Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(ofGroup)
                .build());
        String account = "{\"username\":\"" + REPLICAS + "\",\"groups\":[\"system:serviceaccounts:kube-system\"]}";
        assertThat(allowed(decide(
                        client,
                        Request.creates("", "Pod", owned(pod(ARMED, BAD)))
                                .by(account)
                                .body())))
                .isTrue();
        assertThat(allowed(decide(
                        client,
                        Request.creates("", "Pod", pod(ARMED, BAD)).by(account).body())))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "apps, ReplicaSet",
        "apps, StatefulSet",
        "apps, DaemonSet",
        "apps, Deployment",
        "batch, Job",
        "'', ReplicationController",
    })
    void nobodyElseHasAControllerCreateArmedPods(String group, String kind) {
        Request creates = Request.creates(group, kind, deployment("", ARMED, GOOD));
        assertThat(isAllowed(creates)).isFalse();
        assertThat(isAllowed(creates.as("alice"))).isTrue();
        assertThat(isAllowed(Request.creates(group, kind, deployment("", "TODO-7", GOOD))))
                .isTrue();
        // A controller copies what it was told: a Deployment's annotations to its ReplicaSet.
        Request copies = Request.creates(group, kind, owned(deployment(ARMED, ARMED, BAD)));
        assertThat(isAllowed(copies.as(REPLICAS))).isTrue();
        assertThat(isAllowed(copies)).isFalse();
    }

    @Test
    void nobodyElseArmsTemplatesOfTemplates() {
        String cronJob = "{\"metadata\":{},\"spec\":{\"jobTemplate\":{\"metadata\":{%s},\"spec\":{\"template\":{"
                + "\"metadata\":{%s},\"spec\":" + containers(GOOD) + "}}}}}";
        for (String armed : List.of(
                cronJob.formatted(annotations(ARMED), annotations("")),
                cronJob.formatted(annotations(""), annotations(ARMED)))) {
            assertThat(isAllowed(Request.creates("batch", "CronJob", armed))).isFalse();
            assertThat(isAllowed(Request.creates("batch", "CronJob", armed).as("alice")))
                    .isTrue();
        }
        assertThat(isAllowed(
                        Request.creates("batch", "CronJob", cronJob.formatted(annotations(""), annotations("TODO-7")))))
                .isTrue();
        String template = "{\"metadata\":{},\"template\":" + pod(ARMED, GOOD) + "}";
        assertThat(isAllowed(Request.creates("", "PodTemplate", template))).isFalse();
        assertThat(isAllowed(Request.creates("", "PodTemplate", template).as("alice")))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"status", "resize", "other"})
    void nobodyElseArmsAnObjectThroughASubresource(String subresource) {
        Request pods = Request.updates("", "Pod", pod("", BAD), pod(ARMED, BAD)).through(subresource);
        assertThat(reasonOf(pods)).contains("adds or changes the break-glass annotation");
        assertThat(isAllowed(pods.as("alice"))).isTrue();
        assertThat(isAllowed(Request.updates("", "Pod", pod("", BAD), pod("TODO-7", BAD))
                        .through(subresource)))
                .isTrue();
        assertThat(isAllowed(Request.updates("", "Pod", pod(ARMED, BAD), pod(ARMED, BAD))
                        .through(subresource)))
                .isTrue();
        Request deployments = updatesDeployment(deployment("", "", BAD), deployment(ARMED, "", BAD))
                .through(subresource);
        assertThat(isAllowed(deployments)).isFalse();
        assertThat(isAllowed(deployments.as("alice"))).isTrue();
    }

    @Test
    void nobodyElseArmsAPodByItsBinding() {
        // The API server copies annotations of a binding to its pod.
        Request binding = Request.creates("", "Binding", "{\"metadata\":{" + annotations(ARMED) + "},\"target\":{}}")
                .through("binding");
        assertThat(isAllowed(binding)).isFalse();
        assertThat(isAllowed(binding.as("alice"))).isTrue();
        assertThat(isAllowed(Request.creates("", "Binding", "{\"metadata\":{},\"target\":{}}")
                        .through("binding")))
                .isTrue();
    }

    @Test
    void nobodyElseArmsAnObjectThatIsBeingDeletedOrHasNoImages() {
        String deleting = "\"metadata\":{\"deletionTimestamp\":\"2026-11-24T21:04:49Z\",";
        Request request = Request.updates("", "Pod", pod("", BAD), pod(ARMED, BAD));
        Request terminating = Request.updates(
                "",
                "Pod",
                request.old().replace("\"metadata\":{", deleting),
                request.object().replace("\"metadata\":{", deleting));
        assertThat(isAllowed(terminating)).isFalse();
        assertThat(isAllowed(terminating.as("alice"))).isTrue();
        Request finalizer = Request.updates("", "Pod", terminating.object(), terminating.object());
        assertThat(isAllowed(finalizer)).isTrue();
        Request empty = Request.creates("apps", "Deployment", "{\"metadata\":{" + annotations(ARMED) + "}}");
        assertThat(isAllowed(empty)).isFalse();
        assertThat(isAllowed(empty.as("alice"))).isTrue();
    }

    @Test
    void nobodyElseArmsAWorkloadThatIsACustomResource() {
        for (String armed : List.of(deployment(ARMED, "", GOOD), deployment("", ARMED, GOOD))) {
            Request creates = Request.creates("argoproj.io", "Rollout", armed);
            assertThat(reasonOf(creates)).contains("adds or changes");
            assertThat(isAllowed(creates.as("alice"))).isTrue();
            Request updates = Request.updates("argoproj.io", "Rollout", deployment("", "", GOOD), armed);
            assertThat(reasonOf(updates)).contains("adds or changes");
            assertThat(isAllowed(updates.as("alice"))).isTrue();
            assertThat(isAllowed(Request.updates("argoproj.io", "Rollout", armed, armed)))
                    .isTrue();
            assertThat(isAllowed(Request.updates("argoproj.io", "Rollout", armed, armed.replace(GOOD, BAD))))
                    .isFalse();
        }
        assertThat(isAllowed(Request.creates("argoproj.io", "Rollout", deployment("TODO-7", "TODO-7", GOOD))))
                .isTrue();
    }

    @Test
    void nobodyElseArmsAnObjectOfAnIgnoredKind() {
        MutatingClient client = new MutatingClient(policy(UpdateScope.CHANGED_IMAGES)
                .ignoreKind("Widget.example.com")
                .build());
        Request widget = Request.creates("example.com", "Widget", "{\"metadata\":{" + annotations(ARMED) + "}}");
        assertThat(reason(decide(client, widget.body()))).contains("adds or changes");
        assertThat(allowed(decide(client, widget.as("alice").body()))).isTrue();
        assertThat(allowed(decide(client, widget.in("dev").body()))).isTrue();
        assertThat(reason(decide(CLIENT, widget.body()))).contains("is unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "CONNECT"})
    void whatIsNotStoredArmsNothing(String operation) {
        assertThat(isAllowed(createsPod(ARMED, BAD).doing(operation))).isTrue();
        assertThat(isAllowed(createsPod(ARMED, GOOD).doing("CREATE"))).isFalse();
        assertThat(isAllowed(createsPod(ARMED, GOOD).doing("delete"))).isFalse();
    }

    @Test
    void eachPolicyHasItsOwnUsers() {
        Policy everybody = Policy.builder("everybody")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of(KEY, "INC-*", GlobSet.of("prod-*")))
                .build();
        Policy none = Policy.builder("none").rule("fixed", Rules.fixedTag()).build();
        Request bad = createsPod(ARMED, BAD);
        assertThat(allowed(decide(new MutatingClient(everybody), bad.body()))).isTrue();
        MutatingClient both =
                new MutatingClient(everybody, policy(UpdateScope.CHANGED_IMAGES).build());
        assertThat(reason(decide(both, bad.body()))).contains("adds or changes");
        assertThat(allowed(decide(both, bad.as("alice").body()))).isTrue();
        MutatingClient strict =
                new MutatingClient(policy(UpdateScope.CHANGED_IMAGES).build(), none);
        assertThat(reason(decide(strict, bad.as("alice").body()))).contains("rule \"fixed\"");
        // Only the policy whose annotation is added checks an update without new images.
        Request label = updatesDeployment(deployment("", "", BAD), deployment(ARMED, ARMED, BAD));
        assertThat(reason(decide(strict, label.body()))).doesNotContain("rule \"fixed\"");
        assertThat(allowed(decide(strict, label.as("alice").body()))).isTrue();
        assertThat(allowed(decide(new MutatingClient(everybody), label.body()))).isTrue();
    }

    @Test
    void aDeniedRequestIsNotPatched() {
        MutatingClient client = new MutatingClient(
                policy(UpdateScope.CHANGED_IMAGES).mutation(MUTATION).build());
        String armed = createsPod(ARMED, "quay.io/acme/api:1").body();
        assertThat(allowed(client.mutate(armed))).isFalse();
        assertThat(patch(client.mutate(armed))).isEmpty();
        String alice = createsPod(ARMED, "quay.io/acme/api:1").as("alice").body();
        assertThat(patch(client.mutate(alice))).isNotEmpty();
        String bob = createsPod("", "quay.io/acme/api:1").body();
        assertThat(patch(client.mutate(bob))).isNotEmpty();
    }
}
