package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.log.Merkle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** A transparency log or a certificate log. */
public final class TestLog {

    private static final Crypto CRYPTO = new Crypto(null);

    final String host;
    final TestKey key;
    final byte[] id;
    private final String origin;

    TestLog(String host) {
        this(host, host, TestKey.p256());
    }

    /** A log that says of its checkpoints that they are of some origin. */
    TestLog(String host, String origin, TestKey key) {
        this.host = host;
        this.origin = origin;
        this.key = key;
        this.id = CRYPTO.digest(HashAlgorithm.SHA256, key.info());
    }

    /** The same log, whose signatures are forged. */
    TestLog forging() {
        return new TestLog(host, origin, key.forging());
    }

    /** An entry of Rekor 1 with promise, proof and checkpoint; each part can be left out. */
    String entry(String kind, String body, Instant time, boolean promise, boolean proof) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String set = "{\"body\":\"" + base64(bytes) + "\",\"integratedTime\":" + time.getEpochSecond() + ",\"logID\":\""
                + Hex.encode(id) + "\",\"logIndex\":7}";
        byte[] signed = key.sign(set.getBytes(StandardCharsets.UTF_8));
        return header(kind) + ",\"logIndex\":\"7\""
                + (promise
                        ? ",\"integratedTime\":\"" + time.getEpochSecond()
                                + "\",\"inclusionPromise\":{\"signedEntryTimestamp\":\"" + base64(signed) + "\"}"
                        : "")
                + (proof ? ",\"inclusionProof\":" + proof(bytes) : "")
                + ",\"canonicalizedBody\":\"" + base64(bytes) + "\"}";
    }

    /** An entry of Rekor 2, whose body may be left out. */
    String entry2(String body, boolean withBody) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return header("hashedrekord 0.0.2") + ",\"logIndex\":\"1\",\"inclusionProof\":" + proof(bytes)
                + (withBody ? ",\"canonicalizedBody\":\"" + base64(bytes) + "\"}" : "}");
    }

    private String header(String kind) {
        String[] parts = kind.split(" ", -1);
        return "{\"logId\":{\"keyId\":\"" + base64(id) + "\"},\"kindVersion\":{\"kind\":\"" + parts[0]
                + "\",\"version\":\"" + parts[1] + "\"}";
    }

    /** The entry is the second of two. */
    private String proof(byte[] body) {
        byte[] first = Merkle.leaf(CRYPTO, new byte[] {1, 2, 3});
        byte[] root = CRYPTO.digest(HashAlgorithm.SHA256, new byte[] {1}, first, Merkle.leaf(CRYPTO, body));
        return "{\"logIndex\":\"1\",\"rootHash\":\"" + base64(root) + "\",\"treeSize\":\"2\",\"hashes\":[\""
                + base64(first) + "\"],\"checkpoint\":{\"envelope\":\""
                + checkpoint(root).replace("\n", "\\n") + "\"}}";
    }

    private String checkpoint(byte[] root) {
        String text = origin + "\n2\n" + base64(root) + "\n";
        byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
        byte[] line = ByteBuffer.allocate(4 + signature.length)
                .put(Arrays.copyOf(id, 4))
                .put(signature)
                .array();
        return text + "\n\u2014 " + host + " " + base64(line) + "\n";
    }

    /** The list of one timestamp for a certificate whose content has no such list yet. */
    byte[] scts(byte[] content, TestCertificate authority, Instant time) {
        byte[] hash = CRYPTO.digest(HashAlgorithm.SHA256, authority.key.info());
        byte[] signed = ByteBuffer.allocate(2 + 8 + 2 + 32 + 3 + content.length + 2)
                .putShort((short) 0)
                .putLong(time.toEpochMilli())
                .putShort((short) 1)
                .put(hash)
                .put((byte) (content.length >> 16))
                .putShort((short) content.length)
                .put(content)
                .putShort((short) 0)
                .array();
        byte[] signature = key.sign(signed);
        int length = 1 + 32 + 8 + 2 + 4 + signature.length;
        return Asn1.octets(ByteBuffer.allocate(4 + length)
                .putShort((short) (2 + length))
                .putShort((short) length)
                .put((byte) 0)
                .put(id)
                .putLong(time.toEpochMilli())
                .putShort((short) 0)
                .put(new byte[] {4, 3})
                .putShort((short) signature.length)
                .put(signature)
                .array());
    }

    String trusted(String validFor) {
        return "{\"baseUrl\":\"https://" + host + "\",\"publicKey\":{\"rawBytes\":\"" + base64(key.info())
                + "\",\"validFor\":" + validFor + "},\"logId\":{\"keyId\":\"" + base64(id) + "\"}}";
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
