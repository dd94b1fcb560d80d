package io.imagegate.signature;

import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;

import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is not exactly the form of Notation's envelopes does not count, however well it is signed. */
class NotationFormsTest {

    private final TestCertificate root = TestNotation.authority("acme root").issuedBy(null);
    private final TestCertificate leaf = TestNotation.person("release").issuedBy(root);
    private final TestNotation signed = TestNotation.by(leaf, root);

    private Verdict verify(String type, byte[] content) {
        Signer signer = TestSigners.notation(List.of(root.pem()))
                .identity("C=DE, ST=BE, O=acme")
                .build();
        return Verifier.create()
                .verify(StoredSignature.layer(type, Map.of(), content), TestNotation.IMAGE, signer, TestSigstore.NOW);
    }

    private Verdict jws(String json) {
        return verify(TestNotation.JWS, json.getBytes(StandardCharsets.UTF_8));
    }

    private Verdict cose(byte[] data) {
        return verify(TestNotation.COSE, data);
    }

    private static void malformed(Verdict verdict, String... parts) {
        violates(verdict, SignatureFault.FORMAT, parts);
    }

    @Test
    @DisplayName("JWS has four members, each once, and nothing after them")
    void members() {
        String json = signed.jws();
        verified(jws(json));
        verified(jws(json + "\n"));
        malformed(jws(json + "{}"), "followed");
        malformed(jws(json.replaceFirst("\\{", "{\"payload\":\"e30\",")), "each name once");
        malformed(jws(json.replaceFirst("\\{", "{\"kid\":\"x\",")), "unknown field \"kid\"");
        malformed(jws("{\"payload\":\"e30\",\"signatures\":[]}"), "unknown field");
        for (String member : List.of("payload", "protected", "header", "signature")) {
            malformed(jws(json.replaceFirst("\"" + member + "\"", "\"x\"")), "unknown field");
        }
        malformed(jws("[]"));
        malformed(jws(""));
        malformed(verify(TestNotation.JWS, signed.cose()));
        malformed(verify(TestNotation.COSE, json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("signed headers are not taken from beside the signature, and names in them come once")
    void signedHeaders() {
        String json = signed.jws();
        malformed(jws(json.replace("\"x5c\"", "\"alg\":\"ES256\",\"x5c\"")), "header alg is not signed");
        malformed(
                jws(json.replace("\"x5c\"", "\"" + TestNotation.EXPIRY + "\":\"2030-01-01T00:00:00Z\",\"x5c\"")),
                "is not signed");
        verified(jws(json.replace("\"x5c\"", "\"io.cncf.notary.signingAgent\":\"any\",\"x5c\"")));
        malformed(jws(TestNotation.by(leaf, root).header("x5c", List.of("x")).jws()), "belongs beside");
        String twice = "{\"alg\":\"ES256\",\"alg\":\"ES256\"}";
        malformed(
                jws(json.replaceFirst(
                        "\"protected\":\"[^\"]*\"",
                        "\"protected\":\"" + TestNotation.url(twice.getBytes(StandardCharsets.UTF_8)) + "\"")),
                "the protected header is not valid JSON");
    }

    @Test
    @DisplayName("the time of signing is a signed header that must be there and be a time")
    void signingTime() {
        String name = "io.cncf.notary.signingTime";
        String missing = "no signed header " + name + ", which the scheme notary.x509 demands";
        TestNotation without = TestNotation.by(leaf, root).header(name, null);
        malformed(jws(without.jws()), missing);
        malformed(cose(without.cose()), missing);
        String beside = "\"" + name + "\":\"2026-06-01T12:00:00Z\",\"x5c\"";
        malformed(jws(without.jws().replace("\"x5c\"", beside)), "the header " + name + " is not signed");
        TestNotation wrong = TestNotation.by(leaf, root).header(name, "yesterday");
        malformed(jws(wrong.jws()), "the header " + name + " is \"yesterday\", expected a time");
        malformed(cose(wrong.cose()));
        malformed(cose(TestNotation.by(leaf, root).header(name, List.of()).cose()));
    }

    @Test
    @DisplayName("base64url is canonical and without padding")
    void base64url() {
        String json = signed.jws();
        malformed(jws(json.replace("\",\"protected\"", "=\",\"protected\"")), "canonical base64url");
        malformed(jws(json.replace("\",\"protected\"", "==\",\"protected\"")), "canonical base64url");
        malformed(jws(json.replace("\"signature\":\"", "\"signature\":\"+")), "canonical base64url");
        String signature = TestNotation.url(signed.signature(true));
        // 64 bytes leave four bits of the last sign without meaning.
        char last = signature.charAt(signature.length() - 1);
        String changed = signature.substring(0, signature.length() - 1) + (char) (last + 1);
        malformed(jws(json.replace(signature, changed)), "canonical base64");
    }

    @Test
    @DisplayName("a signature of another length, or without certificates, does not count")
    void parts() {
        String json = signed.jws();
        String signature = TestNotation.url(signed.signature(true));
        for (byte[] other : List.of(new byte[0], new byte[63], new byte[64], new byte[65])) {
            violates(jws(json.replace(signature, TestNotation.url(other))), SignatureFault.SIGNATURE);
        }
        malformed(jws(json.replaceFirst("\\[\"[^\\]]*\\]", "[]")), "no certificates");
        malformed(jws(json.replaceFirst("\\[\"[^\\]]*\\]", "[\"AA==\"]")), "the certificate");
    }

    @Test
    @DisplayName("COSE has its tag, four parts in the short form, a payload, and nothing after them")
    void cose() {
        byte[] data = signed.cose();
        verified(cose(data));
        malformed(cose(Arrays.copyOf(data, data.length + 1)), "more follows");
        malformed(cose(Arrays.copyOf(data, data.length - 1)), "longer than what holds it");
        malformed(cose(Arrays.copyOfRange(data, 1, data.length)), "the tag 18");
        byte[] otherTag = data.clone();
        otherTag[0] = (byte) 0xd1;
        malformed(cose(otherTag), "the tag 18");
        byte[] longTag = ByteBuffer.allocate(data.length + 1)
                .put((byte) 0xd8)
                .put((byte) 18)
                .put(data, 1, data.length - 1)
                .array();
        malformed(cose(longTag), "not as short as can be");
        byte[] indefinite = Arrays.copyOf(data, data.length + 1);
        indefinite[1] = (byte) 0x9f;
        indefinite[data.length] = (byte) 0xff;
        malformed(cose(indefinite), "not definite");
        byte[] three = data.clone();
        three[1] = (byte) 0x83;
        malformed(cose(three));
        malformed(cose(HexFormat.of().parseHex("d28440a0f640")));
        malformed(cose(HexFormat.of().parseHex("d28341a0a041a0")), "3 parts");
    }

    @Test
    @DisplayName("labels of COSE stand in one place and once")
    void labels() {
        byte[] data = signed.cose();
        int unsigned = indexOf(data, HexFormat.of().parseHex("a11821"));
        malformed(cose(inserted(data, unsigned, "a20126")), "signed and unsigned");
        malformed(cose(inserted(data, unsigned, "a2182140")), "comes twice");
        verified(cose(inserted(data, unsigned, "a2186301")));
        malformed(cose(inserted(data, unsigned, "a2f401")), "a text or a whole number");
    }

    /** Puts a pair before the others of a map. */
    private static byte[] inserted(byte[] data, int at, String hex) {
        byte[] begin = HexFormat.of().parseHex(hex);
        return ByteBuffer.allocate(data.length - 1 + begin.length)
                .put(data, 0, at)
                .put(begin)
                .put(data, at + 1, data.length - at - 1)
                .array();
    }

    private static int indexOf(byte[] data, byte[] part) {
        for (int i = 0; i + part.length <= data.length; i++) {
            if (Arrays.equals(data, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError(HexFormat.of().formatHex(part));
    }

    @Test
    @DisplayName("a huge envelope, or one with many certificates, leaves it open")
    void limits() {
        undecidable(verify(TestNotation.JWS, new byte[1024 * 1024 + 1]), "more than 1048576 bytes");
        TestCertificate[] many = new TestCertificate[10];
        Arrays.fill(many, root);
        undecidable(jws(TestNotation.by(leaf, many).jws()), "at most 10");
        undecidable(cose(TestNotation.by(leaf, many).cose()), "at most 10");
    }
}
