package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.NOW;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each kind of log entry, and timestamps where cosign 2 keeps them. */
class EntryKindsTest {

    private static final Crypto CRYPTO = new Crypto(null);
    private static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";

    private final TestSigstore sigstore = new TestSigstore();
    private final TestCertificate leaf = sigstore.leaf();

    private static String sha256(byte[] bytes) {
        return Hex.encode(CRYPTO.digest(HashAlgorithm.SHA256, bytes));
    }

    private static String base64(String text) {
        return TestLog.base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private String pem() {
        return base64(new String(leaf.pem(), StandardCharsets.US_ASCII));
    }

    private Verdict verify(TestBundle bundle, String kind, String body) {
        return bundle.entry(sigstore.log.entry(kind, body, SIGNED, true, true)).verify(sigstore.keyless());
    }

    private String intoto(TestBundle bundle, String payload) {
        return "{\"apiVersion\":\"0.0.2\",\"kind\":\"intoto\",\"spec\":{\"content\":{\"envelope\":{" + payload
                + "\"payloadType\":\"" + TestBundle.TYPE + "\",\"signatures\":[{\"publicKey\":\"" + pem()
                + "\",\"sig\":\""
                + base64(TestLog.base64(bundle.signature()))
                + "\"}]},\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\""
                + sha256(bundle.payload.getBytes(StandardCharsets.UTF_8)) + "\"}}}}";
    }

    @Test
    @DisplayName("intoto 0.0.2, with its payload or without")
    void intoto() {
        TestBundle bundle = TestBundle.by(leaf);
        verified(verify(bundle, "intoto 0.0.2", intoto(bundle, "")));
        TestBundle whole = TestBundle.by(leaf);
        String twice = "\"payload\":\"" + base64(base64(whole.payload)) + "\",";
        verified(verify(whole, "intoto 0.0.2", intoto(whole, twice)));
        TestBundle other = TestBundle.by(leaf);
        String wrong = "\"payload\":\"" + base64(base64("{}")) + "\",";
        violates(verify(other, "intoto 0.0.2", intoto(other, wrong)), SignatureFault.LOG, "another payload");
        TestBundle hash = TestBundle.by(leaf);
        String body = intoto(hash, "").replace(sha256(hash.payload.getBytes(StandardCharsets.UTF_8)), "00".repeat(32));
        violates(verify(hash, "intoto 0.0.2", body), SignatureFault.LOG, "another digest");
        TestBundle old = TestBundle.by(leaf);
        violates(
                verify(old, "intoto 0.0.1", intoto(old, "").replace("0.0.2", "0.0.1")),
                SignatureFault.LOG,
                "intoto 0.0.1");
    }

    @Test
    @DisplayName("hashedrekord 0.0.1 over the encoding of an envelope")
    void hashedRekord() {
        TestBundle bundle = TestBundle.by(leaf);
        String body = "{\"apiVersion\":\"0.0.1\",\"kind\":\"hashedrekord\",\"spec\":{\"data\":{\"hash\":{\"algorithm\":"
                + "\"sha256\",\"value\":\"" + sha256(bundle.signed()) + "\"}},\"signature\":{\"content\":\""
                + TestLog.base64(bundle.signature()) + "\",\"publicKey\":{\"content\":\"" + pem() + "\"}}}}";
        verified(verify(bundle, "hashedrekord 0.0.1", body));
        TestBundle payloadOnly = TestBundle.by(leaf);
        String wrong = body.replace(TestLog.base64(bundle.signature()), TestLog.base64(payloadOnly.signature()))
                .replace(sha256(bundle.signed()), sha256(payloadOnly.payload.getBytes(StandardCharsets.UTF_8)));
        violates(verify(payloadOnly, "hashedrekord 0.0.1", wrong), SignatureFault.LOG, "another digest");
    }

    @Test
    @DisplayName("hashedrekord 0.0.2 of a key of P-384 is rebuilt over SHA-384")
    void rebuilt() {
        TestKey key = TestKey.ec("secp384r1", "SHA384withECDSA");
        TestBundle bundle = TestBundle.by(key);
        String body = bundle.hashedRekord2()
                .replace("SHA2_256", "SHA2_384")
                .replace("P256_SHA_256", "P384_SHA_384")
                .replace(
                        TestLog.base64(CRYPTO.digest(HashAlgorithm.SHA256, bundle.signed())),
                        TestLog.base64(CRYPTO.digest(HashAlgorithm.SHA384, bundle.signed())));
        Signer signer = TestSigners.keys(List.of(TestSigners.key(key.pem())), TestSigners.trust(sigstore.root()));
        verified(bundle.entry(sigstore.log.entry2(body, false)).verify(signer));
        TestBundle again = TestBundle.by(key);
        violates(again.entry(sigstore.log.entry2(body, false)).verify(signer), SignatureFault.LOG, "not in the tree");
    }

    @Test
    @DisplayName("an entry names the certificate if there is one, else the key")
    void verifier() {
        TestBundle bundle = TestBundle.by(leaf);
        String key = base64(TestKey.pem("PUBLIC KEY", leaf.key.info()));
        violates(
                verify(bundle, "dsse 0.0.1", bundle.dsseBody().replace(pem(), key)), SignatureFault.LOG, "another key");
        TestBundle byKey = TestBundle.by(leaf.key);
        Signer signer = TestSigners.keys(List.of(TestSigners.key(leaf.key.pem())), TestSigners.trust(sigstore.root()));
        String body = byKey.dsseBody();
        assertThat(body).contains(key);
        violates(
                byKey.entry(sigstore.log.entry("dsse 0.0.1", body.replace(key, pem()), SIGNED, true, true))
                        .verify(signer),
                SignatureFault.LOG,
                "another key");
    }

    @Test
    @DisplayName("cosign 2 stamps the signature of a payload, and the envelope of an attestation")
    void annotations() {
        Signer signer = TestSigstore.keyless(TestSigners.trust(sigstore.root(), 0, 1, 1));
        byte[] payload = ("{\"critical\":{\"identity\":{},\"image\":{\"docker-manifest-digest\":\"" + Recorded.IMAGE
                        + "\"},\"type\":\"cosign container image signature\"}}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] signature = leaf.key.sign(payload);
        String simple = "application/vnd.dev.cosign.simplesigning.v1+json";
        String encoded = TestLog.base64(signature);
        verified(layer(simple, payload, encoded, sigstore.timestamps.stamp(signature, SIGNED), signer));
        violates(
                layer(simple, payload, encoded, sigstore.timestamps.stamp(payload, SIGNED), signer),
                SignatureFault.TIMESTAMP);
        byte[] envelope = envelope();
        verified(layer(ENVELOPE, envelope, "", sigstore.timestamps.stamp(envelope, SIGNED), signer));
        violates(
                layer(ENVELOPE, envelope, "", sigstore.timestamps.stamp(signature, SIGNED), signer),
                SignatureFault.TIMESTAMP);
        violates(
                layer(ENVELOPE, envelope, encoded, sigstore.timestamps.stamp(envelope, SIGNED), signer),
                SignatureFault.FORMAT,
                "signature beside it");
    }

    private byte[] envelope() {
        String json = TestBundle.by(leaf).json();
        return json.substring(json.indexOf("{\"payload\""), json.length() - 1).getBytes(StandardCharsets.UTF_8);
    }

    private Verdict layer(String type, byte[] content, String signature, byte[] stamp, Signer signer) {
        Map<String, String> annotations = new HashMap<>();
        annotations.put("dev.cosignproject.cosign/signature", signature);
        annotations.put("dev.sigstore.cosign/certificate", new String(leaf.pem(), StandardCharsets.US_ASCII));
        annotations.put(
                "dev.sigstore.cosign/rfc3161timestamp",
                "{\"SignedRFC3161Timestamp\":\"" + TestLog.base64(stamp) + "\"}");
        return Verifier.create()
                .verify(StoredSignature.layer(type, annotations, content), Artifact.of(Recorded.IMAGE), signer, NOW);
    }
}
