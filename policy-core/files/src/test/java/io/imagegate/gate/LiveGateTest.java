package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.LoggedRecords;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.Decision;
import io.imagegate.policy.FactSources;
import io.imagegate.policy.FactSourcesBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import io.imagegate.text.Sha256;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(StubRegistries.RECORDS)
class LiveGateTest {

    private static final String HEAD = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
            """;
    private static final String TAGS = HEAD + "  rules: [{name: fixed, tag: {required: true}}]\n";
    private static final String ALLOW = HEAD + "  rules: [{name: ours, allow: [\"ghcr.io/**\"]}]\n";
    private static final String THERE = HEAD + "  rules: [{name: there, image: {exists: true}}]\n";
    private static final String SIGNED = HEAD + """
              signers: {ci: {keyless: {trust: public, issuer: "https://a.example", identity: "x@y.example"}}}
              trust: {public: {file: root.json}}
              rules: [{name: signed, signature: {by: [$ci]}}]
            """;

    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(LiveGateTest.class, message -> message.getThrown() != null);

    @TempDir
    private Path folder;

    private Path policy;
    private Path registries;

    @BeforeEach
    void files() throws IOException {
        StubRegistries.EVENTS.clear();
        StubRegistries.CLOCKS.clear();
        policy = Files.writeString(folder.resolve("policy.yaml"), TAGS);
        registries = Files.writeString(folder.resolve("registries"), "");
        Files.writeString(folder.resolve("root.json"), "{}");
    }

    /** {@return a class loader that finds these providers} */
    private ClassLoader providers(Class<?>... classes) throws IOException {
        Path jar = Files.createTempDirectory(folder, ".providers");
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        for (Class<?> service : List.of(RegistryProvider.class, SignatureProvider.class)) {
            List<String> names = new ArrayList<>();
            for (Class<?> provider : classes) {
                if (service.isAssignableFrom(provider)) {
                    names.add(provider.getName());
                }
            }
            Files.write(services.resolve(service.getName()), names);
        }
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, LiveGateTest.class.getClassLoader());
    }

    private LiveGateBuilder builder() {
        return LiveGate.builder().policies(policy.toString());
    }

    private static boolean allows(LiveGate gate, String image) {
        return gate.decide(ImageReview.of(image)).allowed();
    }

    @Test
    void aClosedGateDeniesAndIsNotReady() {
        Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new HashMap<>();
        MetricSink metrics = new MetricSink() {
            @Override
            public void record(Metric metric, double value, String... labels) {}

            @Override
            public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
                gauges.put(metric, values);
            }
        };
        LiveGate gate = builder().metrics(metrics).open();
        ImageGate asValue = gate.gate();
        assertThat(gate.decide("nginx:1").allowed()).isTrue();
        assertThat(gate.health().isReady()).isTrue();
        assertThat(requireNonNull(gauges.get(Metric.POLICY_LAST_RELOAD_SUCCESSFUL))
                        .get())
                .containsValue(1.0);
        gate.close();
        assertThat(gate.decide("nginx:1").reason()).contains("the gate is closed");
        assertThat(asValue.decide("nginx:1").allowed()).isFalse();
        assertThat(gate.state().isReady()).isFalse();
        assertThat(gate.health().isReady()).isFalse();
        assertThat(gate.health().obstacles()).containsExactly("the gate is closed");
        assertThat(gate.health().toString()).contains("ready=false", "the gate is closed");
        assertThat(requireNonNull(gauges.get(Metric.POLICY_LAST_RELOAD_SUCCESSFUL))
                        .get())
                .containsValue(0.0);

        LiveGate fixed =
                LiveGate.builder().policies(PolicySet.of(Policy.byDefault())).open();
        fixed.close();
        assertThat(fixed.decide("nginx:1").allowed()).isFalse();
    }

    @Test
    void listenersAddAndWhatOneThrowsStopsNoOther() {
        List<String> heard = new ArrayList<>();
        try (LiveGate gate = builder()
                .listener(state -> heard.add("first load"))
                .listener(state -> {
                    throw new AssertionError("a listener's own trouble");
                })
                .listener(state -> heard.add("last load"))
                .decisionListener(event -> {
                    throw new AssertionError("a listener's own trouble");
                })
                .decisionListener(event -> heard.add(event.gate().orElseThrow() + " " + event.allowed()))
                .open()) {
            gate.decide("nginx:1");
            gate.decide(ImageReview.of("nginx"));
            gate.gate().decide("nginx");
            byte[] body = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
            assertThat(PolicyWebhook.of(gate)
                            .review("/validate", body, body.length)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(heard).containsExactly("first load", "last load", "default true", "default false", "default false");
    }

    @Test
    void policiesOfAFileAreFollowed() throws Exception {
        BlockingQueue<GateState> states = new LinkedBlockingQueue<>();
        try (LiveGate gate = builder().listener(states::add).open()) {
            assertThat(allows(gate, "nginx:1")).isTrue();
            assertThat(allows(gate, "nginx")).isFalse();
            GateState first = states.remove();
            assertThat(first).isEqualTo(gate.state());
            assertThat(first.isReady()).isTrue();
            assertThat(first.location()).isEqualTo(policy.toString());
            assertThat(first.digest()).hasSize(64);
            assertThat(first.loadedAt().orElseThrow()).isBeforeOrEqualTo(Instant.now());
            assertThat(first.registries()).isEmpty();

            Files.writeString(policy, "kind: [");
            GateState wrong = next(states);
            assertThat(wrong.problem().orElseThrow()).hasMessageContaining("policy.yaml");
            assertThat(wrong.policies()).isSameAs(first.policies());
            assertThat(wrong.digest()).isEqualTo(first.digest());
            assertThat(wrong.loadedAt()).isEqualTo(first.loadedAt());
            assertThat(allows(gate, "nginx:1")).isTrue();

            Files.writeString(policy, ALLOW);
            GateState last = next(states);
            assertThat(last.problem()).isEmpty();
            assertThat(last.digest()).isNotEqualTo(first.digest());
            assertThat(allows(gate, "nginx:1")).isFalse();
            assertThat(gate.gate().decide(ImageReview.of("ghcr.io/a/b")).allowed())
                    .isTrue();
            assertThat(gate.decideAsync(ImageReview.of("nginx:1"), Duration.ofSeconds(1))
                            .join()
                            .allowed())
                    .isFalse();
        }
    }

    @Test
    void everythingGoesByTheClockOfTheReader() throws Exception {
        Instant before = Instant.parse("2027-02-28T12:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(before);
        InstantSource clock = now::get;
        Files.writeString(policy, TAGS.replace("name: fixed,", "name: fixed, enforce: warn, denyFrom: 2027-03-01,"));
        try (LiveGate gate = builder()
                .documents(new PolicyDocuments().withClock(clock))
                .registries(registries)
                .classLoader(providers(StubRegistries.class, StubRegistries.Signatures.class))
                .open()) {
            assertThat(gate.state().loadedAt()).hasValue(before);
            assertThat(gate.state().registries().orElseThrow().loadedAt()).isEqualTo(before);
            assertThat(gate.state().policies().clock()).isSameAs(clock);
            assertThat(StubRegistries.CLOCKS).containsExactly(clock, clock);
            assertThat(allows(gate, "nginx")).isTrue();
            now.set(before.plus(Duration.ofDays(1)));
            assertThat(allows(gate, "nginx")).isFalse();
            assertThat(gate.state().loadedAt()).hasValue(before);
        }
        PolicySet fixed = PolicySet.of(List.of(Policy.byDefault()), InstantSource.fixed(before));
        try (LiveGate gate = LiveGate.builder().policies(fixed).open()) {
            assertThat(gate.state().loadedAt()).hasValue(before);
        }
        try (LiveGate gate =
                builder().documents(new PolicyDocuments().withClock(clock)).openLater()) {
            assertThat(gate.state().policies().today()).isEqualTo("2027-03-01");
        }
    }

    private static GateState next(BlockingQueue<GateState> states) throws InterruptedException {
        return Optional.ofNullable(states.poll(30, TimeUnit.SECONDS)).orElseThrow();
    }

    @Test
    void anInvalidFileIsRefusedOrDeniesEverythingUntilItIsValid() throws Exception {
        Files.writeString(policy, "kind: [");
        assertThatThrownBy(() -> LiveGate.open(policy.toString()))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("policy.yaml");
        BlockingQueue<GateState> states = new LinkedBlockingQueue<>();
        try (LiveGate gate = builder().listener(states::add).openLater()) {
            GateState first = next(states);
            assertThat(first.isReady()).isFalse();
            assertThat(first.digest()).isEmpty();
            assertThat(first.loadedAt()).isEmpty();
            assertThat(first.problem()).isPresent();
            assertThat(gate.decide(ImageReview.of("nginx:1")).reason()).contains("no policy could be loaded yet");
            Files.writeString(policy, TAGS);
            assertThat(next(states).isReady()).isTrue();
            assertThat(allows(gate, "nginx:1")).isTrue();
        }
    }

    @Test
    void whatCanNeverBeReadyIsNotOpened() {
        LiveGateBuilder builder = LiveGate.builder();
        assertThatThrownBy(builder::open).isInstanceOf(IllegalStateException.class);
        assertThatIllegalArgumentException().isThrownBy(builder::policies);
        assertThatThrownBy(() -> builder.policies("builtin:none").openLater())
                .isInstanceOf(PolicyDocumentException.class);
        assertThatThrownBy(() -> LiveGate.open("\0")).hasMessageContaining("not the name of a file");
        assertThatThrownBy(() -> LiveGate.open(folder.resolve("none").toString()))
                .isInstanceOf(PolicyDocumentException.class);
    }

    @Test
    void policiesWithoutFilesAreBuiltIn() {
        try (LiveGate gate = LiveGate.open("builtin:baseline");
                LiveGate fixed = LiveGate.builder()
                        .policies(PolicySet.of(Policy.byDefault()))
                        .open();
                LiveGate none =
                        LiveGate.builder().policies(PolicySet.unloaded("later")).open()) {
            assertThat(gate.state().digest()).isEqualTo(GateState.BUILT_IN);
            assertThat(gate.state().location()).isEqualTo("builtin:baseline");
            assertThat(fixed.state().digest()).isEqualTo(GateState.BUILT_IN);
            assertThat(fixed.state().location()).isEmpty();
            assertThat(allows(fixed, "nginx:1")).isTrue();
            assertThat(none.state().isReady()).isFalse();
            assertThat(none.state().loadedAt()).isEmpty();
            assertThat(allows(none, "nginx:1")).isFalse();
        }
    }

    @Test
    void severalLocationsMustAllAllowAndCanBeReadOnce() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), ALLOW.replace("{name: p}", "{name: q}"));
        try (LiveGate gate = LiveGate.builder()
                .policies(policy.toString(), other.toString(), "builtin:fixed-tags")
                .once()
                .open()) {
            assertThat(allows(gate, "ghcr.io/a:1")).isTrue();
            assertThat(allows(gate, "ghcr.io/a")).isFalse();
            assertThat(allows(gate, "nginx:1")).isFalse();
            assertThat(gate.state().policies().policies()).hasSize(3);
            assertThat(gate.state().digest()).hasSize(64);
        }
        Files.writeString(other, "kind: [");
        assertThatThrownBy(() -> builder().policies(other.toString()).once().openLater())
                .isInstanceOf(PolicyDocumentException.class);
    }

    @Test
    void rulesOnContentNeedRegistries() throws Exception {
        Files.writeString(policy, THERE);
        assertThatThrownBy(() -> LiveGate.open(policy.toString()))
                .hasMessageContaining("rule \"there\" looks at the content of images: this needs the registries to ask")
                .hasMessageContaining("io.imagegate:policy-registry");
        assertThatThrownBy(() -> builder().withoutRegistries("this needs luck").open())
                .hasMessageEndingWith(": this needs luck");
    }

    @Test
    void registriesNeedAProvider() throws Exception {
        assertThatThrownBy(() -> LiveGate.open(policy.toString(), registries))
                .isInstanceOf(GateException.class)
                .hasMessage(registries + ": add the artifact io.imagegate:policy-registry, which asks registries");
        LiveGateBuilder builder = builder().registries(registries);
        ClassLoader twice = providers(StubRegistries.class, StubRegistries.Other.class);
        assertThatThrownBy(() -> builder.classLoader(twice).openLater())
                .isInstanceOf(GateException.class)
                .hasMessage("expected one RegistryProvider, got io.imagegate.gate.StubRegistries and"
                        + " io.imagegate.gate.StubRegistries$Other: remove one of their artifacts");
        ClassLoader wrong =
                providers(StubRegistries.class, StubRegistries.Signatures.class, StubRegistries.Picky.class);
        assertThatThrownBy(() -> builder.classLoader(wrong).open())
                .hasMessageStartingWith("expected one SignatureProvider, got ");
        assertThat(StubRegistries.EVENTS).isEmpty();
        ClassLoader picky = providers(StubRegistries.class, StubRegistries.Picky.class);
        assertThatThrownBy(() -> builder.classLoader(picky).open())
                .isInstanceOf(GateException.class)
                .hasMessage("other registries");
        assertThat(StubRegistries.EVENTS).containsOnly("closed registries");
    }

    @Test
    void aProviderThatCannotBeLoadedIsNoneThatIsMissing() throws Exception {
        ClassLoader broken = providers();
        Path services = Path.of(broken.getResource("META-INF/services/" + RegistryProvider.class.getName())
                .toURI());
        Files.writeString(services, "io.imagegate.gate.Absent\n");
        assertThatThrownBy(() ->
                        builder().registries(registries).classLoader(broken).open())
                .isInstanceOf(GateException.class)
                .hasMessageContaining("RegistryProvider cannot be loaded")
                .hasMessageContaining("io.imagegate.gate.Absent");
    }

    @Test
    void rulesOnContentAskTheRegistries() throws Exception {
        Files.writeString(policy, THERE);
        LiveGateBuilder builder = builder().registries(registries).classLoader(providers(StubRegistries.class));
        try (LiveGate gate = builder.open()) {
            assertThat(allows(gate, "nginx:1")).isTrue();
            assertThat(gate.state().registries()).hasValueSatisfying(state -> {
                assertThat(state.file()).isEqualTo(registries);
                assertThat(state.digest()).isEqualTo(Sha256.hex(new byte[0]));
                assertThat(state.count()).isEqualTo(2);
                assertThat(state.loadedAt()).isBeforeOrEqualTo(Instant.now());
                assertThat(state.hosts()).isEmpty();
            });
            RegistryHost down = new RegistryHost("ghcr.io", RegistryHost.State.DOWN, Optional.of(Instant.EPOCH));
            StubRegistries.HOSTS.add(down);
            assertThat(gate.state().registries().orElseThrow().hosts()).containsExactly(down);
        } finally {
            StubRegistries.HOSTS.clear();
        }
        assertThat(StubRegistries.EVENTS).contains("closed registries");
        StubRegistries.EVENTS.clear();
        StubRegistries.CLOCKS.clear();
        Files.writeString(policy, SIGNED);
        assertThatThrownBy(builder::open)
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("looks at signatures: add the artifact io.imagegate:policy-signature");
        assertThat(StubRegistries.EVENTS).contains("closed registries");
        StubRegistries.EVENTS.clear();
        StubRegistries.CLOCKS.clear();
        Files.delete(registries);
        assertThatThrownBy(builder::openLater)
                .isInstanceOf(GateException.class)
                .hasMessage(registries + ": no such file");
    }

    @Test
    void theProviderOfSignaturesChecksTrustedRootsAndIsClosedFirst() throws Exception {
        Files.writeString(policy, SIGNED);
        LiveGateBuilder builder = builder()
                .registries(registries)
                .classLoader(providers(StubRegistries.class, StubRegistries.Signatures.class));
        assertThatThrownBy(builder::open).hasMessageContaining("no root: {}");
        assertThat(StubRegistries.EVENTS)
                .containsExactly("signatures of Source", "closed signatures", "closed registries");
    }

    @Test
    void aSourceOfTheProgramIsAskedInPlaceOfRegistries() throws Exception {
        Files.writeString(policy, THERE);
        AtomicInteger closed = new AtomicInteger();
        FactSource source = new FactSource() {
            @Override
            public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                    Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
                assertThat(needs).hasSize(1);
                return CompletableFuture.failedFuture(new IllegalStateException("source of the program"));
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        try (LiveGate gate = builder().facts(source).open()) {
            assertThat(gate.decide(ImageReview.of("nginx:1")).reason())
                    .contains("rule \"there\"")
                    .contains("IllegalStateException");
            assertThat(gate.state().registries()).isEmpty();
        }
        assertThat(closed).hasValue(0);
        Files.writeString(policy, SIGNED);
        assertThatThrownBy(() -> builder().facts(source).open())
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("PolicyDocuments.withSignatures");
        PolicyDocuments accepting = new PolicyDocuments().withSignatures(root -> {});
        builder().facts(source).documents(accepting).open().close();
    }

    /** Rules that ask for what the program knows, for metadata, and for signatures. */
    private static PolicySet asking() {
        return PolicySet.of(Policy.builder("p")
                .rule("approved", image -> Finding.of(image.facts().get(new Approval()), found -> Finding.satisfied()))
                .rule("small", image -> Finding.of(image.facts().metadata(), found -> Finding.satisfied()))
                .build());
    }

    private record Approval() implements Need<String> {}

    /** Answers one need, and adds what it is asked to a list. */
    private static <T> FactSource answering(Need<T> need, T value, List<String> asked) {
        return (needs, limit) -> {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.forEach((image, wanted) -> {
                asked.add(image + " " + wanted);
                found.put(image, ImageFacts.at(Instant.EPOCH).with(need, Fact.known(value)));
            });
            return CompletableFuture.completedFuture(found);
        };
    }

    @Test
    void aSourceBesideRegistriesIsAskedWhatTheProgramMadeAboutTheirDigest() throws Exception {
        List<String> asked = new ArrayList<>();
        LiveGateBuilder builder = LiveGate.builder()
                .policies(asking())
                .registries(registries)
                .classLoader(providers(StubRegistries.class))
                .facts(answering(new Approval(), "TICKET-7", asked));
        for (int i = 0; i < 2; i++) {
            try (LiveGate gate = builder.open()) {
                assertThat(gate.decide(ImageReview.of("a:1")).violations())
                        .extracting(Violation::rule)
                        .containsExactly("small");
                assertThat(gate.state().registries()).isPresent();
            }
        }
        assertThat(asked)
                .containsExactly(
                        "a:1@" + StubRegistries.DIGEST + " [Approval[]]",
                        "a:1@" + StubRegistries.DIGEST + " [Approval[]]");
    }

    @Test
    void sourcesBesideRegistriesOwnWhatTheProgramSays() throws Exception {
        List<String> asked = new ArrayList<>();
        ImageMetadata metadata = ImageMetadata.of(
                StubRegistries.DIGEST, List.of(PlatformImage.of(StubRegistries.DIGEST, "linux/amd64")));
        FactSourcesBuilder own = FactSources.builder()
                .metadata(answering(Need.METADATA, metadata, asked))
                .needs(Approval.class, answering(new Approval(), "TICKET-7", asked));
        try (LiveGate gate = LiveGate.builder()
                .policies(asking())
                .registries(registries)
                .classLoader(providers(StubRegistries.class))
                .facts(own)
                .open()) {
            assertThat(gate.decide(ImageReview.of("a:1")).allowed()).isTrue();
            assertThat(gate.decide(ImageReview.of("a:1@sha256:" + "b".repeat(64)))
                            .reason())
                    .contains("rule \"small\"")
                    .contains("its fact source answered about another digest, " + StubRegistries.DIGEST);
        }
        assertThatThrownBy(
                        () -> LiveGate.builder().policies(asking()).facts(own).open())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("fact sources: expected one that owns the digests of images");
        FactSource digests = answering(Need.DIGEST, StubRegistries.DIGEST, asked);
        try (LiveGate gate = LiveGate.builder()
                .policies(asking())
                .facts(own.digests(digests))
                .open()) {
            assertThat(gate.decide(ImageReview.of("a:1")).allowed()).isTrue();
        }
    }

    @Test
    void registriesBesideSourcesThatFixDigestsThemselvesAreRefused() throws Exception {
        FactSource digests = (needs, limit) -> new CompletableFuture<>();
        LiveGateBuilder builder = builder().registries(registries).classLoader(providers(StubRegistries.class));
        assertThatThrownBy(() -> builder.facts(
                                FactSources.builder().registries(digests).build())
                        .openLater())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("registries and facts: both own the digests of images; give the builder of the sources,"
                        + " without registries(…) and build()");
        assertThatThrownBy(() ->
                        builder.facts(FactSources.builder().registries(digests)).openLater())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("registries: expected one fact source, got ");
        assertThat(StubRegistries.EVENTS).containsOnly("closed registries");
    }

    @Test
    void signaturesOfTheProgramNeedItsConsentAlone() throws Exception {
        Files.writeString(policy, SIGNED);
        FactSource own = (needs, limit) -> CompletableFuture.completedFuture(Map.of());
        LiveGateBuilder builder = builder().registries(registries).classLoader(providers(StubRegistries.class));
        assertThatThrownBy(() -> builder.facts(own).open())
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("io.imagegate:policy-signature");
        FactSourcesBuilder signatures = FactSources.builder().signatures(own);
        assertThatThrownBy(() -> builder.facts(signatures).open())
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("PolicyDocuments.withSignatures");
        builder.documents(new PolicyDocuments().withSignatures(root -> {}))
                .open()
                .close();
    }

    @Test
    void untilPoliciesAreLoadedViolationsHaveWhatWasThrown() throws Exception {
        Files.writeString(policy, TAGS.replace("tag: {required: true}", "custom: broken"));
        IllegalStateException thrown = new IllegalStateException("secret");
        RuleFactory broken = new RuleFactory() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Rule create(Map<String, Object> parameters) {
                throw thrown;
            }
        };
        try (LiveGate gate = builder()
                .documents(new PolicyDocuments().withFactories(List.of(broken)))
                .log(System.getLogger(LiveGateTest.class.getName()))
                .openLater()) {
            Decision decision = gate.decide(ImageReview.of("nginx:1"));
            assertThat(decision.reason()).doesNotContain("secret");
            assertThat(decision.violations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.failure())
                            .containsInstanceOf(PolicyDocumentException.class)
                            .get(InstanceOfAssertFactories.THROWABLE)
                            .hasCause(thrown));
        }
        assertThat(logged.records()).singleElement().satisfies(message -> {
            assertThat(message.getMessage()).isEqualTo("loading policy " + policy + " threw");
            assertThat(message.getThrown()).isSameAs(thrown);
        });
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        try (LiveGate gate = builder()
                .listener(state -> {
                    throw new IllegalStateException("own trouble");
                })
                .open()) {
            assertThat(allows(gate, "nginx:1")).isTrue();
        }
    }

    @Test
    void figuresCountLoadsAndShowTheActivePolicies() throws Exception {
        Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new EnumMap<>(Metric.class);
        List<String> records = new ArrayList<>();
        MetricSink metrics = new MetricSink() {
            @Override
            public void record(Metric metric, double value, String... labels) {
                if (value != 0) {
                    records.add(metric.text() + List.of(labels) + value);
                }
            }

            @Override
            public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
                gauges.put(metric, values);
            }
        };
        Files.writeString(policy, "kind: [");
        try (LiveGate gate = builder().metrics(metrics).openLater()) {
            assertThat(records).containsExactly("policy_reloads[default, failure]1.0");
            assertThat(values(gauges, Metric.POLICY_LAST_RELOAD_SUCCESSFUL))
                    .containsExactly(Map.entry(List.of("default"), 0.0));
            assertThat(values(gauges, Metric.POLICY_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS))
                    .containsExactly(Map.entry(List.of("default"), 0.0));
            assertThat(values(gauges, Metric.POLICIES_INFO)).isEmpty();
            assertThat(gate.state().isReady()).isFalse();
        }
        records.clear();
        Files.writeString(policy, TAGS);
        try (LiveGate gate = builder().metrics(metrics).open()) {
            assertThat(records).containsExactly("policy_reloads[default, success]1.0");
            assertThat(values(gauges, Metric.POLICY_LAST_RELOAD_SUCCESSFUL))
                    .containsExactly(Map.entry(List.of("default"), 1.0));
            assertThat(values(gauges, Metric.POLICY_LAST_RELOAD_SUCCESS_TIMESTAMP_SECONDS)
                            .get(List.of("default")))
                    .isPositive();
            assertThat(values(gauges, Metric.POLICIES_INFO))
                    .containsExactly(Map.entry(List.of("default", gate.state().digest()), 1.0));
            assertThat(values(gauges, Metric.TRUSTED_ROOT_AGE_SECONDS)).isEmpty();
        }
    }

    /** A metrics library that keeps a gauge for each combination of labels looks which there are when a load is recorded. */
    @Test
    void loadsAreRecordedWhenTheGaugesShowThem() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        MetricSink metrics = new MetricSink() {
            private final Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new ConcurrentHashMap<>();

            @Override
            public void record(Metric metric, double value, String... labels) {
                if (metric == Metric.POLICY_RELOADS && value > 0 && !gauges.isEmpty()) {
                    seen.add(labels[1]
                            + values(gauges, Metric.POLICIES_INFO)
                            + values(gauges, Metric.POLICY_LAST_RELOAD_SUCCESSFUL));
                }
            }

            @Override
            public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
                gauges.put(metric, values);
            }
        };
        try (LiveGate gate = builder().metrics(metrics).open()) {
            String first = gate.state().digest();
            Files.writeString(policy, "kind: [");
            assertThat(seen.poll(30, TimeUnit.SECONDS))
                    .isEqualTo("failure{[default, " + first + "]=1.0}{[default]=0.0}");
            Files.writeString(policy, ALLOW);
            assertThat(seen.poll(30, TimeUnit.SECONDS))
                    .isEqualTo("success{[default, " + gate.state().digest() + "]=1.0}{[default]=1.0}")
                    .doesNotContain(first);
        }
    }

    private static Map<List<String>, Double> values(
            Map<Metric, Supplier<Map<List<String>, Double>>> gauges, Metric metric) {
        return Objects.requireNonNull(gauges.get(metric)).get();
    }
}
