package io.imagegate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of several names behind one gate. */
class NamedPoliciesTest {

    @TempDir
    private Path folder;

    private String policy(String name, String registry) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec: {rules: [{name: ours, allow: ["%s/**"]}]}
                """.formatted(name, registry))
                .toString();
    }

    private static Map<List<String>, Double> read(
            Map<Metric, Supplier<Map<List<String>, Double>>> gauges, Metric metric) {
        return Objects.requireNonNull(gauges.get(metric), metric.toString()).get();
    }

    private static boolean allows(ImageGate gate, String image) {
        return gate.decide(ImageReview.of(image)).allowed();
    }

    @Test
    void eachNameDecidesAlone() throws Exception {
        try (LiveGate gate = LiveGate.builder()
                .policies(policy("all", "ghcr.io"))
                .named("prod", policy("prod", "quay.io"))
                .named("dev", policy("dev", "docker.io"))
                .open()) {
            assertThat(gate.gates()).extracting(ImageGate::name).containsExactly("default", "prod", "dev");
            assertThat(gate.states()).extracting(GateState::name).containsExactly("default", "prod", "dev");
            assertThat(allows(gate.gate("prod"), "quay.io/a:1")).isTrue();
            assertThat(allows(gate.gate("prod"), "nginx:1")).isFalse();
            assertThat(allows(gate.gate("dev"), "nginx:1")).isTrue();
            assertThat(allows(gate.gate("dev"), "quay.io/a:1")).isFalse();
            assertThat(gate.decide(ImageReview.of("ghcr.io/a:1")).allowed()).isTrue();
            assertThat(gate.decide(ImageReview.of("quay.io/a:1")).allowed()).isFalse();
            assertThat(gate.state().name()).isEqualTo(ImageGate.DEFAULT_NAME);
        }
    }

    @Test
    void policiesWithoutANameComeFirst() throws Exception {
        try (LiveGate gate = LiveGate.builder()
                .named("prod", policy("prod", "quay.io"))
                .policies(policy("all", "ghcr.io"))
                .open()) {
            assertThat(gate.gates()).extracting(ImageGate::name).containsExactly("default", "prod");
            assertThat(gate.states()).extracting(GateState::name).containsExactly("default", "prod");
        }
    }

    @Test
    void setsBelongToTheirName() throws Exception {
        String policy = policy("policy", "ghcr.io");
        Files.writeString(Path.of(policy), Files.readString(Path.of(policy)).replace("\"ghcr.io/**\"", "$trusted"));
        String prod = sets("prod", "quay.io");
        String dev = sets("dev", "docker.io");
        try (LiveGate gate = LiveGate.builder()
                .locations(List.of("prod=" + policy + "," + prod, "dev=" + dev + "," + policy))
                .open()) {
            assertThat(allows(gate.gate("prod"), "quay.io/a:1")).isTrue();
            assertThat(allows(gate.gate("prod"), "nginx:1")).isFalse();
            assertThat(allows(gate.gate("dev"), "nginx:1")).isTrue();
            assertThat(allows(gate.gate("dev"), "quay.io/a:1")).isFalse();
        }
        assertThatThrownBy(() -> LiveGate.builder()
                        .named("prod", policy)
                        .named("dev", policy, dev)
                        .open())
                .hasMessageContaining("unknown set \"$trusted\"");
    }

    private String sets(String name, String registry) throws IOException {
        return Files.writeString(folder.resolve(name + "-sets.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageSets
                metadata: {name: %s}
                spec: {sets: {trusted: ["%s/**"]}}
                """.formatted(name, registry))
                .toString();
    }

    @Test
    void withNamesAloneNothingDecidesWithoutOne() throws Exception {
        try (LiveGate gate =
                LiveGate.builder().named("prod", policy("prod", "quay.io")).open()) {
            for (Runnable asked : List.<Runnable>of(
                    gate::gate,
                    gate::state,
                    () -> gate.gate("dev"),
                    () -> gate.decide(ImageReview.of("quay.io/a:1")))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(asked::run)
                        .withMessageEndingWith("expected a name of prod");
            }
        }
    }

    @Test
    void invalidFilesOfOneNameDisturbNoOther() throws Exception {
        BlockingQueue<GateState> states = new LinkedBlockingQueue<>();
        Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new ConcurrentHashMap<>();
        String prod = policy("prod", "quay.io");
        String dev = folder.resolve("dev.yaml").toString();
        Files.writeString(Path.of(dev), "kind: [");
        try (LiveGate gate = LiveGate.builder()
                .locations(List.of("prod=" + prod, "dev=" + dev))
                .listener(states::add)
                .metrics(new MetricSink() {
                    @Override
                    public void record(Metric metric, double value, String... labels) {}

                    @Override
                    public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
                        gauges.put(metric, values);
                    }
                })
                .openLater()) {
            assertThat(next(states).name()).isEqualTo("prod");
            assertThat(next(states).problem()).isPresent();
            assertThat(gate.states()).extracting(GateState::isReady).containsExactly(true, false);
            assertThat(read(gauges, Metric.POLICY_LAST_RELOAD_SUCCESSFUL))
                    .containsOnly(Map.entry(List.of("prod"), 1.0), Map.entry(List.of("dev"), 0.0));
            assertThat(allows(gate.gate("prod"), "quay.io/a:1")).isTrue();
            assertThat(allows(gate.gate("dev"), "docker.io/a:1")).isFalse();

            policy("dev", "docker.io");
            assertThat(next(states).name()).isEqualTo("dev");
            assertThat(allows(gate.gate("dev"), "docker.io/a:1")).isTrue();

            GateState before = gate.states().get(0);
            Files.writeString(Path.of(dev), "kind: [");
            GateState broken = next(states);
            assertThat(broken.name()).isEqualTo("dev");
            assertThat(broken.problem()).isPresent();
            assertThat(allows(gate.gate("dev"), "docker.io/a:1")).isTrue();
            assertThat(gate.states().get(0)).isSameAs(before);
            assertThat(read(gauges, Metric.POLICIES_INFO).keySet())
                    .containsOnly(List.of("prod", before.digest()), List.of("dev", broken.digest()));
        }
    }

    private static GateState next(BlockingQueue<GateState> states) throws InterruptedException {
        GateState next = states.poll(30, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }

    @Test
    void theProblemsOfAllNamesAreReportedAtOnce() throws Exception {
        String prod = Files.writeString(folder.resolve("prod.yaml"), "kind: [").toString();
        String dev = Files.writeString(folder.resolve("dev.yaml"), "kind: [").toString();
        for (boolean once : new boolean[] {false, true}) {
            LiveGateBuilder builder = LiveGate.builder().named("prod", prod).named("dev", dev);
            assertThatThrownBy(() -> (once ? builder.once() : builder).open())
                    .hasMessageContainingAll("prod.yaml:1", "dev.yaml:1");
        }
    }

    @Test
    void locationsOfOneNameAreUnited() throws Exception {
        String one = policy("one", "quay.io");
        String other = policy("other", "quay.io/acme");
        for (List<String> lists : List.of(
                List.of("prod=" + one + "," + other),
                List.of("prod=" + one + ", prod=" + other),
                List.of("prod=" + one, "prod=" + other))) {
            try (LiveGate gate = LiveGate.builder().locations(lists).open()) {
                assertThat(gate.states())
                        .singleElement()
                        .satisfies(state -> assertThat(state.location()).isEqualTo(one + ", " + other));
                assertThat(allows(gate.gate("prod"), "quay.io/acme/a:1")).isTrue();
                assertThat(allows(gate.gate("prod"), "quay.io/a:1")).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a                     | {default=[a]}",
                "a,b                   | {default=[a, b]}",
                "prod=a                | {prod=[a]}",
                "prod=a,b              | {prod=[a, b]}",
                "a,prod=b,c,dev=d      | {default=[a], prod=[b, c], dev=[d]}",
                "prod=a;b              | {default=[b], prod=[a]}",
                "prod=a;prod=b         | {prod=[a, b]}",
                "prod=builtin:baseline | {prod=[builtin:baseline]}",
                "builtin:baseline      | {default=[builtin:baseline]}",
                "./a=b                 | {default=[./a=b]}",
                "../a=b                | {default=[../a=b]}",
                "/a=b                  | {default=[/a=b]}",
                "a/b=c                 | {default=[a/b=c]}",
                "builtin:x=y           | {default=[builtin:x=y]}",
                "prod=a=b              | {prod=[a=b]}",
                "prod=a,./b=c          | {prod=[a, ./b=c]}",
                "prod=/a , dev= b      | {prod=[/a], dev=[b]}",
                "0=a,x-1=b             | {0=[a], x-1=[b]}",
            })
    void aNameStandsBeforeTheFirstEqualsSign(String lists, String expected) {
        assertThat(PolicyLocations.parse(List.of(lists.split(";"))).byName()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "a,",
                ",a",
                "prod=",
                "prod=a,",
                "prod=,a",
                "=a",
                "Prod=a",
                "prod.x=a",
                "-a=b",
                "a-=b",
                "pröd=a",
                "p d=a",
                "default=a"
            })
    void anythingElseIsRefused(String list) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LiveGate.builder().locations(List.of(list)))
                .withMessageContaining("expected");
    }

    @Test
    void namesAreBounded() {
        LiveGateBuilder builder = LiveGate.builder();
        String longest = "a".repeat(63);
        assertThat(builder.named(longest, "x")).isSameAs(builder);
        assertThatIllegalArgumentException().isThrownBy(() -> builder.named(longest + "a", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.named(ImageGate.DEFAULT_NAME, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.named("prod"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.locations(List.of()));
    }
}
