package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.ALL_KINDS;
import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.digest;
import static io.imagegate.webhook.MutatingClient.object;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.patched;
import static io.imagegate.webhook.MutatingClient.pod;
import static io.imagegate.webhook.MutatingClient.policy;
import static io.imagegate.webhook.MutatingClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.fact.Fact;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Policy;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of the mutating webhook, with its patches applied. */
class MutatingWebhookTest {

    private static final String NGINX = "mirror.internal/hub/library/nginx:1";
    private static final String PINNED = NGINX + "@" + digest(NGINX);

    private final MutatingClient client = new MutatingClient(policy(MUTATION));

    private static String image(String body) {
        return ((jakarta.json.JsonString) object(body).getValue("/spec/containers/0/image")).getString();
    }

    @Test
    void replacesTheImageIfItIsStillTheOneReviewed() {
        JsonObject response = client.mutate(pod("CREATE", object("", "nginx:1"), "null"));
        assertThat(patch(response).toString())
                .isEqualTo(("[{'op':'test','path':'/spec/containers/0/image','value':'nginx:1'},"
                                + "{'op':'replace','path':'/spec/containers/0/image','value':'" + PINNED + "'}]")
                        .replace('\'', '"'));
        assertThat(response.getJsonObject("auditAnnotations").getString("rewritten"))
                .isEqualTo("nginx:1 to " + PINNED);
        assertThat(response.getJsonObject("auditAnnotations").getString("pinned"))
                .isEqualTo("nginx:1 to " + PINNED);
    }

    /** The columns: how many images are patched if pods alone are, and if all kinds are. */
    @ParameterizedTest
    @CsvSource({
        "create-cronjobs, 0, 0", // of a registry that is neither rewritten nor pinned
        "create-daemonsets, 0, 0",
        "create-deployments, 0, 1",
        "create-jobs, 0, 1",
        "create-pods, 1, 1",
        "create-pods-sidecar-and-image-volume, 1, 1",
        "create-podtemplates, 0, 0",
        "create-replicasets, 0, 0", // a kind that is never patched
        "create-replicationcontrollers, 0, 0",
        "create-statefulsets, 0, 1",
        "delete-deployments, 0, 0",
        "update-pods-ephemeralcontainers, 1, 1",
        "update-pods-image, 1, 1",
        "update-pods-label, 0, 0"
    })
    void recordedBodiesThroughBothWebhooks(String name, int pods, int all) {
        for (List<String> kinds : List.of(List.of("Pod"), ALL_KINDS)) {
            MutatingClient webhooks = new MutatingClient(policy(MUTATION.withKinds(kinds)));
            String body = Recorded.admission(name);
            JsonObject response = webhooks.mutate(body);
            assertThat(allowed(response)).isTrue();
            assertThat(patch(response)).hasSize(2 * (kinds == ALL_KINDS ? all : pods));
            String after = patch(response).isEmpty() ? body : patched(body, response);
            if (!patch(response).isEmpty()) {
                Json.createDiff(object(body), object(after))
                        .toJsonArray()
                        .forEach(change -> assertThat(change.asJsonObject().getString("path"))
                                .matches("(/spec|/template|/jobTemplate)+/(initC|c|ephemeralC)ontainers/\\d/image"
                                        + "|/spec/volumes/\\d/image/reference"));
                assertThat(patch(webhooks.mutate(after))).isEmpty();
            }
            JsonObject validated = webhooks.validate(after);
            assertThat(allowed(validated)).isTrue();
            assertThat(patch(validated)).isEmpty();
        }
    }

    @Test
    void nothingIsPatchedWithoutAMutation() {
        MutatingClient plain = new MutatingClient(
                Policy.builder("plain").rule("fixed-tag", Rules.fixedTag()).build());
        JsonObject response = plain.mutate(pod("CREATE", object("", "nginx:1"), "null"));
        assertThat(response.keySet()).containsExactly("uid", "allowed");
        assertThat(allowed(plain.mutate(pod("CREATE", object("", "nginx"), "null"))))
                .isFalse();
    }

    @Test
    void deniedObjectsAreNotPatched() {
        MutatingClient strict = new MutatingClient(Policy.builder("strict")
                .rule("trusted", Rules.allow("quay.io/**"))
                .mutation(MUTATION)
                .build());
        JsonObject response = strict.mutate(pod("CREATE", object("", "nginx:1"), "null"));
        assertThat(allowed(response)).isFalse();
        assertThat(reason(response)).contains("\"" + PINNED + "\" (spec.containers[0] \"web\") violates rule");
        assertThat(patch(response)).isEmpty();
    }

