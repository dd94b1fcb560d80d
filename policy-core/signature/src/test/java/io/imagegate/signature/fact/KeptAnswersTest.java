package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.reference.Digest;
import io.imagegate.registry.CachePeriods;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.AttestationRule;
import io.imagegate.rule.Rule;
import io.imagegate.rule.SignatureRule;
import io.imagegate.rule.ValueCondition;
import io.imagegate.rule.Where;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long an answer about signatures is used: one that satisfies for an hour, any other as briefly as none at all. */
@Tag("slow")
class KeptAnswersTest {

    private static final AttestationType VULN = AttestationType.parse("vuln");
    private static final Duration ABSENT = Duration.ofMillis(200);

    private volatile Instant now = Instant.parse("2026-11-26T00:00:00Z");
    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open(CachePeriods.DEFAULTS.withAbsent(ABSENT));
    private final SignedImages images = new SignedImages(registries, Verifier.create(), answer -> {}, () -> now);
    private final TestKey key = TestKey.p256();
    private final TestKey other = TestKey.p256();
    private final Signer release = signer("release", key);
    private final Signer ci = signer("ci", other);
    private final Digest api = registry.image("acme/api", "v1", "api");

    @AfterEach
    void close() {
        images.close();
        registries.close();
        registry.close();
    }

    private static Signer signer(String name, TestKey key) {
        try {
            return new KeySigner(name, List.of(SignedDecisionsTest.key(key.pem())), Optional.empty());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TestBundle signature(TestKey by) {
        return TestBundle.by(by).payload(TestBundle.statement(api, SignedContent.COSIGN_SIGN, "{}"));
    }

    private TestBundle scan(Instant date, int findings) {
        return TestBundle.by(key)
                .payload(TestBundle.statement(
                        api,
                        VULN.uri(),
                        "{\"metadata\":{\"scanFinishedOn\":\"" + date + "\"},\"findings\":" + findings + "}"));
    }

    private Decision decide(Rule... rules) {
        return decide(images, rules);
    }

    private Decision decide(SignedImages source, Rule... rules) {
        var policy = Policy.builder("signed");
        for (int i = 0; i < rules.length; i++) {
            policy.rule("r" + i, rules[i]);
        }
        PolicySet policies = PolicySet.of(List.of(policy.build()), () -> now);
        return ImageGate.of(() -> policies, source)
                .decide(ImageReview.of(registry.image("acme/api", api).text()), Duration.ofMinutes(2));
    }

    /** Passes the time on the clock of the test, and as much as the registries' cache needs on that of the system. */
    private void pass(Duration time) {
        long end = System.nanoTime() + ABSENT.toNanos() + 20_000_000;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        now = now.plus(time);
    }

    private int requestsOf(Runnable decision) {
        int before = registry.asked.size();
        decision.run();
        return registry.asked.size() - before;
    }

    @Test
    @DisplayName("a kept answer serves beside one that is looked up, and each is told to the listener once")
    void keptBesideLookedUp() {
        Digest web = registry.image("acme/web", "v1", "web");
        registry.bundles("acme/api", api, signature(key));
        registry.bundles(
                "acme/web",
                web,
                TestBundle.by(key).payload(TestBundle.statement(web, SignedContent.COSIGN_SIGN, "{}")));
        String kept = registry.image("acme/api", api).text();
        String fresh = registry.image("acme/web", web).text();
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(release))
                .build());
        List<Boolean> cached = new CopyOnWriteArrayList<>();
        try (SignedImages heard =
                SignedImages.of(registries, Verifier.create(), answer -> cached.add(answer.cached()), () -> now)) {
            ImageGate gate = ImageGate.of(() -> policies, heard);
            assertThat(gate.decide(kept).allowed()).isTrue();
            assertThat(gate.decide(kept, fresh).allowed()).isTrue();
            assertThat(cached).containsExactly(false, true, false);
            assertThat(gate.decide(kept, fresh).allowed()).isTrue();
            assertThat(cached).containsExactly(false, true, false, true, true);
        }
    }

    @Test
    @DisplayName("a second signature is seen as soon as an image that was not signed would be")
    void secondSigner() {
        Rule both = SignatureRule.by(release, ci).withAtLeast(2);
        registry.bundles("acme/api", api, signature(key));
        assertThat(decide(both).reason()).contains("signed by release");
        registry.bundles("acme/api", api, signature(key), signature(other));
        pass(ABSENT);
        assertThat(decide(both).allowed()).isTrue();
        pass(Duration.ofMinutes(59));
        assertThat(requestsOf(() -> assertThat(decide(both).allowed()).isTrue()))
                .as("what satisfies is kept for an hour")
                .isZero();
    }

    @Test
    @DisplayName("until then the answer is kept")
    void keptForAMoment() {
        Rule both = SignatureRule.by(release, ci).withAtLeast(2);
        // Longer than a slow machine needs.
        try (Registries patient = registry.open(CachePeriods.DEFAULTS.withAbsent(Duration.ofMinutes(10)));
                SignedImages source = new SignedImages(patient, Verifier.create(), answer -> {}, () -> now)) {
            registry.bundles("acme/api", api, signature(key));
            assertThat(decide(source, both).allowed()).isFalse();
            registry.bundles("acme/api", api, signature(key), signature(other));
            assertThat(requestsOf(
                            () -> assertThat(decide(source, both).allowed()).isFalse()))
                    .isZero();
        }
    }

