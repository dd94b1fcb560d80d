package io.imagegate.signature;

import io.imagegate.signature.encoding.CborWriter;
import io.imagegate.signer.Signer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes signatures of Notation in both envelopes, with anything wrong that a test asks for. */
final class TestNotation {

    static final String SCHEME = "io.cncf.notary.signingScheme";
    static final String EXPIRY = "io.cncf.notary.expiry";
    static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    static final Artifact IMAGE = Artifact.manifest(Recorded.IMAGE, TYPE, 401);
    static final String JWS = "application/jose+json";
    static final String COSE = "application/cose";

    private static final Map<String, Integer> NUMBERS =
            Map.of("ES256", -7, "ES384", -35, "ES512", -36, "PS256", -37, "PS384", -38, "PS512", -39);
    private static final Map<String, Integer> LABELS = Map.of("alg", 1, "crit", 2, "cty", 3);

    private final TestKey key;
    private final List<byte[]> chain;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private String payload = payload(TYPE, Recorded.IMAGE.toString(), 401, "");
    private String algorithm = "ES256";
    private byte @Nullable [] token;
    /** ECDSA makes another signature each time, and a timestamp is about one. */
    private byte @Nullable [] jwsSignature;

    private byte @Nullable [] coseSignature;

    private TestNotation(TestKey key, List<byte[]> chain) {
        this.key = key;
        this.chain = chain;
        header.put("alg", algorithm);
        header.put("cty", "application/vnd.cncf.notary.payload.v1+json");
        header.put(SCHEME, "notary.x509");
        header.put("io.cncf.notary.signingTime", TestSigstore.SIGNED);
        header.put("crit", List.of(SCHEME));
    }

    /** A certificate of acme, without usage and purposes. */
    static TestCertificate acme(TestKey key, String name) {
        return new TestCertificate(key)
                .name("2.5.4.6", "DE")
                .name("2.5.4.8", "BE")
                .name("2.5.4.10", "acme")
                .name("2.5.4.3", name);
    }

    static TestCertificate authority(String name) {
        return acme(TestKey.p256(), name).authority();
    }

    static TestCertificate person(TestKey key, String name) {
        return acme(key, name).usage(0x80).purposes(false, TestCertificate.CODE_SIGNING);
    }

    static TestCertificate person(String name) {
        return person(TestKey.p256(), name);
    }

    static TestNotation by(TestCertificate leaf, TestCertificate... authorities) {
        List<byte[]> chain = new ArrayList<>(List.of(leaf.encoded()));
        for (TestCertificate authority : authorities) {
            chain.add(authority.encoded());
        }
        return new TestNotation(leaf.key, chain);
    }