    @Test
    void imageWithoutATagIsPinnedAsLatestSoThatRulesStillSeeIt() {
        String body = pod("CREATE", object("", "quay.io/acme/app"), "null");
        assertThat(image(patched(body, client.mutate(body))))
                .isEqualTo("quay.io/acme/app:latest@" + digest("quay.io/acme/app"));
        MutatingClient strict = new MutatingClient(Policy.builder("strict")
                .rule("fixed-tag", Rules.fixedTag())
                .mutation(MUTATION)
                .build());
        assertThat(reason(strict.mutate(body))).contains("fixed-tag");
    }

    @Test
    void whatIsPinnedIsWhatRulesSaw() {
        List<Digest> seen = new ArrayList<>();
        MutatingClient changing = new MutatingClient(Policy.builder("p")
                .rule(
                        "seen",
                        image -> Finding.of(image.facts().digest(), digest -> {
                            seen.add(digest);
                            return Finding.satisfied();
                        }))
                .mutation(MUTATION)
                .build());
        String body = pod("CREATE", object("", "nginx:1"), "null");
        assertThat(image(patched(body, changing.mutate(body)))).isEqualTo(NGINX + "@" + seen.get(0));
        assertThat(changing.digests.asked).hasSize(1);
        assertThat(seen).containsOnly(digest(NGINX));
    }

    @Test
    void applyingAManifestAgainChangesNothingAndLooksUpNothing() {
        client.digests.others.put(NGINX, Fact.known(digest("moved")));
        String again = pod("UPDATE", object("", "nginx:1"), object("", PINNED));
        assertThat(image(patched(again, client.mutate(again)))).isEqualTo(PINNED);
        assertThat(client.digests.asked).isEmpty();
        String other = pod("UPDATE", object("", "nginx:2"), object("", PINNED));
        assertThat(image(patched(other, client.mutate(other)))).startsWith("mirror.internal/hub/library/nginx:2@");
        assertThat(client.digests.asked).hasSize(1);
    }

    @Test
    void anUpdateThatChangesNothingAfterThePatchIsNotChecked() {
        MutatingClient strict = new MutatingClient(Policy.builder("strict")
                .rule("none", Rules.deny("**"))
                .mutation(MUTATION)
                .build());
        String again = pod("UPDATE", object("", "nginx:1"), object("", PINNED));
        JsonObject response = strict.mutate(again);
        assertThat(allowed(response)).isTrue();
        assertThat(image(patched(again, response))).isEqualTo(PINNED);
        assertThat(allowed(strict.validate(patched(again, response)))).isTrue();
        assertThat(allowed(strict.mutate(pod("UPDATE", object("", "nginx:2"), object("", PINNED)))))
                .isFalse();
    }

    @Test
    void imagesOfTheOldObjectStay() {
        String label = pod("UPDATE", object("\"labels\":{\"a\":\"b\"}", "nginx:1"), object("", "nginx:1"));
        assertThat(patch(client.mutate(label))).isEmpty();
        assertThat(client.digests.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE | \"annotations\":{\"kubernetes.io/config.mirror\":\"x\"}         | | false",
                "CREATE | \"annotations\":{\"kubernetes.io/config.mirrors\":\"x\"}        | | true",
                "CREATE | \"deletionTimestamp\":\"2026-01-01T00:00:00Z\"                  | | true",
                "CREATE | \"ownerReferences\":[{\"controller\":true}]                     | | true",
                "UPDATE | \"deletionTimestamp\":\"2026-01-01T00:00:00Z\"                  | | true",
                "UPDATE | \"deletionTimestamp\":\"2026-01-01T00:00:00Z\" | \"deletionTimestamp\":\"2026-01-01T00:00:00Z\" | false",
                "UPDATE | | | true"
            })
    void someObjectsAreCheckedButNotPatched(String operation, String metadata, String old, boolean patched) {
        String before = operation.equals("CREATE") ? "null" : object(old == null ? "" : old, "quay.io/a/b:1");
        String body = pod(operation, object(metadata == null ? "" : metadata, "nginx:1"), before);
        assertThat(patch(client.mutate(body)).isEmpty()).isEqualTo(!patched);
        MutatingClient strict = new MutatingClient(Policy.builder("strict")
                .rule("none", Rules.deny("**"))
                .mutation(MUTATION)
                .build());
        assertThat(allowed(strict.mutate(body))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 2", "null, 2", "\"true\", 2"})
    void whatAControllerOwnsIsNotPatched(String controller, int operations) {
        MutatingClient workloads = new MutatingClient(policy(MUTATION.withKinds(ALL_KINDS)));
        String body = Recorded.admission("create-jobs")
                .replaceFirst(
                        "\"metadata\":\\{",
                        "\"metadata\":{\"ownerReferences\":" + "[{\"kind\":\"CronJob\",\"name\":\"c\",\"controller\":"
                                + controller + "}],");
        assertThat(patch(workloads.mutate(body))).hasSize(operations);
    }

