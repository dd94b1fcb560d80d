package io.imagegate.server.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.ServerMetrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The age of trusted roots, as a metric and as a warning. */
class TrustedRootsTest {

    private static final Path RECORDED = Path.of("../../policy-core/signature/src/test/resources/recorded/trust");

    @TempDir
    Path folder = Path.of("");

    private PolicySet policies(String trust) throws IOException {
        Files.copy(RECORDED.resolve("trusted-root.json"), folder.resolve("root.json"));
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  trust: %s
                  signers:
                    ci: {keyless: {trust: public, issuer: "https://issuer.example", identity: "https://ci.example/**"}}
                  rules: [{name: signed, signature: {by: [$ci]}}]
                """.formatted(trust));
        return new PolicyDocuments().withSignatures(root -> {}).load(List.of(policy.toString()));
    }

    private static TrustedRoots at(PolicySet policies, String instant) {
        return new TrustedRoots(() -> policies, InstantSource.fixed(Instant.parse(instant)));
    }

    private static String scrape(TrustedRoots roots) throws IOException {
        ServerMetrics metrics = new ServerMetrics();
        roots.measure(metrics);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        metrics.write(text);
        return text.toString(UTF_8);
    }

    @Test
    @DisplayName("the age counts from the day of confirmed; a root warns from the 91st day on")
    void age() throws IOException {
        PolicySet policies = policies("{public: {file: root.json, confirmed: 2026-08-01}}");
        assertThat(scrape(at(policies, "2026-08-02T00:00:10Z")))
                .contains("imagegate_trusted_root_age_seconds{trust=\"public\"} 86410.0\n");
        assertThat(scrape(at(policies, "2026-07-31T00:00:00Z")))
                .contains("imagegate_trusted_root_age_seconds{trust=\"public\"} 0.0\n");
        assertThat(at(policies, "2026-10-30T23:59:59Z").warnings()).isEmpty();
        assertThat(at(policies, "2026-10-31T00:00:00Z").warnings())
                .containsExactly("the trusted root public was confirmed on 2026-08-01, more than 90 days ago");
    }

    @Test
    @DisplayName("without a day nothing is measured and nothing warns")
    void unknown() throws IOException {
        TrustedRoots roots = at(policies("{public: {file: root.json}}"), "2036-01-01T00:00:00Z");
        assertThat(scrape(roots)).doesNotContain("trusted_root_age");
        assertThat(roots.warnings()).isEmpty();
    }
}
