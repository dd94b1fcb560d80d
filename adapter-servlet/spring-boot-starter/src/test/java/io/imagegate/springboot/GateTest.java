package io.imagegate.springboot;

import static io.imagegate.springboot.PolicyFiles.policy;
import static io.imagegate.springboot.PolicyFiles.registries;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.Decision;
import io.imagegate.policy.FactSources;
import io.imagegate.policy.FactSourcesBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Policies and registries that properties name, and beans in their place. */
class GateTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(ImagegateAutoConfiguration.class));

    @TempDir
    private Path folder;

    private static Decision decide(ApplicationContext context, String image) {
        return context.getBean(LiveGate.class).decide(ImageReview.of(image));
    }

    @Test
    @DisplayName("policies have expressions in CEL where the artifact is there")
    void cel() throws Exception {
        String expression = policy(folder, "cel", "{name: hub, cel: \"image.registry == 'docker.io'\"}");
        application.withPropertyValues("imagegate.policy=" + expression).run(context -> {
            assertThat(decide(context, "nginx:1").allowed()).isTrue();
            assertThat(decide(context, "quay.io/a/b:1").allowed()).isFalse();
        });
    }

    @Test
    @DisplayName("imagegate.policy opens files and built-in policies, all of which must allow, and closes them")
    void opensAndCloses() throws Exception {
        String ours = policy(folder, "ours", "{name: ours, allow: [\"ghcr.io/acme/**\"]}");
        application
                .withPropertyValues("imagegate.policy=builtin:fixed-tags, file:" + ours)
                .run(context -> {
                    assertThat(context).hasSingleBean(LiveGate.class);
                    assertThat(decide(context, "ghcr.io/acme/api:1").allowed()).isTrue();
                    assertThat(decide(context, "ghcr.io/acme/api").allowed()).isFalse();
                    assertThat(decide(context, "nginx:1").reason()).contains("ours");
                });
    }

    @Test
    @DisplayName("changed files are used, and each load is told to the listeners that are beans")
    void reloads() throws Exception {
        String policy = policy(folder, "p", "{name: ours, allow: [\"ghcr.io/**\"]}");
        BlockingQueue<GateState> loads = new LinkedBlockingQueue<>();
        application
                .withBean(GateListener.class, () -> loads::add)
                .withPropertyValues("imagegate.policy=" + policy)
                .run(context -> {
                    assertThat(loads.remove().isReady()).isTrue();
                    assertThat(decide(context, "quay.io/a:1").allowed()).isFalse();
                    policy(folder, "p", "{name: ours, allow: [\"quay.io/**\"]}");
                    assertThat(loads.poll(30, TimeUnit.SECONDS)).isNotNull();
                    assertThat(decide(context, "quay.io/a:1").allowed()).isTrue();
                });
    }

    @Test
    @DisplayName("imagegate.policies.NAME opens policies by name, also from a list as YAML has it")
    void namedPolicies() throws Exception {
        String dev = policy(folder, "dev", "{name: any, allow: [\"**\"]}");
        application
                .withPropertyValues("imagegate.policies.prod-eu=builtin:fixed-tags", "imagegate.policies.dev[0]=" + dev)
                .run(context -> {
                    LiveGate gate = context.getBean(LiveGate.class);
                    assertThat(gate.gates()).extracting(ImageGate::name).containsExactlyInAnyOrder("prod-eu", "dev");
                    assertThat(gate.gate("dev").decide(ImageReview.of("nginx")).allowed())
                            .isTrue();
                    assertThat(gate.gate("prod-eu")
                                    .decide(ImageReview.of("nginx"))
                                    .allowed())
                            .isFalse();
                });
    }

    @Test
    @DisplayName("environment variables and other spellings set the same properties")
    void relaxedBinding() throws Exception {
        String policy = policy(folder, "p", "{name: there, image: {exists: true}}");
        Map<String, Object> environment = Map.of(
                "IMAGEGATE_POLICY", policy,
                "IMAGEGATE_POLICIES_DEV", "builtin:fixed-tags",
                "IMAGEGATE_REGISTRIES", registries(folder),
                "IMAGEGATE_FAILFAST", "false",
                "IMAGEGATE_PORT", "tcp://10.0.0.1:443"); // as Kubernetes sets it for a service
        application
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", environment)))
                .withPropertyValues("imagegate.webhook.factTimeout=3s")
                .run(context -> {
                    ImagegateProperties properties = context.getBean(ImagegateProperties.class);
                    assertThat(properties.policy()).containsExactly(policy);
                    assertThat(properties.policies()).containsOnlyKeys("dev");
                    assertThat(properties.failFast()).isFalse();
                    assertThat(properties.webhook().factTimeout()).hasSeconds(3);
                    assertThat(context.getBean(LiveGate.class).state().registries())
                            .isPresent();
                });
    }

    @Test
    @DisplayName("a property that does not exist is refused")
    void unknownProperty() {
        application
                .withPropertyValues("imagegate.policy=builtin:baseline", "imagegate.registry=r.yaml")
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("imagegate.registry"));
    }

    @Test
    @DisplayName("rules on the content of images ask the registries, and signatures are verified")
    void content() throws Exception {
        String policy = policy(folder, "p", "{name: there, image: {exists: true}}");
        application
                .withPropertyValues("imagegate.policy=" + policy, "imagegate.registries=" + registries(folder))
                .run(context -> {
                    assertThat(context.getBean(LiveGate.class).state().registries())
                            .isPresent();
                    assertThat(decide(context, "127.0.0.1:1/api:1").reason()).contains("there", "127.0.0.1:1");
                });
    }

    @Test
    @DisplayName("beans of RuleFactory are rules for policies")
    void ruleFactories() throws Exception {
        String policy = policy(folder, "p", "{name: short, custom: acme.Shortest}");
        application
                .withBean(
                        RuleFactory.class,
                        () -> RuleFactory.of("acme.Shortest", parameters -> image -> Finding.violation("too long")))
                .withPropertyValues("imagegate.policy=" + policy)
                .run(context -> assertThat(decide(context, "nginx:1").reason()).contains("too long"));
        application
                .withPropertyValues("imagegate.policy=" + policy)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("unknown rule \"acme.Shortest\""));
    }

    private record Approval() implements Need<String> {}

    /** Rules whose need is that of the application, and one on metadata. */
    public static final class ApprovedRule implements RuleFactory {

        @Override
        public String name() {
            return "acme.Approved";
        }

        @Override
        public Rule create(Map<String, Object> parameters) {
            return image -> Finding.of(image.facts().get(new Approval()), found -> Finding.satisfied());
        }
    }

    /** Knows that every image is approved. */
    private static final class Approvals implements FactSource {

        private final List<String> asked = new ArrayList<>();
        private int closed;

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.forEach((image, wanted) -> {
                asked.add(image + " " + wanted);
                found.put(image, ImageFacts.at(Instant.EPOCH).with(new Approval(), Fact.known("TICKET-7")));
            });
            return CompletableFuture.completedFuture(found);
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private ApplicationContextRunner withApprovals(Approvals approvals) throws Exception {
        String policy = policy(folder, "p", "{name: approved, custom: acme.Approved}");
        return application
                .withBean(ApprovedRule.class)
                .withBean("approvals", FactSource.class, () -> approvals)
                .withPropertyValues("imagegate.policy=" + policy);
    }

    @Test
    @DisplayName("a bean of FactSource answers all needs without registries, and is closed once")
    void factSource() throws Exception {
        Approvals approvals = new Approvals();
        withApprovals(approvals)
                .run(context -> assertThat(decide(context, "nginx:1").allowed()).isTrue());
        assertThat(approvals.asked).containsExactly("nginx:1 [Approval[]]");
        assertThat(approvals.closed).isEqualTo(1);
    }

    @Test
    @DisplayName("beside registries a bean of FactSource is asked for needs of the application, by digest")
    void factSourceBesideRegistries() throws Exception {
        Approvals approvals = new Approvals();
        String digest = "127.0.0.1:1/api@sha256:" + "a".repeat(64);
        withApprovals(approvals)
                .withPropertyValues("imagegate.registries=" + registries(folder))
                .run(context -> {
                    assertThat(decide(context, digest).allowed()).isTrue();
                    Decision unknown = decide(context, "127.0.0.1:1/api:1");
                    assertThat(unknown.allowed()).isFalse();
                    assertThat(unknown.reason()).contains("127.0.0.1:1");
                });
        assertThat(approvals.asked).containsExactly(digest + " [Approval[]]");
    }

    @Test
    @DisplayName("a bean of FactSourcesBuilder says which bean owns what")
    void factSources() throws Exception {
        Approvals approvals = new Approvals();
        Approvals digests = new Approvals();
        ApplicationContextRunner own = withApprovals(approvals).withBean("digests", FactSource.class, () -> digests);
        own.withBean(
                        FactSourcesBuilder.class,
                        () -> FactSources.builder().digests(digests).needs(Approval.class, approvals))
                .withPropertyValues("imagegate.registries=" + registries(folder))
                .run(context -> assertThat(decide(context, "nginx:1").reason())
                        .contains("its digest was not found by the fact source"));
        assertThat(digests.asked).containsExactly("nginx:1 [digest]");
        assertThat(approvals.asked).isEmpty();
        own.run(context ->
                assertThat(context).getFailure().rootCause().isInstanceOf(NoUniqueBeanDefinitionException.class));
        own.run(context -> assertThat(context)
                .getFailure()
                .hasStackTraceContaining("several beans of type FactSource: [approvals, digests]"));
    }

    @Test
    @DisplayName("registries and sources that both fix digests are refused, and so are sources without a digest")
    void unfitSources() throws Exception {
        Approvals approvals = new Approvals();
        withApprovals(approvals)
                .withBean(FactSourcesBuilder.class, () -> FactSources.builder().registries(approvals))
                .withPropertyValues("imagegate.registries=" + registries(folder))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("do not fit together: registries: expected one fact source, got"));
        withApprovals(approvals)
                .withBean(FactSourcesBuilder.class, () -> FactSources.builder().others(approvals))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "do not fit together: fact sources: expected one that owns the digests"));
    }

    @Test
    @DisplayName("an application with a gate of its own needs no property")
    void backsOff() {
        application
                .withBean(LiveGate.class, () -> LiveGate.open("builtin:baseline"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(LiveGate.class);
                    assertThat(context.getBean(LiveGate.class).state().location())
                            .isEqualTo("builtin:baseline");
                });
    }

    @Test
    @DisplayName("metrics of the application are used")
    void metrics() {
        List<String> recorded = new ArrayList<>();
        MetricSink metrics = new MetricSink() {
            @Override
            public void record(Metric metric, double value, String... labels) {
                recorded.add(metric.text());
            }

            @Override
            public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {}
        };
        application
                .withBean(MetricSink.class, () -> metrics)
                .withPropertyValues("imagegate.policy=builtin:baseline")
                .run(context -> assertThat(recorded).contains("policy_reloads"));
    }

    @Test
    @DisplayName("with imagegate.fail-fast=false everything is denied until the policies are valid")
    void startsWithoutPolicies() throws Exception {
        Path policy = Files.writeString(folder.resolve("p.yaml"), "kind: [");
        BlockingQueue<GateState> loads = new LinkedBlockingQueue<>();
        application
                .withBean(GateListener.class, () -> loads::add)
                .withPropertyValues("imagegate.policy=" + policy, "imagegate.fail-fast=false")
                .run(context -> {
                    assertThat(loads.remove().problem()).isPresent();
                    assertThat(decide(context, "nginx:1").allowed()).isFalse();
                    policy(folder, "p", "{name: any, allow: [\"**\"]}");
                    assertThat(loads.poll(30, TimeUnit.SECONDS)).isNotNull();
                    assertThat(decide(context, "nginx:1").allowed()).isTrue();
                });
    }
}
