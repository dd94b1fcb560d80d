package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Several sources of facts as one")
class FactSourcesTest {

    /** The ticket that approves an image. */
    private record Approval() implements Need<String> {}

    /** A need that nobody owns. */
    private record Licence() implements Need<String> {}

    private static final Digest ONE = Digest.parse("sha256:" + "1".repeat(64));
    private static final Digest TWO = Digest.parse("sha256:" + "2".repeat(64));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ManualTime TIME = new ManualTime("2026-12-01T00:00:00Z");
    private static final Signer RELEASE = new SignerOfTest("release");
    private static final SignatureRule SIGNED = SignatureRule.by(RELEASE);
    private static final Rule APPROVED =
            image -> Finding.of(image.facts().get(new Approval()), ticket -> Finding.satisfied());

    private record SignerOfTest(String name) implements Signer {

        @Override
        public String identity() {
            return name;
        }

        @Override
        public Optional<Trust> trust() {
            return Optional.empty();
        }
    }

    private static ImageMetadata metadata(Digest digest) {
        return ImageMetadata.of(digest, List.of(PlatformImage.of(digest, "linux/amd64")));
    }

    private static SignatureFacts signed(Digest digest) {
        return SignatureFacts.of(List.of(SignedBy.of(RELEASE, Signatory.identity("release", "the test"), digest)));
    }

    private static StubSource registries() {
        return new StubSource()
                .with(Need.DIGEST, Fact.known(ONE))
                .with(Need.METADATA, Fact.known(metadata(ONE)))
                .with(SIGNED.need(), Fact.known(signed(ONE)));
    }

    private static StubSource approvals() {
        return new StubSource().with(new Approval(), Fact.known("TICKET-7"));
    }

    private static PolicySet policies(Rule... rules) {
        PolicyBuilder policy = Policy.builder("p");
        for (int i = 0; i < rules.length; i++) {
            policy.rule("rule-" + i, rules[i]);
        }
        return PolicySet.of(policy.build());
    }

    private static Decision decide(FactSource facts, String image, Rule... rules) {
        PolicySet policies = policies(rules);
        return ImageGate.of(() -> policies, facts).decide(ImageReview.of(image), LIMIT);
    }

    /** Decides by sources whose time is over as soon as nobody answers any more. */
    private static Decision decideInTime(FactSourcesBuilder builder, PolicySet policies, String... images) {
        FactSource facts = builder.build(TIME);
        FactSource waiting = (needs, limit) -> {
            CompletableFuture<Map<ImageReference, ImageFacts>> found = facts.find(needs, limit);
            if (!found.isDone()) {
                TIME.pass(limit);
            }
            return found;
        };
        return ImageGate.of(() -> policies, waiting).decide(ImageReview.of(images), LIMIT);
    }

    private static Map<ImageReference, Set<Need<?>>> asks(String image, Need<?>... needs) {
        return Map.of(ImageReference.parse(image), Set.of(needs));
    }

