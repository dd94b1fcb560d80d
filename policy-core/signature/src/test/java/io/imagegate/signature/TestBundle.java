package io.imagegate.signature;

import io.imagegate.reference.Digest;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes bundles about a statement. */
public final class TestBundle {

    static final String TYPE = "application/vnd.in-toto+json";

    String version = "application/vnd.dev.sigstore.bundle.v0.3+json";
    public String payload;
    private final TestKey key;
    private final byte[] certificate;
    private final List<String> entries = new ArrayList<>();
    private final List<byte[]> timestamps = new ArrayList<>();
    private String material;

    private TestBundle(TestKey key, byte[] certificate, String material) {
        this.key = key;
        this.certificate = certificate;
        this.material = material;
        this.payload = statement(Recorded.IMAGE, SignedContent.COSIGN_SIGN, "{}");
    }

    public static TestBundle by(TestCertificate leaf) {
        return new TestBundle(
                leaf.key, leaf.encoded(), "\"certificate\":{\"rawBytes\":\"" + TestLog.base64(leaf.encoded()) + "\"}");
    }

    public static TestBundle by(TestKey key) {
        return new TestBundle(key, new byte[0], "\"publicKey\":{\"hint\":\"any\"}");
    }

    public static String statement(Digest digest, String type, String predicate) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"" + digest.algorithm()
                + "\":\""
                + digest.hex() + "\"},\"annotations\":{\"team\":\"payments\"}}],\"predicateType\":\"" + type
                + "\",\"predicate\":" + predicate + "}";
    }

    public TestBundle payload(String text) {
        payload = text;
        return this;
    }

    TestBundle version(String mediaType) {
        version = mediaType;
        return this;
    }

    /** Writes the certificates as a chain. */
    TestBundle chain(TestCertificate... chain) {
        List<String> all = Arrays.stream(chain)
                .map(one -> "{\"rawBytes\":\"" + TestLog.base64(one.encoded()) + "\"}")
                .toList();
        material = "\"x509CertificateChain\":{\"certificates\":[" + String.join(",", all) + "]}";
        return this;
    }

    byte[] signed() {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        byte[] begin =
                ("DSSEv1 " + TYPE.length() + " " + TYPE + " " + bytes.length + " ").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(begin, begin.length + bytes.length);
        System.arraycopy(bytes, 0, all, begin.length, bytes.length);
        return all;
    }

    private byte[] signature = new byte[0];

    byte[] signature() {
        if (signature.length == 0) {
            signature = key.sign(signed());
        }
        return signature;
    }

    TestBundle entry(String entry) {
        entries.add(entry);
        return this;
    }

    /** Logs it in Rekor 1. */
    TestBundle logged(TestLog log, Instant time) {
        return entry(log.entry("dsse 0.0.1", dsseBody(), time, true, true));
    }

    String dsseBody() {
        byte[] hash = new Crypto(null).digest(HashAlgorithm.SHA256, payload.getBytes(StandardCharsets.UTF_8));
        String pem = certificate.length == 0
                ? TestKey.pem("PUBLIC KEY", key.info())
                : TestKey.pem("CERTIFICATE", certificate);
        return "{\"apiVersion\":\"0.0.1\",\"kind\":\"dsse\",\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\""
                + Hex.encode(hash) + "\"},\"signatures\":[{\"signature\":\"" + TestLog.base64(signature())
                + "\",\"verifier\":\"" + TestLog.base64(pem.getBytes(StandardCharsets.US_ASCII)) + "\"}]}}";
    }

    /** The body of an entry of Rekor 2: compact, names in order. */
    String hashedRekord2() {
        byte[] hash = new Crypto(null).digest(HashAlgorithm.SHA256, signed());
        String verifier = certificate.length == 0
                ? "\"publicKey\":{\"rawBytes\":\"" + TestLog.base64(key.info()) + "\"}"
                : "\"x509Certificate\":{\"rawBytes\":\"" + TestLog.base64(certificate) + "\"}";
        return "{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{\"data\":{\"algorithm\":"
                + "\"SHA2_256\",\"digest\":\"" + TestLog.base64(hash) + "\"},\"signature\":{\"content\":\""
                + TestLog.base64(signature()) + "\",\"verifier\":{\"keyDetails\":\"PKIX_ECDSA_P256_SHA_256\","
                + verifier + "}}}}}";
    }

    TestBundle stamp(byte[] timestamp) {
        timestamps.add(timestamp);
        return this;
    }

    public String json() {
        String stamps = timestamps.isEmpty()
                ? ""
                : ",\"timestampVerificationData\":{\"rfc3161Timestamps\":["
                        + String.join(
                                ",",
                                timestamps.stream()
                                        .map(stamp -> "{\"signedTimestamp\":\"" + TestLog.base64(stamp) + "\"}")
                                        .toList())
                        + "]}";
        String logged = entries.isEmpty() ? "" : ",\"tlogEntries\":[" + String.join(",", entries) + "]";
        return "{\"mediaType\":\"" + version + "\",\"verificationMaterial\":{" + material + logged + stamps
                + "},\"dsseEnvelope\":{\"payload\":\"" + TestLog.base64(payload.getBytes(StandardCharsets.UTF_8))
                + "\",\"payloadType\":\"" + TYPE + "\",\"signatures\":[{\"sig\":\"" + TestLog.base64(signature())
                + "\",\"keyid\":\"\"}]}}";
    }

    public Verdict verify(Signer signer) {
        return verify(json(), signer, TestSigstore.NOW);
    }

    Verdict verify(Signer signer, Instant at) {
        return verify(json(), signer, at);
    }

    static Verdict verify(String json, Signer signer, Instant at) {
        StoredSignature signature = StoredSignature.bundle(json.getBytes(StandardCharsets.UTF_8));
        return Verifier.create().verify(signature, Artifact.of(Recorded.IMAGE), signer, at);
    }
}