    static String payload(String type, String digest, long size, String more) {
        return "{\"targetArtifact\":{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + more + "}}";
    }

    TestNotation payload(String text) {
        payload = text;
        return this;
    }

    /** Writes a header: a text, a list of texts, or an instant; null takes it away. */
    TestNotation header(String name, @Nullable Object value) {
        if (value == null) {
            header.remove(name);
        } else {
            header.put(name, value);
        }
        return this;
    }

    /** Signs by an algorithm, and says so. */
    TestNotation algorithm(String name) {
        algorithm = name;
        return header("alg", name);
    }

    TestNotation expires(Instant at) {
        return header(EXPIRY, at).header("crit", List.of(SCHEME, EXPIRY));
    }

    TestNotation stamp(byte[] answer) {
        // The answer of an authority is its status, which has five bytes, and the token.
        int start = answer[1] < 0 ? 2 + (answer[1] & 0x7f) : 2;
        token = Arrays.copyOfRange(answer, start + 5, answer.length);
        return this;
    }

    Verdict verify(Signer signer, boolean jws) {
        return verify(signer, jws, TestSigstore.NOW);
    }

    Verdict verify(Signer signer, boolean jws, Instant at) {
        StoredSignature signature = jws
                ? StoredSignature.layer(JWS, Map.of(), jws().getBytes(StandardCharsets.UTF_8))
                : StoredSignature.layer(COSE, Map.of(), cose());
        return Verifier.create().verify(signature, IMAGE, signer, at);
    }

    String jws() {
        String signed = url(json().getBytes(StandardCharsets.UTF_8));
        String body = url(payload.getBytes(StandardCharsets.UTF_8));
        return "{\"payload\":\"" + body + "\",\"protected\":\"" + signed + "\",\"header\":{\"x5c\":["
                + String.join(
                        ",",
                        chain.stream()
                                .map(one -> "\"" + TestLog.base64(one) + "\"")
                                .toList())
                + "]"
                + (token == null ? "" : ",\"io.cncf.notary.timestampSignature\":\"" + TestLog.base64(token) + "\"")
                + "},\"signature\":\"" + url(jwsSignature()) + "\"}";
    }

    byte[] signature(boolean jws) {
        return jws ? jwsSignature() : coseSignature();
    }

    private byte[] jwsSignature() {
        if (jwsSignature == null) {
            String signed = url(json().getBytes(StandardCharsets.UTF_8));
            String body = url(payload.getBytes(StandardCharsets.UTF_8));
            jwsSignature = sign((signed + "." + body).getBytes(StandardCharsets.US_ASCII));
        }
        return jwsSignature;
    }

    private String json() {
        List<String> fields = new ArrayList<>();
        header.forEach((name, value) -> {
            String text = value instanceof List<?> list
                    ? "["
                            + String.join(
                                    ",",
                                    list.stream().map(one -> "\"" + one + "\"").toList()) + "]"
                    : "\"" + value + "\"";
            fields.add("\"" + name + "\":" + text);
        });
        return "{" + String.join(",", fields) + "}";
    }

    byte[] cose() {
        byte[] signed = map(header);
        byte[] body = payload.getBytes(StandardCharsets.UTF_8);
        byte[][] certificates = chain.stream().map(CborWriter::bytes).toArray(byte[][]::new);
        ByteArrayOutputStream unsigned = new ByteArrayOutputStream();
        unsigned.write(token == null ? 0xa1 : 0xa2);
        unsigned.writeBytes(number(33));
        unsigned.writeBytes(CborWriter.list(certificates));
        if (token != null) {
            unsigned.writeBytes(CborWriter.text("io.cncf.notary.timestampSignature"));
            unsigned.writeBytes(CborWriter.bytes(token));
        }
        byte[] parts = CborWriter.list(
                CborWriter.bytes(signed),
                unsigned.toByteArray(),
                CborWriter.bytes(body),
                CborWriter.bytes(coseSignature()));
        return ByteBuffer.allocate(parts.length + 1).put((byte) 0xd2).put(parts).array();
    }

    private byte[] coseSignature() {
        if (coseSignature == null) {
            coseSignature = sign(CborWriter.list(
                    CborWriter.text("Signature1"),
                    CborWriter.bytes(map(header)),
                    CborWriter.bytes(new byte[0]),
                    CborWriter.bytes(payload.getBytes(StandardCharsets.UTF_8))));
        }
        return coseSignature;
    }

    private static byte[] map(Map<String, Object> header) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0xa0 | header.size());
        header.forEach((name, value) -> {
            out.writeBytes(LABELS.containsKey(name) ? number(LABELS.get(name)) : CborWriter.text(name));
            out.writeBytes(item(name, value));
        });
        return out.toByteArray();
    }

    private static byte[] item(String name, Object value) {
        if (value instanceof Instant time) {
            return ByteBuffer.allocate(6)
                    .put((byte) 0xc1)
                    .put((byte) 0x1a)
                    .putInt((int) time.getEpochSecond())
                    .array();
        }
        if (value instanceof List<?> list) {
            return CborWriter.list(list.stream()
                    .map(one -> CborWriter.text(String.valueOf(one)))
                    .toArray(byte[][]::new));
        }
        return name.equals("alg") ? number(NUMBERS.getOrDefault(value, -99)) : CborWriter.text(String.valueOf(value));
    }

    /** A whole number from -256 to 255. */
    static byte[] number(int value) {
        int type = value < 0 ? 0x20 : 0;
        int magnitude = value < 0 ? -1 - value : value;
        return magnitude < 24
                ? new byte[] {(byte) (type | magnitude)}
                : new byte[] {(byte) (type | 0x18), (byte) magnitude};
    }

    private byte[] sign(byte[] message) {
        String hash = "SHA" + algorithm.substring(2);
        if (key.isForging()) {
            byte[] order = Arrays.copyOfRange(TestKey.FORGED, 5, 37);
            return ByteBuffer.allocate(64).put(order).put(order).array();
        }
        try {
            boolean rsa = algorithm.startsWith("PS");
            Signature signature = Signature.getInstance(rsa ? "RSASSA-PSS" : hash + "withECDSAinP1363Format");
            if (rsa) {
                String name = "SHA-" + algorithm.substring(2);
                int salt = Integer.parseInt(algorithm.substring(2)) / 8;
                signature.setParameter(new PSSParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), salt, 1));
            }
            signature.initSign(key.pair().getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
