package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One byte is changed in envelopes of Notation, also within base64, and in lists of revoked certificates. The build makes 2,000
 * changes of each; {@code -Dimagegate.changes=20000} makes more.
 */
@Tag("slow")
class NotationBytesTest {

    private static final int CHANGES = Integer.getInteger("imagegate.changes", 2_000);
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
                            CosignSignature.layer(mediaType, Map.of(), content.array()),
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

    @Test
    @DisplayName("no change of an envelope is accepted with another meaning, and none leads to a fault")
    void envelopesChanged() {
        Signer signer = Signer.notation(List.of(Recorded.bytes("trust/notation-ca.pem")))
                .identity(NotationVerdictsTest.IDENTITY)
                .timestamps(List.of(Recorded.bytes("trust/notation-tsa-root.pem")))
                .build();
        List<Envelope> envelopes = envelopes();
        assertThat(envelopes).hasSize(9);
        Random random = new Random(20261126);
        Map<String, Integer> harmless = new TreeMap<>();
        for (int i = 0; i < CHANGES; i++) {
            Envelope envelope = envelopes.get(i % envelopes.size());
            byte[] after = changed(envelope.content.array(), random);
            Verdict verdict = new Envelope(envelope.name, envelope.mediaType, Bytes.of(after)).verify(signer);
            if (verdict instanceof Verdict.Verified verified) {
                Verdict.Verified original = Verdicts.verified(envelope.verify(signer));
                assertThat(Specimen.saysNoMore(verified, original))
                        .as("%s: %s", envelope.name, new String(after, StandardCharsets.ISO_8859_1))
                        .isTrue();
                harmless.merge(envelope.name, 1, Integer::sum);
            } else if (verdict instanceof Verdict.Undecidable undecidable) {
                assertThat(undecidable.message()).doesNotStartWith("internal error");
            }
        }
        System.out.println(
                CHANGES + " changes of one byte in envelopes of Notation: accepted with the same meaning " + harmless);
        assertThat(harmless.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(CHANGES / 10);
    }

    @Test
    @DisplayName("no change of a list of revoked certificates makes a signature count, or leads to a fault")
    void listsChanged() {
        TestCertificate root = TestNotation.authority("acme root").issuedBy(null);
        TestCertificate leaf = TestNotation.person("release").issuedBy(root);
        TestCertificate other = TestNotation.person("other").issuedBy(root);
        byte[] crl = TestCrl.of(root)
                .revoke(other, TestSigstore.SIGNED, 1)
                .revoke(leaf, TestSigstore.SIGNED, 4)
                .extension("1.2.3.4", false, Asn1.number(1))
                .encoded();
        TestNotation signature = TestNotation.by(leaf, root);
        int refused = 0;
        Random random = new Random(20261126);
        for (int i = 0; i < CHANGES; i++) {
            byte[] after = changed(crl, random);
            try {
                Signer signer = Signer.notation(List.of(root.pem()))
                        .identity("C=DE, ST=BE, O=acme")
                        .crls(List.of(after))
                        .requireRevocation()
                        .build();
                Verdict verdict = signature.verify(signer, true);
                assertThat(verdict).isNotInstanceOf(Verdict.Verified.class);
                if (verdict instanceof Verdict.Undecidable undecidable) {
                    assertThat(undecidable.message()).doesNotStartWith("internal error");
                }
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        System.out.println(CHANGES + " changes of one byte in a CRL: " + refused + " refused when read");
        assertThat(refused).isPositive().isLessThan(CHANGES);
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
