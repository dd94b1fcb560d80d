package io.imagegate.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.GateSettingsBuilder;
import io.imagegate.gate.LiveGate;
import io.imagegate.server.metrics.ServerMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics that tell which policies are active, and how old their trusted roots are. */
class ServedGateTest {

    private static final String GOOD = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec: {rules: [{name: r, tag: {required: true}}]}
            """;

    @TempDir
    Path folder = Path.of("");

    private final ServerMetrics metrics = new ServerMetrics("1");

    /** The lines of the metric, each with its digest. */
    private List<String> digests() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text);
        return text.toString(UTF_8)
                .lines()
                .filter(line -> line.startsWith("imagegate_policies_info{"))
                .toList();
    }

    private static String line(String digest) {
        return "imagegate_policies_info{digest=\"" + digest + "\",policy_set=\"default\"} 1.0";
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private LiveGate open(String... locations) {
        return open(false, locations);
    }

    private LiveGate open(boolean strict, String... locations) {
        GateSettingsBuilder settings = GateSettings.builder().strict(strict);
        if (locations.length > 0) {
            settings.policies(locations);
        }
        return ServedGate.open(settings.build(), strict ? new ServerMetrics("1") : metrics, state -> {});
    }

    @Test
    void aProbableMistakeIsRefusedOnlyIfStrict() throws IOException {
        String policy = Files.writeString(
                        folder.resolve("policy.yaml"), GOOD.replace("tag: {required: true}", "deny: [\"evil.io/*\"]"))
                .toString();
        try (LiveGate usual = open(policy);
                LiveGate strict = open(true, policy)) {
            assertThat(usual.state().isReady()).isTrue();
            assertThat(strict.state().isReady()).isFalse();
            assertThat(strict.state().problem().orElseThrow()).hasMessageContaining("write \"evil.io/**\"");
        }
    }

    @Tag("slow")
    @Test
    void theDigestOfTheActiveFilesIsTheOnlySeries() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), GOOD);
        try (LiveGate policies = open(policy.toString())) {
            assertThat(digests()).containsExactly(line(sha256(GOOD)));

            Files.writeString(policy, GOOD + "# changed\n");
            while (digests().contains(line(sha256(GOOD)))) {
                Thread.sleep(50);
            }
            assertThat(digests()).containsExactly(line(sha256(GOOD + "# changed\n")));

            Files.writeString(policy, "kind: nothing");
            Thread.sleep(2_000);
            assertThat(policies.state().isReady()).isTrue();
            assertThat(digests()).containsExactly(line(sha256(GOOD + "# changed\n")));
        }
    }

    @Test
    void thereIsNoneUntilPoliciesAreLoaded() throws IOException {
        try (LiveGate missing = open(folder.resolve("none.yaml").toString())) {
            assertThat(missing.state().isReady()).isFalse();
            assertThat(digests()).isEmpty();
        }
    }

    @Test
    void policiesWithoutFilesAreBuiltIn() throws IOException {
        try (LiveGate baseline = open("builtin:baseline")) {
            assertThat(baseline.state().isReady()).isTrue();
            assertThat(digests()).containsExactly(line("built in"));
        }
    }

    @Test
    void theDefaultPolicyIsBuiltIn() throws IOException {
        try (LiveGate byDefault = open()) {
            assertThat(byDefault.state().isReady()).isTrue();
            assertThat(digests()).containsExactly(line("built in"));
        }
    }
}
