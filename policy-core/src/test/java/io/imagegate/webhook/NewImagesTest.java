package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.reason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.fact.Fact;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.UpdateScope;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code onUpdate: new-images}: which images of an update are checked and, beside it, which are not. */
class NewImagesTest {

    private static final Policy NEW = policy("new", UpdateScope.NEW_IMAGES, Rules.fixedTag());
    private static final MutatingClient CLIENT = new MutatingClient(NEW);

    private static Policy policy(String name, UpdateScope scope, Rule rule) {
        return builder(name, scope, rule).build();
    }

    private static PolicyBuilder builder(String name, UpdateScope scope, Rule rule) {
        return Policy.builder(name).rule(name, rule).onUpdate(scope);
    }

    /** {@return containers of one list, such as {@code containers web=nginx:1 log=busybox}} */
    private static String list(String text) {
        String[] parts = text.strip().split(" ", -1);
        StringBuilder containers = new StringBuilder("\"" + parts[0] + "\":[");
        for (int i = 1; i < parts.length; i++) {
            String[] container = parts[i].split("=", 2);
            containers
                    .append(i == 1 ? "{" : ",{")
                    .append(container[0].isEmpty() ? "" : "\"name\":\"" + container[0] + "\",")
                    .append(
                            parts[0].equals("volumes")
                                    ? "\"image\":{\"reference\":\"" + container[1] + "\"}}"
                                    : "\"image\":\"" + container[1] + "\"}");
        }
        return containers.append("]").toString();
    }

    /** {@return a pod specification, such as {@code initContainers a=b; containers c=d}} */
    private static String spec(String lists) {
        return "{"
                + String.join(
                        ",",
                        List.of(lists.split(";")).stream()
                                .map(NewImagesTest::list)
                                .toList()) + "}";
    }

    private static String deployment(String lists) {
        return "{\"metadata\":{},\"spec\":{\"template\":{\"spec\":" + spec(lists) + "}}}";
    }

