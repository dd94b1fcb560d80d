package io.imagegate.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.reference.Digest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signers and what is asked about them")
class SignerTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Trust TRUST = Trust.of("public", "{}");
    private static final KeylessSigner CI = keyless("ci", "https://issuer", "x", Map.of());

    private static KeylessSigner keyless(
            String name, String issuer, String identity, Map<CertificateField, PathGlob> certificate) {
        return new KeylessSigner(name, TRUST, issuer, PathGlob.parse(identity), certificate);
    }

    @Test
    @DisplayName("have an identity that changes with each part but the name")
    void keylessIdentity() {
        PathGlob push = PathGlob.parse("push");
        Set<String> identities = new HashSet<>();
        Stream.of(
                        CI,
                        keyless("ci", "https://issuer2", "x", Map.of()),
                        keyless("ci", "https://issuer", "y", Map.of()),
                        keyless("ci", "https://issuer", "x", Map.of(CertificateField.TRIGGER, push)),
                        keyless("ci", "https://issuer", "x", Map.of(CertificateField.SOURCE_REF, push)),
                        new KeylessSigner(
                                "ci", TRUST.withRequired(1, 1, 1), "https://issuer", PathGlob.parse("x"), Map.of()))
                .forEach(signer -> assertThat(identities.add(signer.identity())).isTrue());
        assertThat(identities)
                .contains(keyless("other", "https://issuer", "x", Map.of()).identity());
    }

    @Test
    @DisplayName("are asked about by content: names and order do not matter")
    void keys() {
        KeylessSigner other = keyless("other", "https://issuer", "y", Map.of());
        KeylessSigner renamed = keyless("renamed", "https://issuer", "x", Map.of());
        String key = new SignatureNeed(List.of(CI, other), Set.of("a", "b")).key();
        assertThat(new SignatureNeed(List.of(other, renamed), Set.of("b", "a")).key())
                .isEqualTo(key);
        JsonPointer pointer = new JsonPointer("/a");
        assertThat(Stream.of(
                                new SignatureNeed(List.of(CI), Set.of("a", "b")).key(),
                                new SignatureNeed(List.of(CI, other), Set.of("a")).key(),
                                new SignatureNeed(List.of(CI, other), Set.of("ab")).key(),
                                new AttestationNeed("t", List.of(CI, other), Set.of()).key(),
                                new AttestationNeed("u", List.of(CI, other), Set.of()).key(),
                                new AttestationNeed("t", List.of(CI, other), Set.of(pointer)).key(),
                                key)
                        .distinct())
                .hasSize(7);
    }

    @Test
    @DisplayName("give facts the name under which they were asked about")
    void names() {
        SignedBy signed = SignedBy.of(CI, Signatory.key("k"), DIGEST);
        SignatureFacts facts = SignatureFacts.of(List.of(
                signed,
                signed.withPredicate("https://cosign.sigstore.dev/attestation/vuln/v1", Map.of()),
                signed.withPredicate("https://example.com/t", Map.of())));
        assertThat(facts).hasToString("signed by ci, vuln attested by ci, https://example.com/t attested by ci");
        Signer renamed = keyless("renamed", "https://issuer", "x", Map.of());
        assertThat(facts.withNamesOf(Map.of(renamed.identity(), renamed)))
                .hasToString("signed by renamed, vuln attested by renamed, https://example.com/t attested by renamed");
        assertThat(facts.unread().state()).isEqualTo(Fact.State.ABSENT);
    }

    @Test
    @DisplayName("keep 20 of what else was found, undecidable ones first")
    void others() {
        List<Unaccepted> many = Stream.concat(
                        Collections.nCopies(100, Unaccepted.because("x".repeat(1_000))).stream(),
                        Stream.of(Unaccepted.undecidable("open")))
                .toList();
        SignatureFacts facts = SignatureFacts.of(List.of()).withOthers(many);
        assertThat(facts.others()).hasSize(20).startsWith(Unaccepted.undecidable("open"));
        assertThat(facts.others().get(1).explanation()).hasSize(400);
        assertThat(facts.othersInAll()).isEqualTo(101);
    }

    @Test
    @DisplayName("are refused if they would accept everything or nothing")
    void mistakes() {
        assertThatThrownBy(() -> new KeySigner("a", List.of(), Optional.empty()))
                .hasMessageContaining("at least one key");
        assertThatThrownBy(() -> TRUST.withRequired(17, 0, 1)).hasMessage("log 17: expected a number from 0 to 16");
        assertThatThrownBy(() -> new KeylessSigner(
                        "a", TRUST.withRequired(0, 0, 1), "https://issuer", PathGlob.parse("x"), Map.of()))
                .hasMessageContaining("neither a log nor a timestamp");
        assertThatThrownBy(() -> new SignatureNeed(List.of(), Set.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Unaccepted.because(" ")).hasMessageContaining("blank");
        assertThatThrownBy(() -> new JsonPointer("/" + "a".repeat(256))).hasMessageContaining("expected names");
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "https://github.com/acme/*/r.yml@refs/tags/*, https://github.com/acme/api/r.yml@refs/tags/v1, true",
        "https://github.com/acme/*/r.yml@refs/tags/*, https://github.com/acme/api/x/r.yml@refs/tags/v1, false",
        "https://github.com/acme/*/r.yml@refs/tags/*, https://github.com/acme/api/r.yml@refs/tags/v1/x, false",
        "https://github.com/acme/*, https://github.com/acme-evil/api, false",
        "https://github.com/acme/*, https://github.com/acme/, true",
        "https://github.com/acme/**, https://github.com/acme/a/b, true",
        "**/r.yml, https://a/b/r.yml, true",
        "**/r.yml, r.yml, false",
        "a**c, abc, true",
        "a**c, a/b/c, true",
        "a***c, a/b/c, true",
        "a?c, abc, false",
        "a?c, a?c, true",
        "https://github.com/acme/*, https://github.com/acme, false",
        "https://github.com/acme/*/r.yml@refs/tags/*, https://github.com/acme/api/r.yml@refs/heads/main, false",
        "**/v*, a/b/v1, true",
        "**/v*, a/b/v1/, false",
        "*a*, bab, true",
        "*a*, b/ab, false",
        "ab, abc, false",
        "**, '', true",
        "a*b*c, aXbbYbcZc, true",
        "a*b*c, aXbbY/bcZc, false",
        "a, A, false",
        "*, '', true",
        "*, a/b, false",
        "**, a/b, true",
    })
    @DisplayName("compare identities segment by segment")
    void globs(String glob, String text, boolean matches) {
        assertThat(PathGlob.parse(glob).matches(text)).isEqualTo(matches);
    }

    @Test
    @DisplayName("compare identities in time that grows with both lengths alone")
    void hostileGlobs() {
        assertThat(PathGlob.parse("*a".repeat(500) + "b").matches("a".repeat(10_000)))
                .isFalse();
        assertThat(PathGlob.parse("**").matchesEverything()).isTrue();
        assertThat(PathGlob.parse("***").matchesEverything()).isTrue();
        assertThat(PathGlob.parse("*").matchesEverything()).isFalse();
        for (String text : List.of("", " ", "a".repeat(1_025))) {
            assertThatThrownBy(() -> PathGlob.parse(text)).hasMessageContaining("glob");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"/a/b, a b", "/a~1b/c~0d, a/b c~d", "/~01, ~1", "/0/x, 0 x", "/, ''"})
    @DisplayName("find values by the names in a pointer")
    void pointers(String pointer, String names) {
        assertThat(String.join(" ", new JsonPointer(pointer).names())).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({"''", "a", "a/b", "/a~", "/a~2", "/a~/b", "/~~0"})
    @DisplayName("refuse what is no pointer")
    void wrongPointers(String text) {
        assertThatThrownBy(() -> new JsonPointer(text)).hasMessageContaining("expected names with a slash before each");
    }
}
