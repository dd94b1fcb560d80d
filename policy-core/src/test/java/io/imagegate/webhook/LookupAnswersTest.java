package io.imagegate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers say in audit annotations what was looked up. */
class LookupAnswersTest {

    private static final String DIGEST = "sha256:" + "a".repeat(64);

    /** Knows the digest of images with the tag 1 from its cache, and that others do not exist. */
    private static final FactSource CACHE = (needs, limit) -> {
        Map<ImageReference, ImageFacts> found = new LinkedHashMap<>();
        needs.keySet()
                .forEach(image -> found.put(
                        image,
                        ImageFacts.at(Instant.EPOCH)
                                .with(Need.DIGEST, digest(image).asCached())));
        return CompletableFuture.completedFuture(found);
    };

    private static Fact<Digest> digest(ImageReference image) {
        return image.tag().orElse("").equals("1") ? Fact.known(Digest.parse(DIGEST)) : Fact.absent("it does not exist");
    }

    private static String answer(String body) {
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("there", Rules.exists()).build());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Answer answer = PolicyWebhook.builder(ImageGate.of(() -> policies, CACHE))
                .build()
                .review("/validate", bytes, bytes.length);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void anAdmissionReviewNamesWhatWasFound() {
        assertThat(answer("""
                        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1",
                        "operation":"CREATE","kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"shop",
                        "object":{"kind":"Pod","apiVersion":"v1","spec":{"containers":[
                        {"name":"a","image":"ghcr.io/acme/api:1"},{"name":"b","image":"ghcr.io/acme/api:2"}]}}}}"""))
                .isEqualTo("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":"
                        + "\"u-1\",\"allowed\":false,\"status\":{\"message\":\"image \\\"ghcr.io/acme/api:2\\\""
                        + " (spec.containers[1] \\\"b\\\") violates rule \\\"there\\\": it does not exist\","
                        + "\"reason\":\"Forbidden\",\"code\":403},\"auditAnnotations\":{"
                        + "\"resolved\":\"ghcr.io/acme/api@" + DIGEST + " (cached)\","
                        + "\"unverified\":\"ghcr.io/acme/api:2: digest absent: it does not exist (cached)\"}}}");
    }

    @Test
    void anImageReviewNamesWhatWasFound() {
        assertThat(answer("{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":\"ghcr.io/acme/api:1\"}]}}"))
                .isEqualTo("{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"status\":{"
                        + "\"allowed\":true,\"auditAnnotations\":{\"resolved\":\"ghcr.io/acme/api@" + DIGEST
                        + " (cached)\"}}}");
    }
}