    private static String review(String operation, String before, String after) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",
                "kind":{"group":"apps","version":"v1","kind":"Deployment"},"operation":"%s","namespace":"prod",
                "object":%s,"oldObject":%s}}""".formatted(operation, after, before);
    }

    private static String update(String before, String after) {
        return review("UPDATE", deployment(before), deployment(after));
    }

    @ParameterizedTest(name = "{0} -> {1}: {2}")
    @CsvSource({
        // The object had it in the same list under the same container name.
        "containers web=nginx, containers web=nginx, true",
        "containers web=nginx, containers web=nginx log=busybox:1, true",
        "containers web=nginx log=busybox:1, containers log=busybox:2 web=nginx, true",
        "containers web=nginx log=busybox, containers log=busybox, true",
        "initContainers web=nginx; containers a=b:1, initContainers web=nginx; containers a=b:2, true",
        "volumes v=nginx; containers a=b:1, volumes v=nginx; containers a=b:2, true",
        // The text changed, also to one that means the same image.
        "containers web=nginx:1, containers web=nginx, false",
        "containers web=nginx, containers web=docker.io/library/nginx, false",
        "containers web=nginx, containers web=nginx:latest, false",
        // Another container, another list.
        "containers web=nginx a=b:1, containers web=b:1 a=nginx, false",
        "containers web=nginx, containers web=nginx log=nginx, false",
        "containers web=nginx, containers other=nginx, false",
        "containers web=nginx, initContainers web=nginx; containers a=b:1, false",
        "initContainers web=nginx, containers web=nginx, false",
        "volumes v=nginx; containers a=b:1, containers v=nginx, false",
        // A container that cannot be told apart.
        "containers web=nginx web=nginx, containers web=nginx a=b:1, false",
        "containers web=nginx web=a:1, containers web=nginx a=b:1, false",
        "containers web=a:1 web=nginx, containers web=nginx a=b:1, false",
        "containers web=nginx, containers web=nginx web=nginx, false",
        "containers web=nginx, containers web=nginx web=b:1, false",
        "containers =nginx, containers =nginx a=b:1, false",
        "containers =nginx, containers =nginx, true",
        // An image that is no reference is checked in the same way.
        "containers web=A, containers web=A a=b:1, true",
        "containers web=A, containers web=A:1 a=b:1, false",
    })
    void anImageThatTheObjectHadStays(String before, String after, boolean expected) {
        String body = update(before, after);
        assertThat(allowed(CLIENT.validate(body))).isEqualTo(expected);
        assertThat(allowed(CLIENT.mutate(body))).isEqualTo(expected);
    }

    @Test
    void onlyAnUpdateWithItsOldObjectHasOldImages() {
        String old = deployment("containers web=nginx");
        String body = review("CREATE", old, deployment("containers web=nginx a=b:1"));
        assertThat(allowed(CLIENT.validate(body))).isFalse();
        assertThat(allowed(CLIENT.validate(body.replace("CREATE", "UPDATE")))).isTrue();
        assertThat(allowed(CLIENT.validate(body.replace("CREATE", "UPDATE").replace("oldObject", "older"))))
                .isFalse();
        assertThat(reason(CLIENT.validate(review("UPDATE", old, "null")))).contains("no image");
    }

    @Test
    void everyImageOfAnImageReviewIsNew() {
        byte[] body = """
                {"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1","spec":{"containers":[{"image":"nginx"}]}}""".getBytes(UTF_8);
        Answer answer = PolicyWebhook.of(() -> PolicySet.of(NEW)).review("/image_policy", body, body.length);
        assertThat(new String(answer.body(), UTF_8)).contains("\"allowed\":false");
    }

    @Test
    void aDenialNamesNewImagesAlone() {
        assertThat(reason(CLIENT.validate(update("containers a=old", "containers a=old b=new"))))
                .contains("\"new\" (spec.template.spec.containers[1] \"b\")")
                .doesNotContain("\"old\"");
    }

    @Test
    void theAuditLogSaysThatNoImageIsNew() {
        JsonObject fewer = CLIENT.validate(update("containers a=old b=older", "containers b=older"));
        assertThat(fewer.getJsonObject("auditAnnotations").getString("unchanged"))
                .isEqualTo("the update brings no new image");
        JsonObject same = CLIENT.validate(update("containers a=old", "containers a=old"));
        assertThat(same.getJsonObject("auditAnnotations").getString("unchanged"))
                .isEqualTo("the update changes no image");
        JsonObject checked = CLIENT.validate(update("containers a=old", "containers a=new:1"));
        assertThat(checked.containsKey("auditAnnotations")).isFalse();
    }

    @Test
    void eachPolicyChecksTheImagesOfItsOwnScope() {
        String label = update("containers a=old", "containers a=old");
        String added = update("containers a=old", "containers a=old b=fixed:1");
        Policy changed = policy("changed", UpdateScope.CHANGED_IMAGES, Rules.fixedTag());
        Policy all = policy("all", UpdateScope.ALL, Rules.fixedTag());
        assertThat(allowed(new MutatingClient(NEW, changed).validate(label))).isTrue();
        assertThat(reason(new MutatingClient(NEW, changed).validate(added)))
                .contains("rule \"changed\"")
                .doesNotContain("rule \"new\"");
        for (String body : List.of(label, added)) {
            for (List<Policy> both : List.of(List.of(NEW, all), List.of(all, NEW))) {
                assertThat(reason(new MutatingClient(both.toArray(Policy[]::new)).validate(body)))
                        .contains("rule \"all\"")
                        .doesNotContain("rule \"new\"");
            }
        }
        assertThat(reason(new MutatingClient(NEW, all).validate(update("containers a=old", "containers a=new"))))
                .contains("rule \"all\"")
                .contains("rule \"new\"");
        // What is no reference is denied if one policy checks it.
        String invalid = update("containers a=A", "containers a=A b=fixed:1");
        assertThat(allowed(new MutatingClient(NEW, policy("also", UpdateScope.NEW_IMAGES, Rules.fixedTag()))
                        .validate(invalid)))
                .isTrue();
        assertThat(allowed(new MutatingClient(NEW, all).validate(invalid))).isFalse();
    }

    @Test
    void ephemeralContainersThatExistStay() {
        String body = Recorded.admission("update-pods-ephemeralcontainers");
        assertThat(reason(CLIENT.validate(body))).contains("\"busybox\"");
        String container = body.substring(body.indexOf("\"ephemeralContainers\":"));
        String existing = container.substring(0, container.indexOf("]") + 1);
        int old = body.indexOf("\"containers\":", body.indexOf("\"oldObject\":"));
        String again = body.substring(0, old) + existing + "," + body.substring(old);
        assertThat(allowed(CLIENT.validate(again))).isTrue();
        assertThat(allowed(CLIENT.validate(again.replaceFirst("\"busybox\"", "\"busybox:latest\""))))
                .isFalse();
        assertThat(allowed(new MutatingClient(policy("all", UpdateScope.ALL, Rules.fixedTag())).validate(again)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(UpdateScope.class)
    void anObjectThatIsBeingDeletedMayKeepItsImages(UpdateScope scope) {
        MutatingClient client = new MutatingClient(policy("p", scope, Rules.fixedTag()));
        String deleting = "\"metadata\":{\"deletionTimestamp\":\"2026-11-24T21:04:49Z\"}";
        String same = update("containers a=old", "containers a=old").replace("\"metadata\":{}", deleting);
        assertThat(allowed(client.validate(same))).isTrue();
        String other = update("containers a=old", "containers a=new").replace("\"metadata\":{}", deleting);
        assertThat(allowed(client.validate(other))).isFalse();
    }

    @Test
    void anImageThatGetsItsOldNameBackIsKept() {
        Policy pinned = builder("new", UpdateScope.NEW_IMAGES, Rules.deny("**/hub/library/nginx"))
                .mutation(MUTATION.withKinds(MutatingClient.ALL_KINDS))
                .build();
        MutatingClient client = new MutatingClient(pinned);
        String stored =
                "mirror.internal/hub/library/nginx:1@" + MutatingClient.digest("mirror.internal/hub/library/nginx:1");
        String again = update("containers a=" + stored, "containers a=nginx:1 b=quay.io/acme/api:1");
        assertThat(allowed(client.mutate(again))).isTrue();
        assertThat(patch(client.mutate(again)).toString()).contains(stored).contains("quay.io/acme/api:1@sha256:");
        assertThat(reason(client.mutate(update("containers a=" + stored, "containers a=nginx:2"))))
                .contains("nginx:2");
        assertThat(reason(client.mutate(update("containers a=" + stored, "containers b=nginx:1"))))
                .contains("nginx:1");
    }

    @Test
    void nothingIsLookedUpForAnImageThatNoPolicyChecks() {
        Policy pods = builder("new", UpdateScope.NEW_IMAGES, Rules.digestRequired())
                .mutation(MUTATION)
                .build();
        String body = update("containers a=quay.io/acme/old:1", "containers a=quay.io/acme/old:1 b=quay.io/acme/new:1");
        MutatingClient client = new MutatingClient(pods);
        assertThat(allowed(client.validate(body))).isTrue();
        assertThat(client.digests.asked).extracting(Object::toString).containsOnly("quay.io/acme/new:1");
        // Another policy checks it, by the name that it will have.
        MutatingClient both = new MutatingClient(pods, policy("all", UpdateScope.ALL, Rules.digestRequired()));
        assertThat(allowed(both.validate(body))).isTrue();
        assertThat(both.digests.asked)
                .extracting(Object::toString)
                .containsOnly("quay.io/acme/old:1", "quay.io/acme/new:1");
    }

    @Test
    void anImageThatIsKeptNeedsNoDigest() {
        for (Policy other : List.of(
                policy("other", UpdateScope.NEW_IMAGES, Rules.digestRequired()),
                policy("other", UpdateScope.CHANGED_IMAGES, Rules.tagRequired()))) {
            Policy pods = builder("new", UpdateScope.NEW_IMAGES, Rules.digestRequired())
                    .mutation(Mutation.pinning(PatternSet.of("quay.io/**")))
                    .build();
            MutatingClient client = new MutatingClient(pods, other);
            client.digests.others.put("quay.io/acme/gone:1", Fact.absent("there is no such tag"));
            for (JsonObject response : List.of(
                    client.validate(update(
                            "containers a=quay.io/acme/gone:1",
                            "containers a=quay.io/acme/gone:1 b=quay.io/acme/new:1")),
                    client.mutate(update(
                            "containers a=quay.io/acme/gone:1",
                            "containers a=quay.io/acme/gone:1 b=quay.io/acme/new:1")))) {
                assertThat(allowed(response)).isTrue();
            }
            assertThat(reason(client.validate(update(
                            "containers b=quay.io/acme/new:1",
                            "containers a=quay.io/acme/gone:1 b=quay.io/acme/new:1"))))
                    .contains("no such tag");
        }
    }
}