    @Test
    @DisplayName("a second signature beside the first under cosign's tag is seen, too")
    void secondLayer() throws Exception {
        Rule both = SignatureRule.by(release, ci).withAtLeast(2);
        registry.simpleSignatures("acme/api", api, key);
        assertThat(decide(both).reason()).contains("signed by release");
        registry.simpleSignatures("acme/api", api, key, other);
        pass(ABSENT);
        assertThat(decide(both).allowed()).isTrue();
    }

    @Test
    @DisplayName("a newer scan is seen when the one before has become too old, or found something")
    void newerScan() {
        Rule clean = AttestationRule.of(VULN, release)
                .withMaxAge(Duration.ofHours(24))
                .with(new Where(new JsonPointer("/findings"), ValueCondition.matches("0")));
        registry.bundles("acme/api", api, scan(now.minus(Duration.ofHours(23)), 0));
        assertThat(decide(clean).allowed()).isTrue();
        pass(Duration.ofMinutes(59));
        assertThat(requestsOf(() -> assertThat(decide(clean).allowed()).isTrue()))
                .isZero();
        registry.bundles("acme/api", api, scan(now.minus(Duration.ofHours(25)), 0));
        pass(Duration.ofHours(2));
        assertThat(decide(clean).reason()).contains("more than 1d ago");
        registry.bundles("acme/api", api, scan(now, 1));
        pass(ABSENT);
        assertThat(decide(clean).allowed()).isFalse();
        registry.bundles("acme/api", api, scan(now, 0));
        pass(ABSENT);
        assertThat(decide(clean).allowed()).isTrue();
    }

    @Test
    @DisplayName("an answer that satisfied is asked for anew when time makes it too old, not only after its hour")
    void agedWhileKept() {
        Rule fresh = AttestationRule.of(VULN, release).withMaxAge(Duration.ofHours(24));
        registry.bundles("acme/api", api, scan(now.minus(Duration.ofMinutes(24 * 60 - 5)), 0));
        assertThat(decide(fresh).allowed()).isTrue();
        registry.bundles("acme/api", api, scan(now, 0));
        pass(Duration.ofMinutes(10));
        Decision decision = decide(fresh);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.lookups()).hasSize(1);
        assertThat(decision.auditAnnotations().get("verified")).contains("vuln attested by release");
    }

    @Test
    @DisplayName("two rules share a look-up: the satisfied one asks for nothing anew, the other one does")
    void sharedByRules() {
        Rule any = AttestationRule.of(VULN, release)
                .with(new Where(new JsonPointer("/findings"), ValueCondition.matches("*")));
        Rule clean = AttestationRule.of(VULN, release)
                .with(new Where(new JsonPointer("/findings"), ValueCondition.matches("0")));
        registry.bundles("acme/api", api, scan(now, 1));
        assertThat(decide(any, clean).allowed()).isFalse();
        pass(ABSENT);
        assertThat(requestsOf(() -> assertThat(decide(any).allowed()).isTrue())).isZero();
        registry.bundles("acme/api", api, scan(now, 0));
        assertThat(decide(any, clean).allowed()).isTrue();
    }

    @Test
    @DisplayName("required annotations are looked for in new signatures")
    void annotations() {
        Rule team = SignatureRule.by(release).withAnnotations(Map.of("team", "payments"));
        TestBundle bare = signature(key);
        bare.payload(bare.payload.replace("payments", "others"));
        registry.bundles("acme/api", api, bare);
        assertThat(decide(team).allowed()).isFalse();
        registry.bundles("acme/api", api, bare, signature(key));
        pass(ABSENT);
        assertThat(decide(team).allowed()).isTrue();
    }

    @Test
    @DisplayName(
            "a newer scan that was read before the registry went down is not forgotten for an older one that is kept")
    void outageWhileReading() {
        Rule clean = AttestationRule.of(VULN, release)
                .with(new Where(new JsonPointer("/findings"), ValueCondition.matches("0")));
        TestBundle older = scan(now.minus(Duration.ofHours(2)), 0);
        registry.bundles("acme/api", api, older);
        assertThat(decide(clean).allowed()).isTrue();
        TestBundle newer = scan(now.minus(Duration.ofHours(1)), 1);
        registry.bundles("acme/api", api, newer, older);
        registry.failsFrom("acme/api", older);
        pass(Duration.ofMinutes(61));
        Decision decision = decide(clean);
        assertThat(decision.allowed()).isFalse();
        assertThat(decision.reason()).contains("is down");
    }

    @Test
    @DisplayName("during an outage an answer serves the rule that it satisfies; for another the registry is down")
    void outage() {
        Rule both = SignatureRule.by(release, ci).withAtLeast(2);
        Rule one = SignatureRule.by(release, ci);
        registry.bundles("acme/api", api, signature(key));
        assertThat(decide(one).allowed()).isTrue();
        registry.down();
        for (Duration time : List.of(ABSENT, Duration.ofMinutes(61))) {
            pass(time);
            assertThat(decide(one).allowed()).isTrue();
            assertThat(decide(both).reason()).contains("is down").doesNotContain("expected 2");
        }
    }
}
