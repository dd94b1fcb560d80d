package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Decisions on signed images: caches, outages, keys that change, and signatures in the wrong place. */
class SignedImagesTest {

    private static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");

    private volatile Instant now = BEGIN;
    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open(TestRegistry.onlyVerified());
    private final List<Boolean> cached = new CopyOnWriteArrayList<>();
    private final SignedImages images =
            new SignedImages(registries, Verifier.create(), answer -> cached.add(answer.cached()), () -> now);
    private final TestKey key = TestKey.p256();
    private volatile PolicySet policies = signedBy(key);
    private final ImageGate gate = ImageGate.of(() -> policies, images);
    private final Digest api = registry.image("acme/api", "v1", "api");

    @AfterEach
    void close() {
        images.close();
        registries.close();
        registry.close();
    }

    private static PolicySet signedBy(TestKey key) {
        return policy(new KeySigner("release", List.of(signerKey(key)), Optional.empty()));
    }

    private static SigningKey signerKey(TestKey key) {
        try {
            return SignedDecisionsTest.key(key.pem());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static PolicySet policy(Signer signer) {
        return PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(signer))
                .build());
    }

    private TestBundle signature(Digest digest) {
        return TestBundle.by(key).payload(TestBundle.statement(digest, SignedContent.COSIGN_SIGN, "{}"));
    }

    private Decision decide(String repository, Digest digest) {
        return gate.decide(ImageReview.of(registry.image(repository, digest).text()), Duration.ofMinutes(2));
    }

