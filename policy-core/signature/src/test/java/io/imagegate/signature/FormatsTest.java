package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.Digest;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles, envelopes, statements and payloads that are not as their formats demand. */
class FormatsTest {

    private static final String OTHER = "sha256:b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c";

    private final TestKey key = TestKey.p256();
    private final Signer signer = TestSigners.keys(List.of(TestSigners.key(key.pem())));
    private final TestBundle good = TestBundle.by(key);

    private Verdict changed(String from, String to) {
        String json = good.json();
        assertThat(json).contains(from);
        return TestBundle.verify(json.replace(from, to), signer, NOW);
    }

    private Verdict payload(String text) {
        return TestBundle.by(key).payload(text).verify(signer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.dev.sigstore.bundle+json;version=0.1",
                "application/vnd.dev.sigstore.bundle+json;version=0.2",
                "application/vnd.dev.sigstore.bundle+json;version=0.3",
                "application/vnd.dev.sigstore.bundle.v0.1+json",
                "application/vnd.dev.sigstore.bundle.v0.2+json",
                "application/vnd.dev.sigstore.bundle.v0.3+json"
            })
    @DisplayName("both forms of the media type count, in three versions")
    void versions(String type) {
        verified(TestBundle.by(key).version(type).verify(signer));
        violates(TestBundle.by(key).version(type + " ").verify(signer), SignatureFault.FORMAT, "media type");
        violates(
                TestBundle.by(key).version(type.replace("0.", "0.9")).verify(signer),
                SignatureFault.FORMAT,
                "media type");
    }

    @Test
    @DisplayName("a name that comes twice, an unknown name, text after the document and other encodings violate")
    void json() {
        verified(TestBundle.verify(good.json(), signer, NOW));
        verified(changed("{\"mediaType\"", " \n{ \"mediaType\""));
        verified(changed("\"keyid\":\"\"", "\"keyid\":null"));
        violates(
                changed("\"keyid\":\"\"", "\"keyid\":\"\",\"keyid\":\"\""),
                SignatureFault.FORMAT,
                "is not valid JSON at line 1, column ");
        violates(changed("\"keyid\":\"\"", "\"keyId\":\"\""), SignatureFault.FORMAT, "unknown field", "keyId");
        violates(TestBundle.verify(good.json() + "x", signer, NOW), SignatureFault.FORMAT);
        violates(TestBundle.verify(good.json() + "{}", signer, NOW), SignatureFault.FORMAT, "followed by more text");
        violates(TestBundle.verify("[" + good.json() + "]", signer, NOW), SignatureFault.FORMAT, "not a JSON object");
        violates(TestBundle.verify("", signer, NOW), SignatureFault.FORMAT);
        violates(TestBundle.verify("\uFEFF" + good.json(), signer, NOW), SignatureFault.FORMAT);
        StoredSignature utf16 = StoredSignature.bundle(good.json().getBytes(StandardCharsets.UTF_16BE));
        violates(
                Verifier.create().verify(utf16, Artifact.of(Recorded.IMAGE), signer, NOW),
                SignatureFault.FORMAT,
                "UTF-8");
    }

    @Test
    @DisplayName("deep nesting and many tokens are undecidable")
    void bounds() {
        undecidable(TestBundle.verify("{\"a\":".repeat(100) + "1" + "}".repeat(100), signer, NOW), "64 deep");
        undecidable(TestBundle.verify("{\"a\":[" + "1,".repeat(30_000) + "1]}", signer, NOW), "too many parts");
        undecidable(payload("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}"), "64 deep");
    }

    @Test
    @DisplayName("megabytes where some bytes are expected are undecidable, and are not copied")
    void longTexts() {
        String megabyte = "A".repeat(1024 * 1024);
        String signature = TestLog.base64(good.signature());
        undecidable(changed(signature, megabyte), "expected at most 131072 bytes");
        undecidable(changed("\"any\"", "\"" + megabyte + "\""), "a text has 1048576 bytes");
        undecidable(changed("\"any\"", "\"" + "\\/".repeat(1024 * 1024 + 1) + "\""), "too long");
        String shorter = "\\/".repeat(200_000);
        undecidable(
                changed("\"any\"", "\"" + shorter + "\",\"a\":[" + ("\"" + shorter + "\",").repeat(6) + "1]"),
                "characters of short or escaped texts");
    }

    @Test
    @DisplayName("base64 that is not canonical violates")
    void base64() {
        String signature = TestLog.base64(good.signature());
        violates(changed(signature, signature + "\\n"), SignatureFault.FORMAT, "canonical base64");
        violates(changed(signature, "=" + signature), SignatureFault.FORMAT, "canonical base64");
        violates(changed(signature, ""), SignatureFault.SIGNATURE);
        String payload = TestLog.base64(good.payload.getBytes(StandardCharsets.UTF_8));
        violates(changed(payload, payload.replace('A', '-')), SignatureFault.FORMAT, "canonical base64");
    }

