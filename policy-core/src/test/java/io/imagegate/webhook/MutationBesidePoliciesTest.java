package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.policy;
import static io.imagegate.webhook.MutatingClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.policy.Policy;
import io.imagegate.policy.UpdateScope;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A policy that changes images and checks new ones only, beside a policy that checks all updates. */
class MutationBesidePoliciesTest {

    private static final String TAGGED = "quay.io/acme/api:1";

    private static Policy all(Rule rule) {
        return Policy.builder("all")
                .rule("checked", rule)
                .onUpdate(UpdateScope.ALL)
                .build();
    }

    private static MutatingClient beside(Rule rule) {
        return new MutatingClient(policy(MUTATION), all(rule));
    }

    private static String deployment(String label, String image) {
        return """
                {"metadata":{"labels":{"a":"%s"}},
                "spec":{"template":{"spec":{"containers":[{"name":"web","image":"%s"}]}}}}""".formatted(label, image);
    }

    /** {@return an update of a deployment that changes a label, and perhaps its image} */
    private static String update(String before, String after) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",
                "kind":{"group":"apps","version":"v1","kind":"Deployment"},"operation":"UPDATE","namespace":"prod",
                "object":%s,"oldObject":%s}}""".formatted(deployment("new", after), deployment("old", before));
    }

    @Test
    void aDigestThatPodsWillHaveSatisfiesTheOtherPolicyInAnUpdateOfALabel() {
        String label = update(TAGGED, TAGGED);
        MutatingClient client = beside(Rules.digestRequired());
        assertThat(allowed(client.mutate(label))).isTrue();
        assertThat(patch(client.mutate(label))).isEmpty();
        assertThat(allowed(client.validate(label))).isTrue();
        assertThat(client.digests.asked).contains(ImageReference.parse(TAGGED));
        // As in an update of the image.
        assertThat(allowed(client.validate(update("quay.io/acme/api:0", TAGGED))))
                .isTrue();
        // The digest does not satisfy whatever else the other policy demands.
        assertThat(reason(beside(Rules.deny("quay.io/**")).validate(label))).contains("rule \"checked\"");
    }

    @Test
    void anImageThatIsNotPinnedIsCheckedAsItIs() {
        String unpinned = update("ghcr.io/acme/api:1", "ghcr.io/acme/api:1");
        MutatingClient client = beside(Rules.digestRequired());
        assertThat(reason(client.validate(unpinned)))
                .contains("rule \"checked\"")
                .doesNotContain("digest was not");
        assertThat(client.digests.asked).isEmpty();
    }

    @Test
    void aDigestThatIsNotFoundLeavesTheDecisionToThePolicyThatChecks() {
        String label = update(TAGGED, TAGGED);
        for (boolean digest : new boolean[] {true, false}) {
            MutatingClient client = beside(digest ? Rules.digestRequired() : Rules.tagRequired());
            client.digests.others.put(TAGGED, Fact.absent("there is no such tag"));
            for (JsonObject response : new JsonObject[] {client.validate(label), client.mutate(label)}) {
                assertThat(allowed(response)).isEqualTo(!digest);
                if (digest) {
                    assertThat(reason(response)).contains("rule \"checked\"").doesNotContain("no such tag");
                }
            }
            // A new image is checked by the policy that pins.
            assertThat(reason(client.validate(update("quay.io/acme/api:0", TAGGED))))
                    .contains("no such tag");
        }
    }

    @Test
    void nothingIsLookedUpIfNoPolicyChecksTheUpdate() {
        MutatingClient client = new MutatingClient(
                policy(MUTATION),
                Policy.builder("new").rule("pinned", Rules.digestRequired()).build());
        assertThat(allowed(client.validate(update(TAGGED, TAGGED)))).isTrue();
        assertThat(allowed(client.mutate(update(TAGGED, TAGGED)))).isTrue();
        assertThat(client.digests.asked).isEmpty();
    }
}