    private Decision decideTag() {
        return gate.decide(ImageReview.of(registry.host() + "/acme/api:v1"), Duration.ofMinutes(2));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private static String verified(Decision decision) {
        return decision.auditAnnotations().getOrDefault("verified", "");
    }

    @Test
    @DisplayName("what was verified is kept for an hour and asks the registry nothing")
    void cached() {
        registry.bundles("acme/api", api, signature(api));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        int asked = registry.asked.size();
        pass(Duration.ofMinutes(59));
        Decision again = decide("acme/api", api);
        assertThat(again.allowed()).isTrue();
        assertThat(verified(again)).endsWith("signed by release (cached)");
        assertThat(registry.asked).hasSize(asked);
        pass(Duration.ofMinutes(1));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        assertThat(registry.asked).hasSizeGreaterThan(asked);
        assertThat(cached).containsExactly(false, true, false);
    }

    @Test
    @DisplayName("a digest that was verified is served while the registry is gone, by its digest only, for a day")
    void outage() {
        registry.bundles("acme/api", api, signature(api));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        assertThat(decideTag().allowed()).isTrue();
        registry.down();
        pass(Duration.ofMinutes(61));
        Decision served = decide("acme/api", api);
        assertThat(served.allowed()).isTrue();
        assertThat(verified(served))
                .contains("signed by release, as verified at 2026-11-26T00:00:00Z: the registry is down (cached)");
        Decision tag = decideTag();
        assertThat(tag.allowed()).isFalse();
        assertThat(tag.reason()).contains("is down");
        pass(Duration.ofHours(22));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        pass(Duration.ofHours(1));
        Decision over = decide("acme/api", api);
        assertThat(over.allowed()).isFalse();
        assertThat(over.reason()).contains("is down").doesNotContain("not signed");
    }

    @Test
    @DisplayName("who shares a source is told that it is closed, not that others wait")
    void sharedIsClosed() {
        ImageGate shared = ImageGate.of(() -> policies, images.sharedBy("prod"));
        images.close();
        Decision decision =
                shared.decide(ImageReview.of(registry.image("acme/api", api).text()), Duration.ofMinutes(2));
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("closed");
    }

    @Test
    @DisplayName("an image that was never verified is neither signed nor unsigned during an outage")
    void outageOfOthers() {
        registry.down();
        Decision decision = decide("acme/api", api);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("is down").doesNotContain("not signed");
    }

    @Test
    @DisplayName("an error of one repository is no outage: what was verified before does not serve then")
    void error() {
        registry.bundles("acme/api", api, signature(api));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        pass(Duration.ofMinutes(61));
        registry.status("/v2/acme/api/referrers/" + api, 403);
        Decision decision = decide("acme/api", api);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("403").doesNotContain("not signed by");
    }

    @Test
    @DisplayName("a signature that is taken away does not serve during a later outage")
    void removed() {
        registry.bundles("acme/api", api, signature(api));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        registry.bundles("acme/api", api);
        pass(Duration.ofMinutes(61));
        assertThat(decide("acme/api", api).reason()).contains("not signed");
        registry.down();
        pass(Duration.ofMinutes(1));
        assertThat(decide("acme/api", api).allowed()).isFalse();
    }

    @Test
    @DisplayName("another key is asked for anew at once, and says what was found instead")
    void rotation() {
        registry.bundles("acme/api", api, signature(api));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        policies = signedBy(TestKey.p256());
        Decision decision = decide("acme/api", api);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("not signed by release", "one signed with another key");
    }

    @Test
    @DisplayName("while keys change under load each answer is wholly that of the old or of the new ones")
    void rotationUnderLoad() {
        registry.bundles("acme/api", api, signature(api));
        TestKey other = TestKey.p256();
        List<CompletableFuture<Decision>> decisions = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        ImageReview review = ImageReview.of(registry.image("acme/api", api).text());
        for (int i = 0; i < 400; i++) {
            boolean mine = i / 7 % 2 == 0;
            policies = signedBy(mine ? key : other);
            expected.add(mine);
            decisions.add(gate.decideAsync(review, Duration.ofMinutes(2)));
        }
        assertThat(decisions.stream().map(decision -> decision.join().allowed()))
                .isEqualTo(expected);
    }

    @Tag("slow")
    @Test
    @DisplayName("a key counts until it expires, in answers from the cache, too")
    void expired() {
        registry.bundles("acme/api", api, signature(api));
        long began = System.nanoTime();
        assertThat(decide("acme/api", api).allowed()).isTrue();
        cached.clear();
        // A busy machine takes longer for the decision that must be made before.
        Instant last = Instant.now().plusSeconds(3).plusNanos(20 * (System.nanoTime() - began));
        policies = policy(new KeySigner("release", List.of(signerKey(key).withNotAfter(last)), Optional.empty()));
        assertThat(decide("acme/api", api).allowed()).isTrue();
        await(last);
        Decision decision = decide("acme/api", api);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("counts only until " + last.truncatedTo(ChronoUnit.SECONDS));
        assertThat(cached).containsExactly(false, true, false);
    }

    /** Gates judge at the time of the system. */
    private static void await(Instant time) {
        while (!Instant.now().isAfter(time)) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    @DisplayName("a signature that is copied to another digest does not count there; one to another repository does")
    void copied() {
        Digest other = registry.image("acme/other", "v1", "other");
        Digest copy = registry.image("copy/api", "v1", "api");
        registry.bundles("acme/other", other, signature(api));
        registry.bundles("copy/api", copy, signature(api));
        Decision elsewhere = decide("acme/other", other);
        assertThat(elsewhere.allowed()).isFalse();
        assertThat(elsewhere.reason()).contains("expected " + other);
        assertThat(copy).isEqualTo(api);
        assertThat(decide("copy/api", copy).allowed()).isTrue();
    }

    @Test
    @DisplayName("fifty reviews of one image at once search for its signatures once")
    void oneFlight() {
        registry.bundles("acme/api", api, signature(api));
        ImageReview review = ImageReview.of(registry.image("acme/api", api).text());
        List<CompletableFuture<Decision>> decisions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            decisions.add(gate.decideAsync(review, Duration.ofMinutes(2)));
        }
        assertThat(decisions).allMatch(decision -> decision.join().allowed());
        assertThat(registry.asked.stream().filter(path -> path.contains("/referrers/")))
                .hasSize(1);
    }
}
