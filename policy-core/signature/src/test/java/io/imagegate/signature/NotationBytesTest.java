package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One byte is changed in envelopes of Notation, also within base64, and in lists of revoked certificates. The build makes 1,000
 * changes of JWS, of COSE and of lists each; {@code -Dimagegate.changes=20000} makes more.
 */
@Tag("slow")
class NotationBytesTest {

    private static final int CHANGES = Tier.tries("imagegate.changes", 60, 200, 1_000);
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/_-]{24,}={0,2})\"");
    private static final List<String> REPOSITORIES = List.of(
            "notation/jws",
            "notation/cose",
            "notation/rsa-jws",
            "notation/rsa-cose",
            "notation/p521-jws",
            "notation/chained",
            "notation/metadata",
            "notation/timestamped");

    private record Envelope(String name, String mediaType, Bytes content) {

        Verdict verify(Signer signer) {
            return Verifier.create()
                    .verify(
                            StoredSignature.layer(mediaType, Map.of(), content.array()),
                            TestNotation.IMAGE,
                            signer,
                            NOW);
        }
    }

    private static List<Envelope> envelopes() {
        List<Envelope> all = new ArrayList<>();
        for (String repository : REPOSITORIES) {
            Recorded store = Recorded.repository("zot", repository);
            List<StoredDescriptor> listed =
                    store.referrers(Recorded.IMAGE).join().value().orElseThrow().manifests();
            for (StoredDescriptor descriptor : listed) {
                StoredManifest manifest =
                        store.manifest(descriptor.digest()).join().value().orElseThrow();
                StoredDescriptor layer = manifest.layers().get(0);
                byte[] content = store.blob(layer).join().value().orElseThrow();
                all.add(new Envelope(repository, layer.mediaType(), Bytes.of(content)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"JWS, application/jose+json, 6", "COSE, application/cose, 3"})
    @DisplayName("no change of an envelope is accepted with another meaning, and none leads to a fault")
    void envelopesChanged(String form, String mediaType, int number) {
        Signer signer = TestSigners.notation(List.of(Recorded.bytes("trust/notation-ca.pem")))
                .identity(NotationVerdictsTest.IDENTITY)
                .timestamps(List.of(Recorded.bytes("trust/notation-tsa-root.pem")))
                .build();
        List<Envelope> envelopes = envelopes().stream()
                .filter(envelope -> envelope.mediaType.equals(mediaType))
                .toList();
        assertThat(envelopes).hasSize(number);
        List<Verdict.Verified> originals = envelopes.stream()
                .map(envelope -> Verdicts.verified(envelope.verify(signer)))
                .toList();
        Random random = new Random(20261126);
        Map<String, Integer> harmless = new TreeMap<>();
        for (int i = 0; i < CHANGES; i++) {
            Envelope envelope = envelopes.get(i % number);
            byte[] after = changed(envelope.content.array(), random);
            Verdict verdict = new Envelope(envelope.name, mediaType, Bytes.of(after)).verify(signer);
            if (verdict instanceof Verdict.Verified verified) {
                assertThat(Specimen.saysNoMore(verified, originals.get(i % number)))
                        .as("%s: %s", envelope.name, new String(after, StandardCharsets.ISO_8859_1))
                        .isTrue();
                harmless.merge(envelope.name, 1, Integer::sum);
            } else if (verdict instanceof Verdict.Undecidable undecidable) {
                assertThat(undecidable.message()).doesNotStartWith("internal error");
            }
        }
        System.out.println(CHANGES + " changes of one byte in " + form
                + " of Notation: 0 accepted with another meaning, with the same " + harmless);
        assertThat(harmless.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(CHANGES / 10);
    }

    private final TestCertificate root = TestNotation.authority("acme root").issuedBy(null);
    private final TestCertificate thief = TestNotation.person("thief").issuedBy(root);
    private final TestCertificate former = TestNotation.person("former").issuedBy(root);
    private final TestCertificate current = TestNotation.person("current").issuedBy(root);
    private final TestTimestamps time = TestTimestamps.named("acme time");
    private final List<TestNotation> signed = Stream.of(thief, former, current)
            .map(leaf -> TestNotation.by(leaf, root))
            .toList();

    private TestCrl list() {
        return TestCrl.of(root)
                .revoke(former, TestSigstore.SIGNED.plusSeconds(60), 4)
                .revoke(thief, TestSigstore.SIGNED, 1)
                .extension("1.2.3.4", false, Asn1.number(1));
    }

    /** What a list says of a revoked certificate, of one that was revoked after a proven time, and of one that holds. */
    private List<Verdict> verdicts(byte[] crl) {
        Signer signer = TestSigners.notation(List.of(root.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .timestamps(List.of(time.root.pem()))
                .crls(List.of(crl))
                .requireRevocation()
                .build();
        return signed.stream().map(signature -> signature.verify(signer, true)).toList();
    }

    private static boolean saysNoMore(List<Verdict> verdicts, List<Verdict> originals) {
        return IntStream.range(0, verdicts.size())
                .allMatch(i -> !(verdicts.get(i) instanceof Verdict.Verified verified)
                        || (originals.get(i) instanceof Verdict.Verified original
                                && Specimen.saysNoMore(verified, original)));
    }

    @Test
    @DisplayName("no change of a list of revoked certificates lets a signature count, or leads to a fault")
    void listsChanged() {
        TestNotation stamped = signed.get(1);
        stamped.stamp(time.stampWithCertificate(stamped.signature(true), TestSigstore.SIGNED));
        byte[] crl = list().encoded();
        List<Verdict> originals = verdicts(crl);
        assertThat(originals)
                .extracting(Object::getClass)
                .containsExactly(Verdict.Violated.class, Verdict.Verified.class, Verdict.Verified.class);
        int refused = 0;
        int counted = 0;
        Random random = new Random(20261126);
        for (int i = 0; i < CHANGES; i++) {
            try {
                List<Verdict> verdicts = verdicts(changed(crl, random));
                assertThat(saysNoMore(verdicts, originals)).as("%s", verdicts).isTrue();
                assertThat(verdicts)
                        .noneMatch(verdict -> verdict instanceof Verdict.Undecidable undecidable
                                && undecidable.message().startsWith("internal error"));
                counted += verdicts.contains(originals.get(0)) ? 1 : 0;
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        System.out.println(CHANGES + " changes of one byte in a CRL: 0 accepted with another meaning, with the same "
                + counted + ", " + refused + " refused when read");
        assertThat(refused).isPositive().isLessThan(CHANGES);
        assertThat(counted).isLessThan(CHANGES / 10);
    }

    @Test
    @DisplayName("a list with another meaning would be noticed")
    void otherLists() {
        List<Verdict> originals = verdicts(list().encoded());
        assertThat(saysNoMore(originals, originals)).isTrue();
        assertThat(saysNoMore(verdicts(TestCrl.of(root).encoded()), originals)).isFalse();
        Instant last = Instant.parse("2026-11-01T00:00:00Z");
        Instant later = Instant.parse("2026-12-01T00:00:01Z");
        assertThat(saysNoMore(verdicts(list().updates(last, later).encoded()), originals))
                .isFalse();
        assertThat(saysNoMore(verdicts(list().revoke(current, last).encoded()), originals))
                .isTrue();
    }

    /** Changes a byte, or one of what some base64 stands for. */
    private static byte[] changed(byte[] bytes, Random random) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> inner =
                bytes[0] == '{' ? BASE64.matcher(text).results().toList() : List.of();
        if (!inner.isEmpty() && random.nextInt(3) > 0) {
            MatchResult found = inner.get(random.nextInt(inner.size()));
            String changed = changedInside(found.group(1), random);
            return (text.substring(0, found.start(1)) + changed + text.substring(found.end(1)))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 + random.nextInt(255));
        return copy;
    }

    private static String changedInside(String base64, Random random) {
        boolean url = base64.indexOf('-') >= 0 || base64.indexOf('_') >= 0 || base64.length() % 4 != 0;
        byte[] inner = (url ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(base64);
        inner[random.nextInt(inner.length)] ^= (byte) (1 + random.nextInt(255));
        return (url ? Base64.getUrlEncoder().withoutPadding() : Base64.getEncoder()).encodeToString(inner);
    }
}
