package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.Digest;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureVisitor;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real cosign said of recorded images, and what is said here with settings that mean the same. */
public class CosignVerdictsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Map<String, String> TYPES = Map.of(
            "slsaprovenance1", "https://slsa.dev/provenance/v1",
            "vuln", "https://cosign.sigstore.dev/attestation/vuln/v1",
            "cyclonedx", "https://cyclonedx.org/bom",
            "spdx", "https://spdx.dev/Document",
            "openvex", "https://openvex.dev/ns");

    private static final Set<String> SWITCHES = Set.of("--use-signed-timestamps", "--private-infrastructure");

    /** A line of the recording. */
    public record Said(
            String registry, String repository, String digest, String command, String flags, String verdict) {

        @Override
        public String toString() {
            return registry + " " + repository + " " + command + " " + flags;
        }

        public Map<String, String> options() {
            Map<String, String> options = new HashMap<>();
            Iterator<String> words = Arrays.asList(flags.split(" ", -1)).iterator();
            while (words.hasNext()) {
                String[] word = words.next().split("=", 2);
                boolean alone = word.length == 1 && SWITCHES.contains(word[0]);
                options.put(word[0], alone ? "true" : word.length == 2 ? word[1] : words.next());
            }
            return options;
        }
    }

    private static Stream<JsonObject> lines(String file) {
        return new String(Recorded.bytes(file), StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonObject.read(file, line));
    }

    public static Stream<Said> said() {
        return lines("cosign-verdicts.jsonl")
                .map(line -> new Said(
                        line.requiredText("registry"),
                        line.requiredText("repository"),
                        line.requiredText("digest"),
                        line.requiredText("command"),
                        line.requiredText("flags"),
                        line.requiredText("verdict")));
    }

    @Test
    @DisplayName("104 verdicts are recorded, 12 of which are decided otherwise on purpose, each with its reason")
    void all() {
        assertThat(said()).hasSize(104);
        assertThat(said().filter(said -> otherwise(said).isPresent())).hasSize(12);
        assertThat(lines("decided-otherwise.jsonl"))
                .hasSize(6)
                .allMatch(line -> line.requiredText("why").endsWith("."));
    }

    public static Optional<JsonObject> otherwise(Said said) {
        return lines("decided-otherwise.jsonl")
                .filter(line -> line.requiredText("repository").equals(said.repository)
                        && line.requiredText("command").equals(said.command)
                        && line.requiredText("flags").equals(said.flags))
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("said")
    @DisplayName("the verdict is cosign's, or the other one where that is decided")
    void sameVerdict(Said said) {
        String expected =
                otherwise(said).map(line -> line.requiredText("verdict")).orElse(said.verdict);
        if (otherwise(said).isPresent()) {
            assertThat(expected).isNotEqualTo(said.verdict);
        }
        Recorded store = Recorded.repository(said.registry, said.repository);
        SignatureSearch search = new SignatureSearch(Verifier.create(), store);
        List<Verdict> verdicts = new ArrayList<>();
        SignatureVisitor visitor = finding -> verdicts.addAll(finding.verdicts());
        Digest digest = Digest.parse(said.digest);
        List<Signer> signers = List.of(signer(said.options()));
        SearchEnd end = (said.command.equals("verify")
                        ? search.signatures(digest, signers, NOW, visitor)
                        : search.attestations(digest, type(said), signers, NOW, visitor))
                .join();
        assertThat(end.missing()).isEmpty();
        assertThat(end.complete()).isTrue();
        assertThat(verdicts).noneMatch(verdict -> verdict instanceof Verdict.Undecidable);
        boolean verified = verdicts.stream().anyMatch(verdict -> counts(verdict, said.options()));
        assertThat(verified ? "verified" : "refused").as("%s", verdicts).isEqualTo(expected);
    }

    public static String type(Said said) {
        String type = said.options().getOrDefault("--type", "");
        return TYPES.getOrDefault(type, type);
    }

    private static boolean counts(Verdict verdict, Map<String, String> options) {
        String[] wanted = options.getOrDefault("-a", "").split("=", 2);
        return verdict instanceof Verdict.Verified verified
                && (wanted.length < 2
                        || wanted[1].equals(verified.content().annotations().get(wanted[0])));
    }

    private static Signer signer(Map<String, String> options) {
        @Nullable String key = options.get("--key");
        @Nullable String identity = options.get("--certificate-identity");
        int timestamps = options.containsKey("--use-signed-timestamps") ? 1 : 0;
        Trust trust = TestSigners.trust(Recorded.root(), 1, timestamps, 1);
        if (key != null) {
            List<SigningKey> keys = List.of(TestSigners.key(Recorded.bytes(key)));
            return options.containsKey("--insecure-ignore-tlog")
                    ? TestSigners.keys(keys)
                    : TestSigners.keys(keys, trust);
        }
        if (identity != null && identity.equals("release@acme.example")) {
            return TestSigners.certificate(List.of(Recorded.bytes("trust/certificate-ca.pem")))
                    .identity(identity)
                    .build();
        }
        @Nullable String source = options.get("--certificate-github-workflow-repository");
        String pattern = identity == null
                ? options.getOrDefault("--certificate-identity-regexp", "").replace(".*", "**")
                : identity;
        return TestSigners.keyless(
                trust,
                options.getOrDefault("--certificate-oidc-issuer", ""),
                pattern,
                source == null ? Map.of() : Map.of("sourceRepository", "https://github.com/" + source));
    }
}
