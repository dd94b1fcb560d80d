package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.UpdateScope;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionWebhookTest {

    private static final Policy POLICY = Policy.builder("golden")
            .rule("fixed-tag", Rules.fixedTag())
            .rule(NamedRule.of("pinned", Rules.digestRequired()).withEnforcement(Enforcement.WARN))
            .build();
    private static final PolicyWebhook WEBHOOK = webhook(POLICY);

    private static PolicyWebhook webhook(Policy... policies) {
        return PolicyWebhook.of(() -> PolicySet.of(policies));
    }

    private static String answer(PolicyWebhook webhook, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Answer answer = webhook.review("/validate", bytes, bytes.length);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), UTF_8);
    }

    private static void assertAllowed(String body) {
        assertThat(answer(WEBHOOK, body)).contains("\"uid\":\"").contains("\"allowed\":true");
    }

    private static void assertDenied(String body, String reason) {
        assertThat(answer(WEBHOOK, body))
                .contains("\"uid\":\"")
                .contains("\"allowed\":false,\"status\":{\"message\":\"" + reason)
                .contains("\"reason\":\"Forbidden\",\"code\":403}");
    }

    /** A recorded body whose first image is one that the policy denies. */
    private static String latest(String name, String image) {
        String body = Recorded.admission(name);
        assertThat(body).contains("\"image\":\"" + image + "\"");
        return body.replaceFirst("\"image\":\"" + image + "\"", "\"image\":\"nginx\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create-cronjobs",
                "create-daemonsets",
                "create-deployments",
                "create-jobs",
                "create-pods",
                "create-pods-sidecar-and-image-volume",
                "create-podtemplates",
                "create-replicasets",
                "create-replicationcontrollers",
                "create-statefulsets",
                "delete-deployments",
                "update-pods-ephemeralcontainers",
                "update-pods-image",
                "update-pods-label",
            })
    void answersToRecordedReviewsByteForByte(String name) {
        assertThat(answer(WEBHOOK, Recorded.admission(name))).isEqualTo(Recorded.answer(name));
    }

    @Test
    void deletionsAndConnectionsMakeNoImageRun() {
        assertAllowed(latest("delete-deployments", "nginx:1.27"));
        assertAllowed(latest("create-pods", "nginx:1.17.1").replace("\"CREATE\"", "\"CONNECT\""));
        assertDenied(latest("create-pods", "nginx:1.17.1").replace("\"CREATE\"", "\"delete\""), "image");
        assertDenied(latest("create-pods", "nginx:1.17.1").replace("\"CREATE\"", "null"), "image");
    }

    @Test
    void aDryRunAGeneratedNameAndAClusterScopedObjectAreJudgedLikeAnyOther() {
        String dryRun = "\"dryRun\":true";
        String good = Recorded.admission("create-pods");
        String bad = latest("create-pods", "nginx:1.17.1");
        assertAllowed(good.replace("\"dryRun\":false", dryRun));
        assertDenied(bad.replace("\"dryRun\":false", dryRun), "image");
        String generated = "\"metadata\":{\"generateName\":\"web-\"";
        assertAllowed(good.replace("\"name\":\"web\",\"namespace\":\"default\",\"op", "\"namespace\":\"default\",\"op")
                .replace("\"metadata\":{\"name\":\"web\"", generated));
        assertDenied(bad.replace("\"metadata\":{\"name\":\"web\"", generated), "image");
        assertAllowed(good.replace("\"namespace\":\"default\",", ""));
        assertDenied(bad.replace("\"namespace\":\"default\",", ""), "image");
    }

    @Test
    void anUpdateWithOtherImagesIsJudged() {
        assertDenied(
                latest("update-pods-image", "nginx:1.27.0"),
                "image \\\"nginx\\\" (spec.containers[0] \\\"web\\\") violates");
        assertDenied(latest("update-pods-label", "nginx:1.27.0"), "image \\\"nginx\\\"");
        String withoutOld =
                Recorded.admission("update-pods-label").replace("\"oldObject\":{", "\"oldObject\":null,\"x\":{");
        assertDenied(withoutOld, "image \\\"busybox\\\"");
        String created = Recorded.admission("update-pods-label").replace("\"UPDATE\"", "\"CREATE\"");
        assertDenied(created, "image \\\"busybox\\\"");
    }

    @Test
    void anUpdateWithTheSameImagesIsJudgedIfAPolicySaysSo() {
        Policy all = Policy.builder("all")
                .rule("fixed-tag", Rules.fixedTag())
                .onUpdate(UpdateScope.ALL)
                .build();
        assertThat(answer(webhook(POLICY, all), Recorded.admission("update-pods-label")))
                .contains("\"allowed\":false")
                .contains("busybox");
    }

    @Test
    void anUpdateOfWhatIsBeingDeletedIsAllowedIfNoImageChanges() {
        Policy all = Policy.builder("all")
                .rule("fixed-tag", Rules.fixedTag())
                .onUpdate(UpdateScope.ALL)
                .build();
        String body = Recorded.admission("update-pods-label");
        String old = "\"oldObject\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{";
        String object = ",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{";
        String stamp = "\"deletionTimestamp\":\"2026-11-24T21:04:49Z\",";
        assertThat(body).contains(old).contains(object);
        String deleting = body.replace(old, old + stamp).replace(object, object + stamp);
        assertThat(answer(webhook(all), deleting)).contains("\"allowed\":true");
        for (String other : List.of(
                body.replace(object, object + stamp),
                body.replace(old, old + stamp),
                body.replace(old, old + stamp).replace(object, object + "\"deletionTimestamp\":null,"),
                deleting.replaceFirst("nginx:1.27.0", "nginx"))) {
            assertThat(answer(webhook(all), other)).contains("\"allowed\":false");
        }
    }

    @Test
    void ephemeralContainersAreJudgedAndOtherImagesOnlyIfNew() {
        String body = Recorded.admission("update-pods-ephemeralcontainers");
        assertDenied(body, "image \\\"busybox\\\" (spec.ephemeralContainers[0] \\\"dbg\\\") violates");
        String good = body.replace("\"busybox\"", "\"busybox:1.36\"");
        assertAllowed(good);
        assertAllowed(good.replace("\"image\":\"nginx:1.17.1\"", "\"image\":\"nginx\""));
        assertDenied(good.replaceFirst("\"image\":\"nginx:1.17.1\"", "\"image\":\"nginx\""), "image \\\"nginx\\\"");
    }

    @Test
    void otherSubresourcesThatLeaveImagesAreAllowedWhateverAPolicySays() {
        Policy all = Policy.builder("all")
                .rule("fixed-tag", Rules.fixedTag())
                .onUpdate(UpdateScope.ALL)
                .build();
        String status = Recorded.admission("update-pods-label")
                .replace(
                        "\"resource\":\"pods\"},\"requestKind\"",
                        "\"resource\":\"pods\"},\"subResource\":\"status\",\"requestKind\"");
        assertThat(status).contains("subResource");
        assertThat(answer(webhook(all), status)).contains("\"allowed\":true");
        assertThat(answer(webhook(all), status.replaceFirst("nginx:1.27.0", "nginx")))
                .contains("\"allowed\":false");
        String scale = Recorded.admission("create-deployments")
                .replace("\"CREATE\"", "\"UPDATE\"")
                .replaceFirst(
                        "\"kind\":\\{\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"}",
                        "\"subResource\":\"scale\",\"kind\":{\"group\":\"autoscaling\",\"version\":\"v1\",\"kind\":\"Scale\"}");
        assertThat(answer(webhook(all), scale)).contains("\"allowed\":true");
        assertAllowed(scale.replace("\"scale\"", "\"eviction\"")
                .replace("autoscaling", "policy")
                .replace("Scale", "Eviction"));
        assertDenied(scale.replace("\"scale\"", "\"template\"").replace("autoscaling", "x.example"), "the kind");
        assertDenied(scale.replace("\"subResource\":\"scale\",", ""), "the kind \\\"Scale.autoscaling\\\"");
    }

    @Test
    void unknownKindsAreDeniedUnlessEveryPolicyIgnoresThem() {
        String body = Recorded.admission("create-deployments")
                .replace(
                        "\"group\":\"apps\",\"version\":\"v1\",\"kind\":\"Deployment\"",
                        "\"group\":\"example.com\",\"version\":\"v1\",\"kind\":\"Widget\"");
        assertDenied(body, "the kind \\\"Widget.example.com\\\" is unknown");
        Policy ignoring = Policy.builder("p")
                .rule("r", Rules.fixedTag())
                .ignoreKind("Widget.example.com")
                .build();
        assertThat(answer(webhook(ignoring), body)).contains("\"allowed\":true");
        assertThat(answer(webhook(ignoring, POLICY), body)).contains("\"allowed\":false");
        assertThat(answer(webhook(ignoring), body.replace("example.com", "other.io")))
                .contains("\"allowed\":false");
        Policy group = Policy.builder("p")
                .rule("r", Rules.fixedTag())
                .ignoreKind("*.example.com")
                .build();
        assertThat(answer(webhook(group), body)).contains("\"allowed\":true");
        assertThat(answer(webhook(group), body.replace("example.com", "argoproj.example")))
                .contains("\"allowed\":false");
        assertDenied(
                Recorded.admission("create-deployments").replace("\"group\":\"apps\"", "\"group\":\"\""), "the kind");
        assertDenied(Recorded.admission("create-deployments").replaceFirst("\"kind\":\\{", "\"k\":{"), "the kind");
    }

    @Test
    void anObjectWithoutImagesIsAllowedAndNoObjectDenied() {
        assertAllowed(latest("create-deployments", "nginx:1.27").replace("\"containers\":[", "\"c\":["));
        assertAllowed(
                latest("create-deployments", "nginx:1.27").replace("\"spec\":{\"replicas\"", "\"s\":{\"replicas\""));
        assertDenied(
                latest("create-deployments", "nginx:1.27").replace("\"object\":{", "\"object\":null,\"o\":{"),
                "the review names no image");
        assertDenied(latest("create-deployments", "nginx:1.27").replace("\"image\":", "\"i\":"), "image \\\"\\\"");
    }

    @Test
    void breakGlassLooksAtTheObjectsOwnAnnotations() {
        Policy policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of("break", "INC-*", GlobSet.of(List.of("default"))))
                .build();
        String body = latest("create-deployments", "nginx:1.27");
        String annotations = "{\"annotations\":{\"break\":\"INC-1\"},";
        String own = body.replace(
                "\"apiVersion\":\"apps/v1\",\"metadata\":{", "\"apiVersion\":\"apps/v1\",\"metadata\":" + annotations);
        assertThat(own).isNotEqualTo(body);
        assertThat(answer(webhook(policy), own))
                .contains("\"allowed\":true")
                .contains("\"broke-glass\":\"INC-1: ")
                .contains("\"warnings\":[\"allowed by break-glass: image \\\"nginx\\\"")
                .contains(
                        "\",\"the break-glass annotation is missing in spec.template.metadata.annotations"
                                + " but set in metadata.annotations: add \\\"break\\\" with a value that matches \\\"INC-*\\\"");
        String ofTemplate = body.replace("\"template\":{\"metadata\":{", "\"template\":{\"metadata\":" + annotations);
        assertThat(ofTemplate).isNotEqualTo(body);
        assertThat(answer(webhook(policy), ofTemplate))
                .contains("\"allowed\":false")
                .contains("missing in metadata.annotations but set in spec.template.metadata.annotations: add ");
        String both = own.replace("\"template\":{\"metadata\":{", "\"template\":{\"metadata\":" + annotations);
        assertThat(answer(webhook(policy), both)).contains("\"allowed\":true").doesNotContain("break-glass annotation");
        assertThat(answer(webhook(policy), body))
                .contains("\"allowed\":false")
                .doesNotContain("break-glass annotation");
        assertThat(answer(webhook(policy), ofTemplate.replace("INC-1", "true")))
                .doesNotContain("break-glass annotation");
        assertThat(answer(
                        webhook(policy), own.replace("\"namespace\":\"default\",\"op", "\"namespace\":\"other\",\"op")))
                .contains("\"allowed\":false");
    }

    @Test
    void onlyAReviewWithoutUidGets400() {
        byte[] body = "{\"kind\":\"AdmissionReview\",\"request\":{\"x\":!,\"uid\":\"u\"}}".getBytes(UTF_8);
        Answer answer = WEBHOOK.review("/validate", body, body.length);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8))
                .isEqualTo("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                        + "\"message\":\"malformed review: line 1, column 42: unexpected character, expected a value\","
                        + "\"reason\":\"BadRequest\",\"code\":400}");
        assertDenied("{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"x\":!}}", "malformed review: line 1");
        PolicyWebhook small = PolicyWebhook.builder(() -> PolicySet.of(POLICY))
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(200))
                .build();
        assertThat(answer(small, Recorded.admission("create-pods")))
                .contains("\"uid\":\"7ef9f220-")
                .contains("review too large");
        PolicyWebhook broken = PolicyWebhook.of(() -> {
            throw new IllegalStateException("secret");
        });
        assertThat(answer(broken, Recorded.admission("create-pods")))
                .contains("\"uid\":\"7ef9f220-")
                .contains("\"allowed\":false")
                .contains("the review failed: IllegalStateException");
    }

    @Test
    void aListenerHearsEveryDecision() {
        List<String> heard = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(() -> PolicySet.of(POLICY))
                .listener(event -> heard.add(event.namespace().orElseThrow() + " "
                        + event.review().orElseThrow().images().size() + " " + event.allowed()))
                .build();
        answer(webhook, Recorded.admission("create-statefulsets"));
        answer(webhook, Recorded.admission("delete-deployments"));
        answer(webhook, Recorded.admission("create-pods").replace("\"kind\":\"Pod\"", "\"kind\":\"Pot\""));
        assertThat(heard).containsExactly("default 3 true", "default 0 true", "default 0 false");
    }
}
