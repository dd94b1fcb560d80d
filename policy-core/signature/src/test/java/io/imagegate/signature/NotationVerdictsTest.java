package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.Digest;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the real notation said of recorded images under a trust policy, and what is said here with settings that mean the same. */
public class NotationVerdictsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    public static final String IDENTITY = "C=DE, ST=BE, O=acme, CN=acme.example";

    /** A line of the recording. */
    public record Said(String registry, String repository, String digest, String flags, String verdict) {

        /** {@return name and value of the user metadata that was asked for; empty if none was} */
        public List<String> metadata() {
            return flags.isEmpty()
                    ? List.of()
                    : List.of(flags.substring("-m ".length()).split("=", 2));
        }

        @Override
        public String toString() {
            return registry + " " + repository + " " + flags;
        }
    }

    public static Stream<Said> said() {
        return new String(Recorded.bytes("notation-verdicts.jsonl"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> JsonObject.read("a verdict", line))
                .map(line -> new Said(
                        line.requiredText("registry"),
                        line.requiredText("repository"),
                        line.requiredText("digest"),
                        line.requiredText("flags"),
                        line.requiredText("verdict")));
    }

    private static Signer signer() {
        return TestSigners.notation(List.of(Recorded.bytes("trust/notation-ca.pem")))
                .identity(IDENTITY)
                .timestamps(List.of(Recorded.bytes("trust/notation-tsa-root.pem")))
                .build();
    }

    @Test
    @DisplayName("34 verdicts are recorded, 8 of them refusals; none is decided otherwise")
    void all() {
        assertThat(said()).hasSize(34);
        assertThat(said().filter(said -> said.verdict.equals("refused"))).hasSize(8);
    }

    private static List<Verdict> verdicts(Said said, Signer signer, Instant at) {
        SignatureSearch search =
                new SignatureSearch(Verifier.create(), Recorded.repository(said.registry, said.repository));
        List<Verdict> verdicts = new ArrayList<>();
        SearchEnd end = search.signatures(
                        Digest.parse(said.digest), List.of(signer), at, finding -> verdicts.addAll(finding.verdicts()))
                .join();
        assertThat(end.missing()).isEmpty();
        assertThat(end.complete()).isTrue();
        return verdicts;
    }

    @ParameterizedTest
    @MethodSource("said")
    @DisplayName("the verdict is notation's")
    void sameVerdict(Said said) {
        List<Verdict> verdicts = verdicts(said, signer(), NOW);
        assertThat(verdicts).noneMatch(verdict -> verdict instanceof Verdict.Undecidable);
        boolean verified = verdicts.stream().anyMatch(verdict -> counts(verdict, said.metadata()));
        assertThat(verified ? "verified" : "refused").as("%s", verdicts).isEqualTo(said.verdict);
    }

    private static boolean counts(Verdict verdict, List<String> metadata) {
        return verdict instanceof Verdict.Verified verified
                && verified.content().isImageSignature()
                && (metadata.isEmpty()
                        || metadata.get(1)
                                .equals(verified.content().annotations().get(metadata.get(0))));
    }

    @ParameterizedTest
    @MethodSource("said")
    @DisplayName("each signature is found once, and says why it does not count")
    void reasons(Said said) {
        List<Verdict> verdicts = verdicts(said, signer(), NOW);
        boolean several = said.repository.equals("notation/two") || said.repository.equals("notation/timestamped");
        assertThat(verdicts).hasSize(several ? 2 : 1);
        String reason = verdicts.stream()
                .filter(Verdict.Violated.class::isInstance)
                .map(verdict -> ((Verdict.Violated) verdict).message())
                .findFirst()
                .orElse("");
        switch (said.repository) {
            case "notation/other", "notation/two" ->
                assertThat(reason).contains("under the root \"CN=other root,O=other,ST=BE,C=DE\", which is no root");
            case "notation/stranger" ->
                assertThat(reason)
                        .contains("signed with the certificate of \"CN=stranger.example", "expected a certificate of");
            case "notation/expiring" -> assertThat(reason).startsWith("the signature expired at 2026-11-25T17:");
            default -> assertThat(reason).isEmpty();
        }
    }

    @Test
    @DisplayName("a signature counts until it expires, and a timestamp proves its time")
    void times() {
        Said expiring = said().filter(said -> said.repository.equals("notation/expiring"))
                .findFirst()
                .orElseThrow();
        Instant last = Instant.parse("2026-11-25T17:39:58Z");
        assertThat(verdicts(expiring, signer(), last))
                .singleElement()
                .satisfies(verdict ->
                        assertThat(Verdicts.verified(verdict).until()).hasValue(last));
        Said stamped = said().filter(said -> said.repository.equals("notation/timestamped"))
                .findFirst()
                .orElseThrow();
        assertThat(verdicts(stamped, signer(), NOW)).allSatisfy(verdict -> {
            assertThat(Verdicts.verified(verdict).times()).hasSize(1);
            assertThat(Verdicts.verified(verdict).until()).isEmpty();
        });
    }

    @Test
    @DisplayName("a signer by certificate does not count Notation's form, and is told so")
    void otherForm() {
        Signer office = TestSigners.certificate(List.of(Recorded.bytes("trust/notation-ca.pem")))
                .subject("CN=acme.example,OU=release,O=acme,ST=BE,C=DE")
                .build();
        Said jws = said().findFirst().orElseThrow();
        Verdicts.violates(
                verdicts(jws, office, NOW).get(0),
                SignatureFault.MATERIAL,
                "signed in the form of Notation, expected a signature in the form of cosign with a certificate of");
    }
}
