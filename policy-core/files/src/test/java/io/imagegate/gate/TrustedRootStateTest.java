package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The age of trusted roots. */
class TrustedRootStateTest {

    @TempDir
    private Path folder;

    /** {@return the roots of a policy for each of these trusts} */
    private List<TrustedRootState> roots(String... trusts) throws IOException {
        Files.writeString(folder.resolve("root.json"), "{}");
        List<String> policies = new ArrayList<>();
        for (String trust : trusts) {
            String name = "p" + policies.size();
            policies.add(Files.writeString(folder.resolve(name + ".yaml"), """
                            apiVersion: imagegate.io/v1alpha1
                            kind: ImagePolicy
                            metadata: {name: %s}
                            spec:
                              trust: %s
                              signers:
                                ci: {keyless: {trust: public, issuer: "https://issuer.example", identity: "https://ci.example/**"}}
                              rules: [{name: signed, signature: {by: [$ci]}}]
                            """.formatted(name, trust))
                    .toString());
        }
        return TrustedRootState.of(
                new PolicyDocuments().withSignatures(root -> {}).load(policies));
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }

    @Test
    @DisplayName("the age counts from the day of confirmed; a root warns from the 91st day on")
    void age() throws IOException {
        TrustedRootState root =
                roots("{public: {file: root.json, confirmed: 2026-08-01}}").get(0);
        assertThat(root.name()).isEqualTo("public");
        assertThat(root.digest()).isEqualTo(Sha256.hex("{}".getBytes(UTF_8)));
        assertThat(root.age(at("2026-08-02T00:00:10Z"))).contains(Duration.ofSeconds(86_410));
        assertThat(root.age(at("2026-07-31T00:00:00Z"))).contains(Duration.ZERO);
        assertThat(root.warning(at("2026-10-30T23:59:59Z"))).isEmpty();
        assertThat(root.warning(at("2026-10-31T00:00:00Z")))
                .contains("the trusted root public was confirmed on 2026-08-01, more than 90 days ago");
    }

    @Test
    @DisplayName("without a day nothing is measured and nothing warns")
    void unknown() throws IOException {
        TrustedRootState root = roots("{public: {file: root.json}}").get(0);
        assertThat(root.age(at("2036-01-01T00:00:00Z"))).isEmpty();
        assertThat(root.warning(at("2036-01-01T00:00:00Z"))).isEmpty();
    }

    @Test
    @DisplayName("of several roots with one name the oldest day counts")
    void oldest() throws IOException {
        assertThat(roots(
                        "{public: {file: root.json}}",
                        "{public: {file: root.json, confirmed: 2026-08-02}}",
                        "{public: {file: root.json, confirmed: 2026-08-01}}",
                        "{public: {file: root.json, confirmed: 2026-08-03}}"))
                .extracting(TrustedRootState::confirmed)
                .containsExactly(java.util.Optional.of(LocalDate.of(2026, 8, 1)));
    }
}
