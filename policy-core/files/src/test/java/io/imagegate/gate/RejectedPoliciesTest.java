package io.imagegate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.metric.Metric;
import io.imagegate.metric.MetricSink;
import io.imagegate.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gate says of policies whose files are rejected. */
class RejectedPoliciesTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: ours}
            spec: {rules: [{name: ours, allow: ["ghcr.io/**"]}]}
            """;

    @TempDir
    private Path folder;

    private final ManualTime clock = new ManualTime("2026-12-01T12:00:00Z");
    private final Map<Metric, Supplier<Map<List<String>, Double>>> gauges = new EnumMap<>(Metric.class);
    private final MetricSink metrics = new MetricSink() {
        @Override
        public void record(Metric metric, double value, String... labels) {}

        @Override
        public void gauge(Metric metric, Supplier<Map<List<String>, Double>> values) {
            gauges.put(metric, values);
        }
    };

    private LiveGate open() {
        return LiveGate.builder()
                .policies(folder.resolve("p.yaml").toString())
                .documents(new PolicyDocuments().withClock(clock))
                .metrics(metrics)
                .openLater();
    }

    private void write(String text) throws IOException {
        Path beside = Files.writeString(folder.resolve("p.new"), text);
        Files.move(beside, folder.resolve("p.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<List<String>, Double> read(Metric metric) {
        return Objects.requireNonNull(gauges.get(metric)).get();
    }

    private void look(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            clock.pass(Duration.ofMillis(500));
            // The look runs on a thread of its own, and then waits for its next turn.
            for (int waited = 0; clock.timers() == 0 && waited < 30_000; waited += 5) {
                Thread.sleep(5);
            }
        }
    }

    @Test
    void rejectionsAreMeasuredSinceTheFirst() throws Exception {
        write(POLICY);
        try (LiveGate gate = open()) {
            assertThat(read(Metric.POLICY_REJECTED)).containsExactly(Map.entry(List.of("default"), 0.0));
            assertThat(read(Metric.POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS)).isEmpty();
            write(POLICY.replace("allow", "alow"));
            look(2);
            double first = read(Metric.POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS)
                    .values()
                    .iterator()
                    .next();
            assertThat(first)
                    .isEqualTo((double) Instant.parse("2026-12-01T12:00:01Z").getEpochSecond());
            assertThat(read(Metric.POLICY_REJECTED)).containsExactly(Map.entry(List.of("default"), 1.0));
            clock.pass(Duration.ofHours(1));
            write(POLICY.replace("allow", "allw"));
            look(4);
            assertThat(gate.state().problem().orElseThrow()).hasMessageContaining("allw");
            assertThat(read(Metric.POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS)).containsValue(first);
            write(POLICY);
            look(4);
            assertThat(read(Metric.POLICY_REJECTED)).containsExactly(Map.entry(List.of("default"), 0.0));
            assertThat(read(Metric.POLICY_REJECTED_SINCE_TIMESTAMP_SECONDS)).isEmpty();
        }
    }

    @Test
    void warningsHavePlaceAndCodeAndNoWordOfTheFile() throws Exception {
        write(POLICY.replace("allow", "password-123"));
        try (LiveGate gate = open()) {
            String place = folder.resolve("p.yaml") + ":4:29: invalid";
            assertThat(gate.health().warnings())
                    .containsExactly("the policies are rejected since 2026-12-01T12:00:00Z: " + place
                            + "; everything is denied");
            assertThat(gate.health().details().get("policies"))
                    .asString()
                    .contains("rejectedSince=2026-12-01T12:00:00Z")
                    .contains("password-123");
        }
        write(POLICY);
        try (LiveGate gate = open()) {
            assertThat(gate.health().warnings()).isEmpty();
            write("a: b: c");
            look(2);
            assertThat(gate.health().warnings())
                    .containsExactly("the policies are rejected since 2026-12-01T12:00:01Z: " + folder.resolve("p.yaml")
                            + ":1:5: syntax; those accepted before stay active");
        }
    }

    @Test
    void mistakesHaveACode() throws Exception {
        assertThat(code("kind: [")).isEqualTo("syntax");
        assertThat(code("kind: Other")).isEqualTo("invalid");
        assertThat(code("#" + " ".repeat(4 << 20))).isEqualTo("too-large");
        Files.delete(folder.resolve("p.yaml"));
        assertThat(code(null)).isEqualTo("unreadable");
        assertThat(code(withList("none.txt"))).isEqualTo("unreadable");
        Files.write(folder.resolve("list.txt"), new byte[] {(byte) 0xff});
        assertThat(code(withList("list.txt"))).isEqualTo("syntax");
    }

    private static String withList(String file) {
        return POLICY.replace("spec: {", "spec: {sets: {ours: {file: " + file + "}}, ")
                .replace("\"ghcr.io/**\"", "$ours");
    }

    private String code(@Nullable String text) throws IOException {
        if (text != null) {
            write(text);
        }
        try (LiveGate gate = open()) {
            PolicyDocumentException problem = gate.state().problem().orElseThrow();
            return problem.problems().stream()
                    .map(DocumentProblem::code)
                    .distinct()
                    .reduce("", String::concat);
        }
    }

    @Test
    void aLineNamesFivePlaces() throws Exception {
        write(POLICY + "---\n" + String.join("---\n", List.of("a: 1\n", "a: 1\n", "a: 1\n")));
        try (LiveGate gate = open()) {
            PolicyDocumentException problem = gate.state().problem().orElseThrow();
            assertThat(problem.problems()).hasSizeGreaterThan(5);
            assertThat(problem.places())
                    .endsWith(", and " + (problem.problems().size() - 5) + " more")
                    .doesNotContain("\n");
        }
    }
}
