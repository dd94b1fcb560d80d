package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.signer.Unaccepted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a decision says of its look-ups. */
class LookupTest {

    private static final Digest GOOD = Digest.parse("sha256:" + "a".repeat(64));
    private static final ImageReference API = ImageReference.parse("ghcr.io/acme/api:1.4");
    private static final Rule LINUX = Rules.platforms("linux/amd64");
    private static final Duration WAITED = Duration.ofMillis(12);

    private static ImageMetadata metadata(String... platforms) {
        return ImageMetadata.of(
                GOOD,
                Stream.of(platforms)
                        .map(platform -> PlatformImage.of(GOOD, platform))
                        .toList());
    }

    private static ImageFacts known() {
        return ImageFacts.at(Instant.EPOCH)
                .with(Need.DIGEST, Fact.known(GOOD))
                .with(Need.METADATA, Fact.known(metadata("linux/amd64")));
    }

    private static Decision decide(ImageFacts facts, String... images) {
        FactSource source = (needs, limit) -> {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.keySet().forEach(image -> found.put(image, facts));
            return CompletableFuture.completedFuture(found);
        };
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("linux", LINUX).build());
        return ImageGate.of(() -> policies, source).decide(ImageReview.of(images));
    }

    private static Map<String, String> annotations(Lookup... lookups) {
        return Decision.of(List.of(), Locale.ENGLISH)
                .withLookups(List.of(lookups))
                .auditAnnotations();
    }

    private static <T> Lookup lookup(Need<T> need, Fact<T> fact) {
        return Lookup.of(API, need, ImageFacts.at(Instant.EPOCH).with(need, fact), WAITED);
    }

    @Test
    void aDecisionTellsWhatWasLookedUp() {
        assertThat(decide(known(), "ghcr.io/acme/api:1.4").lookups())
                .extracting(Lookup::image, Lookup::need, Lookup::label, Lookup::detail, Lookup::cached)
                .containsExactly(
                        tuple(API, "digest", "known", GOOD.toString(), false),
                        tuple(API, "metadata", "known", "for linux/amd64", false));
    }

    @Test
    void aDecisionWithoutFactsHasNoLookups() {
        Decision decision = Policy.byDefault().decide(ImageReview.of("nginx:1"));
        assertThat(decision.lookups()).isEmpty();
        assertThat(decision.auditAnnotations()).isEmpty();
    }

    @Test
    void theAnnotationNamesTheImageByItsDigest() {
        assertThat(annotations(lookup(Need.DIGEST, Fact.known(GOOD).asCached())))
                .isEqualTo(Map.of("resolved", "ghcr.io/acme/api@" + GOOD + " (cached)"));
        assertThat(annotations(
                        lookup(Need.DIGEST, Fact.known(GOOD).asCached()),
                        lookup(Need.METADATA, Fact.known(metadata("a/b", "c/d", "e/f", "g/h", "i/j")))))
                .isEqualTo(Map.of("resolved", "ghcr.io/acme/api@" + GOOD + " for a/b, c/d, e/f and 2 more (12 ms)"));
    }

    @Test
    void theAnnotationHasTheTimeOfTheSlowestAnswerThatWasNotCached() {
        Lookup digest = lookup(Need.DIGEST, Fact.known(GOOD));
        Fact<ImageMetadata> known = Fact.known(metadata("a/b"));
        Lookup slow = Lookup.of(
                API, Need.METADATA, ImageFacts.at(Instant.EPOCH).with(Need.METADATA, known), Duration.ofMillis(30));
        Lookup cached = Lookup.of(
                API,
                Need.METADATA,
                ImageFacts.at(Instant.EPOCH).with(Need.METADATA, known.asCached()),
                Duration.ofMillis(30));
        String name = "ghcr.io/acme/api@" + GOOD + " for a/b ";
        assertThat(annotations(digest, slow)).isEqualTo(Map.of("resolved", name + "(30 ms)"));
        assertThat(annotations(slow, digest)).isEqualTo(Map.of("resolved", name + "(30 ms)"));
        assertThat(annotations(cached, digest)).isEqualTo(Map.of("resolved", name + "(12 ms)"));
        assertThat(annotations(digest, cached)).isEqualTo(Map.of("resolved", name + "(12 ms)"));
    }

    @Test
    void onlyWhatASignerVouchesForIsVerified() {
        Signer ci = new KeylessSigner("ci", Trust.of("public", "{}"), "https://issuer", PathGlob.parse("ci"), Map.of());
        SignatureNeed need = new SignatureNeed(List.of(ci), Set.of());
        SignatureFacts signed = SignatureFacts.of(List.of(SignedBy.of(ci, Signatory.key("sha256:11"), GOOD)));
        Lookup digest = lookup(Need.DIGEST, Fact.known(GOOD).asCached());
        Lookup metadata = lookup(Need.METADATA, Fact.known(metadata("a/b")));
        String name = "ghcr.io/acme/api@" + GOOD;
        assertThat(annotations(digest, lookup(need, Fact.known(signed))))
                .isEqualTo(Map.of("verified", name + " signed by ci (12 ms)"));
        assertThat(annotations(digest, lookup(need, Fact.known(signed)), metadata))
                .isEqualTo(Map.of("verified", name + " signed by ci (12 ms)", "resolved", name + " for a/b (12 ms)"));
        Fact<SignatureFacts> others =
                Fact.known(SignatureFacts.of(List.of()).withOthers(List.of(Unaccepted.because("one by another"))));
        assertThat(annotations(digest, lookup(need, others)))
                .isEqualTo(Map.of(
                        "resolved",
                        name + " (cached)",
                        "unverified",
                        "ghcr.io/acme/api:1.4: signatures by ci: none that counts (12 ms)"));
    }

    @Test
    void whatHasEndedSinceItWasVerifiedIsNotVerified() {
        Signer ci = new KeylessSigner("ci", Trust.of("public", "{}"), "https://issuer", PathGlob.parse("ci"), Map.of());
        SignatureNeed need = new SignatureNeed(List.of(ci), Set.of());
        SignedBy signed = SignedBy.of(ci, Signatory.key("sha256:11"), GOOD);
        Lookup digest = lookup(Need.DIGEST, Fact.known(GOOD));
        Instant end = Instant.EPOCH;
        SignatureFacts current = SignatureFacts.of(List.of(signed.withInterval(end, end)));
        assertThat(annotations(digest, lookup(need, Fact.known(current).asCached())))
                .containsOnlyKeys("verified");
        for (SignedBy other : List.of(
                signed.withInterval(Instant.MIN, end.minusNanos(1)),
                signed.withInterval(end.plusNanos(1), Instant.MAX))) {
            SignatureFacts ended = SignatureFacts.of(List.of(other));
            assertThat(annotations(digest, lookup(need, Fact.known(ended).asCached())))
                    .containsEntry("unverified", "ghcr.io/acme/api:1.4: signatures by ci: none that counts (cached)")
                    .doesNotContainKey("verified");
        }
    }

    @Test
    void whatIsUnknownIsNotVerified() {
        assertThat(annotations(
                        lookup(Need.DIGEST, Fact.<Digest>absent("no tag 1.4").asCached()),
                        lookup(Need.METADATA, Fact.unavailable("ghcr.io does not answer"))))
                .isEqualTo(Map.of(
                        "unverified",
                        "ghcr.io/acme/api:1.4: digest absent: no tag 1.4 (cached); "
                                + "ghcr.io/acme/api:1.4: metadata unavailable: ghcr.io does not answer (12 ms)"));
    }

    @Test
    void aDenialSaysWhatWasLookedUpAsWell() {
        Decision denied =
                decide(ImageFacts.at(Instant.EPOCH).with(Need.METADATA, Fact.undecidable("too many redirects")), "a:1");
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.reason()).contains("too many redirects");
        assertThat(denied.auditAnnotations().get("unverified"))
                .startsWith("docker.io/library/a:1: metadata undecidable: too many redirects (");
    }

    @Test
    void textOfARegistryIsEscapedAndCut() {
        Lookup hostile = lookup(Need.METADATA, Fact.known(metadata("linux/\u202e\n" + "x".repeat(1_000))));
        assertThat(hostile.detail()).startsWith("for linux/\\u202e\\nxx").hasSize(300);
        assertThat(lookup(Need.DIGEST, Fact.absent("y".repeat(1_000))).detail()).hasSize(300);
    }

    @Test
    void aLookupTellsItsParts() {
        Lookup absent = lookup(Need.DIGEST, Fact.absent("no tag 1.4"));
        assertThat(absent.state()).isEqualTo(Fact.State.ABSENT);
        assertThat(absent.waited()).isEqualTo(WAITED);
        assertThat(absent.evidence()).isEqualTo(Lookup.Evidence.NONE);
        assertThat(absent.timeText()).isEqualTo("12 ms");
        assertThat(absent)
                .hasToString(
                        "Lookup[image=ghcr.io/acme/api:1.4, need=digest, state=ABSENT, detail=no tag 1.4, waited=PT0.012S,"
                                + " cached=false, evidence=NONE]");
        Lookup same = lookup(Need.DIGEST, Fact.absent("no tag 1.4"));
        assertThat(absent).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo("digest");
        assertThat(absent).isNotEqualTo(lookup(Need.DIGEST, Fact.absent("no tag 1.5")));
        Lookup known = lookup(Need.DIGEST, Fact.known(GOOD).asCached());
        assertThat(known.evidence()).isEqualTo(Lookup.Evidence.REGISTRY);
        assertThat(known.timeText()).isEqualTo("cached");
    }

    @Test
    void manyLookupsAreBounded() {
        String[] images = IntStream.range(0, 700)
                .mapToObj(i -> "ghcr.io/acme/app" + i + ":1")
                .toArray(String[]::new);
        Decision decision = decide(known(), images);
        assertThat(decision.lookups()).hasSize(1_000);
        assertThat(decision.auditAnnotations().get("resolved"))
                .hasSizeLessThan(4_200)
                .endsWith(" more");
    }
}