    @Test
    void volumesAreOnlyPatchedInNewPods() {
        String with = "{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"quay.io/a/b@" + digest("b")
                + "\"}],\"volumes\":[{\"name\":\"v\",\"image\":{\"reference\":\"nginx:1\"}}]}}";
        String create = pod("CREATE", with, "null");
        JsonObject object = object(patched(create, client.mutate(create)));
        assertThat(object.getValue("/spec/volumes/0/image/reference")).hasToString("\"" + PINNED + "\"");
        assertThat(patch(client.mutate(pod("UPDATE", with, with.replace("nginx:1", "nginx:2")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pinned, v, true",
        "pinned, other, false",
        "mirror.internal/hub/library/nginx:1, v, true", // stored before images were pinned
        "nginx:1, v, false",
        "mirror.internal/hub/library/nginx:2@DIGEST, v, false"
    })
    void aVolumeThatIsAppliedAgainGetsItsStoredName(String stored, String volume, boolean restored) {
        String old = stored.equals("pinned")
                ? PINNED
                : stored.replace("DIGEST", digest("c").toString());
        String with = "{\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"quay.io/a/b@" + digest("b")
                + "\"}],\"volumes\":[{\"name\":\"v\",\"image\":{\"reference\":\"IMAGE\"}}]}}";
        String body = pod(
                "UPDATE",
                with.replace("IMAGE", "nginx:1"),
                with.replace("IMAGE", old).replace("\"v\"", '"' + volume + '"'));
        JsonObject response = client.mutate(body);
        assertThat(patch(response).isEmpty()).isEqualTo(!restored);
        if (restored) {
            assertThat(object(patched(body, response)).getValue("/spec/volumes/0/image/reference"))
                    .hasToString('"' + old + '"');
        }
    }

    @ParameterizedTest
    @CsvSource({"DENY, false, false", "WARN, true, true", "AUDIT, true, false"})
    void whileTheRegistryIsDownOnUnavailableDecides(Enforcement effect, boolean allowed, boolean warned) {
        MutatingClient down = new MutatingClient(policy(MutatingClient.onUnavailable(effect)));
        down.digests.others.put(NGINX, Fact.unavailable("mirror.internal does not answer"));
        String body = pod("CREATE", object("", "nginx:1"), "null");
        JsonObject response = down.mutate(body);
        assertThat(allowed(response)).isEqualTo(allowed);
        assertThat(response.containsKey("warnings")).isEqualTo(warned);
        assertThat(response.toString()).contains("it must get a digest and has none: mirror.internal does not answer");
        if (allowed) {
            assertThat(image(patched(body, response))).isEqualTo(NGINX);
        }
    }

    @Test
    void withoutADigestOnlyBreakGlassAllows() {
        for (Fact<Digest> unknown : List.<Fact<Digest>>of(Fact.absent("no such tag"), Fact.undecidable("it is odd"))) {
            MutatingClient lenient = new MutatingClient(Policy.builder("p")
                    .rule("fixed-tag", Rules.fixedTag())
                    .mutation(MutatingClient.onUnavailable(Enforcement.AUDIT))
                    .breakGlass(BreakGlass.of("a.image-policy.k8s.io/glass", "INC-*", GlobSet.of("prod")))
                    .build());
            lenient.digests.others.put(NGINX, unknown);
            JsonObject denied = lenient.mutate(pod("CREATE", object("", "nginx:1"), "null"));
            assertThat(reason(denied))
                    .contains(
                            "image \"" + NGINX + "\" (spec.containers[0] \"web\"): it must get a digest and has none: "
                                    + unknown.reason());
            String body = pod(
                    "CREATE", object("\"annotations\":{\"a.image-policy.k8s.io/glass\":\"INC-1\"}", "nginx:1"), "null");
            JsonObject broken = lenient.mutate(body);
            assertThat(image(patched(body, broken))).isEqualTo(NGINX);
            assertThat(broken.getJsonObject("auditAnnotations").getString("broke-glass"))
                    .contains(unknown.reason());
        }
    }
}