    @Test
    @DisplayName("asks one for the digest, and each of the others about that digest, for what it owns")
    void asksByDigest() {
        StubSource registries = registries();
        StubSource mine = new StubSource().with(Need.METADATA, Fact.known(metadata(ONE)));
        StubSource approvals = approvals();
        FactSource facts = FactSources.builder()
                .digests(registries)
                .metadata(mine)
                .signatures(registries)
                .needs(Approval.class, approvals)
                .build();
        Rule small = image -> Finding.of(image.facts().metadata(), metadata -> Finding.satisfied());
        Decision decision = decide(facts, "a:1", SIGNED, APPROVED, small);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.toRun())
                .singleElement()
                .satisfies(image -> assertThat(image.requireVerified().digest()).contains(ONE));
        assertThat(registries.asked()).containsExactly(asks("a:1", Need.DIGEST), asks("a:1@" + ONE, SIGNED.need()));
        assertThat(mine.asked()).containsExactly(asks("a:1@" + ONE, Need.METADATA));
        assertThat(approvals.asked()).containsExactly(asks("a:1@" + ONE, new Approval()));
    }

    @Test
    @DisplayName("takes a digest that is written as it is")
    void writtenDigest() {
        StubSource registries = registries();
        StubSource approvals = approvals();
        FactSource facts = FactSources.builder()
                .registries(registries)
                .needs(Approval.class, approvals)
                .build();
        assertThat(decide(facts, "a@" + TWO, APPROVED).allowed()).isTrue();
        assertThat(approvals.asked()).containsExactly(asks("a@" + TWO, new Approval()));
        assertThat(registries.asked()).isEmpty();
        Decision exists = decide(facts, "a@" + TWO, Rules.exists());
        assertThat(exists.allowed()).isFalse();
        assertThat(exists.reason()).contains("its fact source answered about another digest, " + ONE);
        assertThat(decide(facts, "a@" + ONE, Rules.exists()).allowed()).isTrue();
    }

    @Test
    @DisplayName("looks up the digest of a name once for all that are asked about it, and tells it")
    void tellsTheDigest() {
        FactSource facts = FactSources.builder()
                .registries(registries())
                .others(approvals())
                .build();
        Decision decision = decide(facts, "a:1", APPROVED);
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.lookups())
                .extracting(Lookup::need, Lookup::detail)
                .contains(tuple("digest", ONE.toString()));
    }

    @Test
    @DisplayName("gives needs of programs to the source of others, and those of images never")
    void others() {
        StubSource mine = approvals().with(SIGNED.need(), Fact.known(signed(ONE)));
        StubSource registries = new StubSource().with(Need.DIGEST, Fact.known(ONE));
        FactSource facts =
                FactSources.builder().registries(registries).others(mine).build();
        assertThat(decide(facts, "a:1", APPROVED).allowed()).isTrue();
        Decision unsigned = decide(facts, "a:1", SIGNED);
        assertThat(unsigned.allowed()).isFalse();
        assertThat(unsigned.reason()).contains("its signatures by release was not found by the fact source");
        assertThat(mine.asked()).hasSize(1);
    }

    @Test
    @DisplayName("a need that no source owns is undecidable, and says so")
    void noOwner() {
        FactSource facts = FactSources.builder()
                .digests(registries())
                .needs(Approval.class, approvals())
                .build();
        Rule licensed = image -> Finding.of(image.facts().get(new Licence()), known -> Finding.satisfied());
        Decision decision = decide(facts, "a:1", licensed, SIGNED);
        assertThat(decision.violations()).allMatch(Violation::isUnknown).hasSize(2);
        assertThat(decision.reason())
                .contains("its Licence[] was not looked up, because no fact source owns " + Licence.class.getName())
                .contains("its signatures by release was not looked up, because no fact source owns signatures");
        assertThat(decide(facts, "a:1", Rules.not(licensed)).allowed()).isFalse();
    }

    @Test
    @DisplayName("a need that is asked for again has the same owner")
    void freshNeeds() {
        StubSource registries = registries()
                .with(new FreshNeed<>(SIGNED.need()), Fact.known(signed(ONE)))
                .with(new FreshNeed<>(Need.DIGEST), Fact.known(ONE));
        FactSource facts = FactSources.builder().registries(registries).build();
        Rule again = image -> Finding.of(
                image.facts().get(new FreshNeed<>(SIGNED.need())),
                found -> Finding.of(image.facts().get(new FreshNeed<>(Need.DIGEST)), known -> Finding.satisfied()));
        assertThat(decide(facts, "a:1", again).allowed()).isTrue();
        registries.with(new FreshNeed<>(Need.DIGEST), Fact.known(TWO));
        Map<ImageReference, ImageFacts> found = FactSources.builder()
                .registries(registries)
                .build()
                .find(asks("a:1", Need.DIGEST, new FreshNeed<>(Need.DIGEST)), LIMIT)
                .join();
        assertThat(found.getOrDefault(ImageReference.parse("a:1"), ImageFacts.NONE)
                        .digest()
                        .reason())
                .contains("changed during the look-up");
    }

    @Test
    @DisplayName("two owners of one kind, needs of Imagegate as those of a program, and nobody for digests are refused")
    void refused() {
        StubSource one = registries();
        FactSource other = (needs, limit) -> new CompletableFuture<>();
        FactSourcesBuilder builder = FactSources.builder();
        assertThatThrownBy(() -> builder.digests(one).digests(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("digests: expected one fact source, got " + StubSource.class.getName() + " and "
                        + other.getClass().getName());
        for (FactSourcesBuilder owned :
                List.of(builder.metadata(one), builder.signatures(one), builder.needs(Approval.class, one))) {
            assertThat(owned.digests(one).build()).isNotNull();
        }
        assertThatThrownBy(() -> builder.metadata(one).metadata(one)).hasMessageStartingWith("metadata: expected one");
        assertThatThrownBy(() -> builder.signatures(one).signatures(other)).hasMessageStartingWith("signatures: ");
        assertThatThrownBy(() -> builder.needs(Approval.class, one).needs(Approval.class, other))
                .hasMessageStartingWith(Approval.class.getName() + ": expected one fact source");
        assertThatThrownBy(() -> builder.registries(one).registries(other)).hasMessageStartingWith("registries: ");
        assertThatThrownBy(() -> builder.others(one).others(other)).hasMessageStartingWith("others: ");
        for (Class<? extends Need<?>> ours :
                List.<Class<? extends Need<?>>>of(SignatureNeed.class, AttestationNeed.class)) {
            assertThatThrownBy(() -> builder.needs(ours, one))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(ours.getName()
                            + ": expected a class of needs of the program, such as a record that implements Need");
        }
        assertThatThrownBy(() -> builder.metadata(one).others(one).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "fact sources: expected one that owns the digests of images, with digests(…) or registries(…)");
        assertThat(builder.registries(one).metadata(other).build()).isNotNull();
    }

    /** A source that answers everything that it is asked about, and lies. */
    private static FactSource lying(Digest about) {
        return registries(about);
    }

    private static StubSource registries(Digest digest) {
        return new StubSource()
                .with(Need.DIGEST, Fact.known(digest))
                .with(Need.METADATA, Fact.known(metadata(digest)))
                .with(SIGNED.need(), Fact.known(signed(digest)))
                .with(new Approval(), Fact.known("TICKET-7"));
    }

    private static FactSource forOtherImage() {
        return (needs, limit) -> registries().find(asks("other:1@" + ONE, Need.DIGEST), limit);
    }

    private static FactSource failing(Throwable thrown) {
        return (needs, limit) -> {
            FactSourcesTest.<RuntimeException>sneak(thrown);
            return new CompletableFuture<>();
        };
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    /** Answers right, when the time of everybody who asks is over. */
    private static FactSource late(StubSource source) {
        return (needs, limit) -> {
            CompletableFuture<Map<ImageReference, ImageFacts>> answer = new CompletableFuture<>();
            TIME.schedule(LIMIT, () -> answer.complete(source.find(needs, limit).join()));
            return answer;
        };
    }

    private static FactSource nullFacts() {
        return (needs, limit) -> {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.keySet().forEach(image -> found.put(image, null));
            return CompletableFuture.completedFuture(found);
        };
    }

    @SuppressWarnings("NullAway") // What a source without annotations may do.
    static Stream<Arguments> attackers() {
        return Stream.of(
                Arguments.of("another digest", lying(TWO)),
                Arguments.of("another image", forOtherImage()),
                Arguments.of("another image, with the image that was asked", (FactSource) (needs, limit) ->
                        CompletableFuture.completedFuture(Map.of(ImageReference.parse("a:1"), ImageFacts.NONE))),
                Arguments.of("an exception", failing(new IllegalStateException("secret"))),
                Arguments.of("a checked exception", failing(new Exception("secret"))),
                Arguments.of("an error", failing(new AssertionError("secret"))),
                Arguments.of("a missing class", failing(new NoClassDefFoundError("secret"))),
                Arguments.of("no end of recursion", (FactSource) (needs, limit) -> {
                    recurse(0);
                    return new CompletableFuture<>();
                }),
                Arguments.of("a failed future", (FactSource)
                        (needs, limit) -> CompletableFuture.failedFuture(new IllegalStateException("secret"))),
                Arguments.of("a cancelled future", (FactSource) (needs, limit) -> {
                    CompletableFuture<Map<ImageReference, ImageFacts>> cancelled = new CompletableFuture<>();
                    cancelled.cancel(true);
                    return cancelled;
                }),
                Arguments.of("no answer", (FactSource) (needs, limit) -> new CompletableFuture<>()),
                Arguments.of("a late answer", late(registries())),
                Arguments.of("null", (FactSource) (needs, limit) -> null),
                Arguments.of(
                        "a future of null", (FactSource) (needs, limit) -> CompletableFuture.completedFuture(null)),
                Arguments.of("facts that are null", nullFacts()),
                Arguments.of("nothing", (FactSource) (needs, limit) -> CompletableFuture.completedFuture(Map.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attackers")
    @DisplayName("no attacker that owns signatures admits an image, and the other sources keep their answers")
    void attackOnSignatures(String name, FactSource attacker) {
        FactSourcesBuilder facts = FactSources.builder()
                .registries(registries())
                .signatures(attacker)
                .needs(Approval.class, approvals());
        undecidable(facts, SIGNED, APPROVED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attackers")
    @DisplayName("no attacker that owns metadata admits an image, and the other sources keep their answers")
    void attackOnMetadata(String name, FactSource attacker) {
        FactSourcesBuilder facts =
                FactSources.builder().registries(registries()).metadata(attacker);
        Rule small = image -> Finding.of(image.facts().metadata(), metadata -> Finding.satisfied());
        undecidable(facts, small, SIGNED);
    }

    /** The rule on what the attacker owns is undecidable, also under not, in time; the other one is satisfied. */
    private static void undecidable(FactSourcesBuilder facts, Rule attacked, Rule other) {
        PolicySet policies = policies(attacked, Rules.not(attacked), other);
        for (String image : List.of("a:1", "a:1@" + ONE)) {
            Decision decision = decideInTime(facts, policies, image);
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.violations())
                    .extracting(Violation::rule, Violation::found)
                    .containsExactly(tuple("rule-0", Outcome.UNDECIDABLE), tuple("rule-1", Outcome.UNDECIDABLE));
            assertThat(decision.reason()).doesNotContain("secret");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attackers")
    @DisplayName("no attacker that owns digests makes what others own count")
    void attackOnDigests(String name, FactSource attacker) {
        StubSource registries = registries();
        FactSourcesBuilder facts = FactSources.builder().digests(attacker).registries(registries);
        PolicySet policies = policies(SIGNED, Rules.not(SIGNED));
        Decision decision = decideInTime(facts, policies, "a:1");
        assertThat(decision.violations()).extracting(Violation::found).containsOnly(Outcome.UNDECIDABLE);
        assertThat(decision.violations()).hasSize(2);
    }

    @Test
    @DisplayName("what a source answers without being asked decides nothing")
    void unaskedAnswers() {
        StubSource greedy = registries(ONE);
        FactSource facts = FactSources.builder()
                .digests(new StubSource().with(Need.DIGEST, Fact.known(ONE)))
                .metadata(new StubSource())
                .signatures(new StubSource())
                .needs(Approval.class, greedy)
                .build();
        Rule small = image -> Finding.of(image.facts().metadata(), metadata -> Finding.satisfied());
        Decision decision = decide(facts, "a:1", APPROVED, SIGNED, small);
        assertThat(decision.violations()).extracting(Violation::rule).containsExactly("rule-1", "rule-2");
        Map<ImageReference, ImageFacts> found =
                facts.find(asks("a:1", new Approval()), LIMIT).join();
        assertThat(found).containsOnlyKeys(ImageReference.parse("a:1"));
        assertThat(found.getOrDefault(ImageReference.parse("a:1"), ImageFacts.NONE)
                        .get(SIGNED.need())
                        .state())
                .isEqualTo(Fact.State.PENDING);
    }

    @Test
    @DisplayName("without a digest that can be looked up nobody else is asked")
    void outage() {
        StubSource down = new StubSource().with(Need.DIGEST, Fact.unavailable("registry.example does not answer"));
        StubSource mine = registries();
        FactSource facts = FactSources.builder()
                .digests(down)
                .signatures(mine)
                .others(mine)
                .build();
        assertThat(decide(facts, "a:1", APPROVED, SIGNED).violations())
                .extracting(Violation::found)
                .containsExactly(Outcome.UNAVAILABLE, Outcome.UNAVAILABLE);
        assertThat(mine.asked()).isEmpty();
    }

    @Test
    @DisplayName("an image that is absent proves nothing about what another source owns")
    void absentDigest() {
        StubSource none = new StubSource().with(Need.DIGEST, Fact.absent("there is no such tag"));
        FactSource facts =
                FactSources.builder().registries(none).others(approvals()).build();
        Rule revoked = image -> Finding.of(image.facts().get(new Approval()), ticket -> Finding.satisfied());
        assertThat(decide(facts, "a:1", Rules.not(revoked)).violations())
                .extracting(Violation::found)
                .containsExactly(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("what one source throws is the failure of the rules that need it")
    void failures() {
        IllegalStateException thrown = new IllegalStateException("secret");
        FactSource facts = FactSources.builder()
                .registries(new StubSource().with(Need.DIGEST, Fact.known(ONE)))
                .others(failing(thrown))
                .build();
        Decision decision = decide(facts, "a:1", APPROVED, SIGNED);
        assertThat(decision.violations())
                .extracting(violation -> violation.failure().orElse(null))
                .containsExactly(thrown, null);
        FactSource noDigest = FactSources.builder()
                .digests(failing(thrown))
                .others(approvals())
                .build();
        assertThat(decide(noDigest, "a:1", APPROVED).violations())
                .extracting(violation -> violation.failure().orElse(null))
                .containsExactly(thrown);
    }

    @Test
    @DisplayName("takes no signatures of another digest from their source, and names that digest")
    void signaturesOfAnotherDigest() {
        FactSource facts = FactSources.builder()
                .digests(new StubSource().with(Need.DIGEST, Fact.known(ONE)))
                .signatures(new StubSource().with(SIGNED.need(), Fact.known(signed(TWO))))
                .build();
        assertThat(facts.find(asks("a:1", SIGNED.need()), LIMIT)
                        .join()
                        .getOrDefault(ImageReference.parse("a:1"), ImageFacts.NONE)
                        .get(SIGNED.need())
                        .reason())
                .endsWith(" is unknown: its fact source answered about another digest, " + TWO);
    }

    /** Counts its look-ups by user. */
    private record Shared(String user, Map<String, Integer> lookups) implements FactSource {

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            lookups.merge(user, 1, Integer::sum);
            return registries().with(new Approval(), Fact.known("TICKET-7")).find(needs, limit);
        }

        @Override
        public FactSource sharedBy(String other) {
            return new Shared(other, lookups);
        }

        @Override
        public Optional<String> registry(ImageReference image) {
            return Optional.of("hub of " + user);
        }
    }

    @Test
    @DisplayName("is shared by gates as each of its sources is, and has the registries of the one for digests")
    void shared() {
        Map<String, Integer> lookups = new HashMap<>();
        FactSource registries = new Shared("nobody", lookups);
        FactSource approvals = new Shared("nobody", lookups);
        FactSourcesBuilder builder = FactSources.builder().registries(registries);
        for (FactSources facts : List.of(
                builder.others(approvals).build(),
                builder.needs(Approval.class, approvals).build())) {
            lookups.clear();
            assertThat(facts.registry(ImageReference.parse("a:1"))).contains("hub of nobody");
            FactSources ofShop = facts.sharedBy("shop");
            assertThat(decide(ofShop, "a:1", APPROVED, SIGNED).allowed()).isTrue();
            assertThat(lookups).isEqualTo(Map.of("shop", 3));
            assertThat(ofShop.registry(ImageReference.parse("a:1"))).contains("hub of shop");
        }
        assertThat(builder.hasSignatures()).isFalse();
        assertThat(builder.signatures(registries).hasSignatures()).isTrue();
        // Sources that are missing stay so.
        FactSources digests = FactSources.builder().digests(registries).build().sharedBy("shop");
        assertThat(decide(digests, "a:1", APPROVED, SIGNED).violations()).hasSize(2);
    }

    @ParameterizedTest(name = "of {0} ms: {1} ms")
    @CsvSource({"500, 450", "1000, 900", "60000, 59900"})
    @DisplayName("gives each a little less than the time that it has itself")
    void limits(long limit, long given) {
        List<Duration> limits = new ArrayList<>();
        StubSource known = registries();
        FactSource facts = FactSources.builder()
                .registries((needs, left) -> {
                    limits.add(left);
                    return known.find(needs, left);
                })
                .build(TIME);
        facts.find(asks("a:1", Need.DIGEST), Duration.ofMillis(limit)).join();
        assertThat(limits).containsExactly(Duration.ofMillis(given));
    }

    @Test
    @DisplayName("a name with a digest need not wait for one without")
    void groups() {
        StubSource approvals = approvals();
        FactSourcesBuilder facts = FactSources.builder()
                .digests((needs, limit) -> new CompletableFuture<>())
                .others(approvals);
        PolicySet policies = policies(APPROVED);
        Decision decision = decideInTime(facts, policies, "a:1", "b@" + ONE);
        assertThat(decision.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("\"a:1\""));
        assertThat(approvals.asked()).containsExactly(asks("b@" + ONE, new Approval()));
    }
}