    @Test
    @DisplayName("an envelope has exactly one signature and the type of in-toto")
    void envelope() {
        violates(
                changed("\"signatures\":[", "\"signatures\":[{\"sig\":\"MEUC\"},"),
                SignatureFault.FORMAT,
                "2 signatures");
        violates(changed(TestBundle.TYPE, "application/json"), SignatureFault.FORMAT, "payloadType");
        violates(changed("\"dsseEnvelope\"", "\"messageSignature\""), SignatureFault.FORMAT, "unknown field");
        violates(
                changed("\"publicKey\":{\"hint\":\"any\"}", "\"publicKey\":{},\"certificate\":{}"),
                SignatureFault.FORMAT,
                "does not have one of");
        verified(changed("\"hint\":\"any\"", ""));
    }

    @Test
    @DisplayName("a statement counts for its subjects alone, of which one has the digest")
    void subjects() {
        Digest other = Digest.parse(OTHER);
        violates(
                payload(TestBundle.statement(other, SignedContent.COSIGN_SIGN, "{}")),
                SignatureFault.DIGEST,
                other.hex(),
                "expected");
        String both = TestBundle.statement(Recorded.IMAGE, "https://a.example", "{}")
                .replace("\"subject\":[", "\"subject\":[{\"digest\":{\"sha256\":\"" + other.hex() + "\"}},");
        assertThat(verified(payload(both)).content().annotations()).containsEntry("team", "payments");
        violates(payload(both.replace(Recorded.IMAGE.hex(), "00".repeat(32))), SignatureFault.DIGEST, "and 1 more");
        violates(payload(both.replace("\"digest\"", "\"digests\"")), SignatureFault.DIGEST);
        String large = "{\"name\":\"" + "a".repeat(200_000) + "\"},";
        undecidable(payload(both.replace("\"subject\":[", "\"subject\":[" + large.repeat(6))), "characters of short");
        violates(payload(both.replace("sha256\"", "sha512\"")), SignatureFault.DIGEST);
        violates(payload(both.replace(Recorded.IMAGE.hex(), "zz".repeat(32))), SignatureFault.FORMAT, "hexadecimal");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Statement/v1 | Statement/v2",
                "\"predicateType\" | \"predicatetype\"",
                "\"subject\":[ | \"subject\":[[],",
                "\"predicate\":{} | \"predicate\":{\"a\":1,\"a\":2}",
                "\"predicate\":{} | \"predicate\":{},\"predicate\":{}",
                "\"predicate\":{} | \"predicate\":"
            })
    @DisplayName("a statement that is none does not count, although it is signed")
    void statement(String from, String to) {
        String text = TestBundle.statement(Recorded.IMAGE, "https://a.example", "{}");
        verified(payload(text));
        assertThat(text).contains(from);
        assertThat(payload(text.replace(from, to))).isNotInstanceOf(Verdict.Verified.class);
    }

    @Test
    @DisplayName("the predicate is read as it was signed, as often as wanted")
    void predicate() throws IOException {
        String predicate = "{\"scanner\": \"\u00e4\", \"list\": [1, {\"a\": null}]}";
        SignedContent content = verified(payload(TestBundle.statement(Recorded.IMAGE, "https://a.example", predicate)))
                .content();
        for (int i = 0; i < 2; i++) {
            try (InputStream in = content.openPredicate()) {
                assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(predicate);
            }
        }
        try (InputStream in = verified(payload(TestBundle.statement(Recorded.IMAGE, "https://a.example", "{}")
                        .replace(",\"predicate\":{}", "")))
                .content()
                .openPredicate()) {
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    @DisplayName("simple signing counts by its type and digest, and with its annotation alone")
    void simpleSigning() {
        String payload =
                "{\"critical\":{\"identity\":{\"docker-reference\":\"any\"},\"image\":{\"docker-manifest-digest\":\""
                        + Recorded.IMAGE + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}";
        verified(layer(payload, Map.of()));
        violates(
                layer(payload.replace("cosign container", "atomic container"), Map.of()),
                SignatureFault.CONTENT,
                "atomic");
        violates(layer(payload.replace(Recorded.IMAGE.toString(), OTHER), Map.of()), SignatureFault.DIGEST, OTHER);
        violates(layer(payload.replace("sha256:", "sha256"), Map.of()), SignatureFault.DIGEST);
        violates(layer(payload + "{}", Map.of()), SignatureFault.FORMAT, "followed");
        violates(layer(payload.replace("\"optional\"", "\"critical\""), Map.of()), SignatureFault.FORMAT);
        violates(layer(payload, Map.of("dev.sigstore.cosign/certificate", "x")), SignatureFault.FORMAT, "PEM");
        violates(
                layer(payload, Map.of("dev.sigstore.cosign/chain", "x")),
                SignatureFault.FORMAT,
                "chain without a certificate");
        violates(
                layer(payload, Map.of("dev.sigstore.cosign/bundle", "{}")),
                SignatureFault.FORMAT,
                "Payload is missing");
        StoredSignature bare = StoredSignature.layer(
                "application/vnd.dev.cosign.simplesigning.v1+json", Map.of(), payload.getBytes(StandardCharsets.UTF_8));
        violates(
                Verifier.create().verify(bare, Artifact.of(Recorded.IMAGE), signer, NOW),
                SignatureFault.FORMAT,
                "no annotation");
    }

    private Verdict layer(String payload, Map<String, String> more) {
        byte[] content = payload.getBytes(StandardCharsets.UTF_8);
        Map<String, String> annotations = new java.util.HashMap<>(more);
        annotations.put("dev.cosignproject.cosign/signature", TestLog.base64(key.sign(content)));
        StoredSignature layer =
                StoredSignature.layer("application/vnd.dev.cosign.simplesigning.v1+json", annotations, content);
        return Verifier.create().verify(layer, Artifact.of(Recorded.IMAGE), signer, NOW);
    }

    @Test
    @DisplayName("a layer of another media type does not count")
    void otherLayer() {
        StoredSignature layer =
                StoredSignature.layer("application/json", Map.of(), good.json().getBytes(StandardCharsets.UTF_8));
        violates(
                Verifier.create().verify(layer, Artifact.of(Recorded.IMAGE), signer, NOW),
                SignatureFault.FORMAT,
                "media type");
    }

    @Test
    @DisplayName("more evidence than anybody needs is undecidable")
    void muchEvidence() {
        TestSigstore sigstore = new TestSigstore();
        TestBundle bundle = TestBundle.by(sigstore.leaf());
        for (int i = 0; i < 33; i++) {
            bundle.logged(sigstore.log, SIGNED);
        }
        undecidable(bundle.verify(sigstore.keyless()), "tlogEntries: expected at most 32, got 33");
    }

    @Test
    @DisplayName("of a file, whose digest alone is known, ECDSA can be verified")
    void digestOnly() {
        byte[] file = {1, 2, 3};
        String json = fileBundle(TestLog.base64(key.sign(file)));
        StoredSignature bundle = StoredSignature.bundle(json.getBytes(StandardCharsets.UTF_8));
        Digest digest = Digest.parse("sha256:" + Hex.encode(new Crypto(null).digest(HashAlgorithm.SHA256, file)));
        verified(Verifier.create().verify(bundle, Artifact.of(file), signer, NOW));
        verified(Verifier.create().verify(bundle, Artifact.of(digest), signer, NOW));
        assertThat(verified(Verifier.create().verify(bundle, Artifact.of(digest), signer, NOW))
                        .content()
                        .isImageSignature())
                .isFalse();
        violates(Verifier.create().verify(bundle, Artifact.of(Recorded.IMAGE), signer, NOW), SignatureFault.SIGNATURE);
        violates(
                Verifier.create().verify(bundle, Artifact.of(new byte[] {1, 2}), signer, NOW),
                SignatureFault.SIGNATURE);
        repeatedDigest(json, file, digest);
        TestKey ed25519 = TestKey.ed25519(true);
        StoredSignature other = StoredSignature.bundle(
                fileBundle(TestLog.base64(ed25519.sign(file))).getBytes(StandardCharsets.UTF_8));
        Signer by = TestSigners.keys(List.of(TestSigners.key(ed25519.pem())));
        verified(Verifier.create().verify(other, Artifact.of(file), by, NOW));
        undecidable(Verifier.create().verify(other, Artifact.of(digest), by, NOW), "needs the content");
    }

    private void repeatedDigest(String json, byte[] file, Digest digest) {
        String sha256 = TestLog.base64(new Crypto(null).digest(HashAlgorithm.SHA256, file));
        verified(Verifier.create().verify(withDigest(json, "SHA2_256", sha256), Artifact.of(digest), signer, NOW));
        for (String[] other : new String[][] {{"SHA2_256", "AAAA"}, {"SHA2_256", ""}, {"SHA2_512", ""}}) {
            violates(
                    Verifier.create().verify(withDigest(json, other[0], other[1]), Artifact.of(digest), signer, NOW),
                    SignatureFault.DIGEST);
        }
    }

    private static StoredSignature withDigest(String json, String algorithm, String digest) {
        String repeated = "\"messageDigest\":{\"algorithm\":\"" + algorithm + "\",\"digest\":\"" + digest + "\"},";
        return StoredSignature.bundle(
                json.replace("\"signature\":", repeated + "\"signature\":").getBytes(StandardCharsets.UTF_8));
    }

    private static String fileBundle(String signature) {
        return "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\",\"verificationMaterial\":{\"publicKey\":{}},"
                + "\"messageSignature\":{\"signature\":\"" + signature + "\"}}";
    }
}
