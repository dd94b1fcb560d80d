package io.imagegate.signature.log;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Compares what a log keeps with the signature that it must be about. */
final class LogEntryBody {

    private static final String WHAT = "the body of the log entry";

    private final Crypto crypto;
    private final Evidenced expected;

    LogEntryBody(Crypto crypto, Evidenced expected) {
        this.crypto = crypto;
        this.expected = expected;
    }

    /** {@return the body of an entry, which is about the expected signature, key or certificate, and content} */
    byte[] require(LogEntry entry) {
        if (entry.body().isEmpty()) {
            return rebuilt(entry.kind());
        }
        byte[] bytes = entry.body().get();
        JsonObject body = JsonObject.read(WHAT, bytes);
        String kind = body.requiredText("kind") + " " + body.requiredText("apiVersion");
        if (!entry.kind().isEmpty() && !kind.equals(entry.kind())) {
            throw another(
                    "is of the kind " + Refusal.shown(kind) + ", but announced as " + Refusal.shown(entry.kind()));
        }
        JsonObject spec = body.requiredObject("spec");
        switch (kind) {
            case "hashedrekord 0.0.1" -> hashedRekord(spec);
            case "hashedrekord 0.0.2" -> hashedRekord2(spec.requiredObject("hashedRekordV002"));
            case "dsse 0.0.1" -> dsse(spec);
            case "intoto 0.0.2" -> intoto(spec.requiredObject("content"));
            default ->
                throw another("is of the kind " + Refusal.shown(kind)
                        + ", expected hashedrekord 0.0.1 or 0.0.2, dsse 0.0.1 or intoto 0.0.2");
        }
        return bytes;
    }

    private void hashedRekord(JsonObject spec) {
        requireHash(
                spec.requiredObject("data").requiredObject("hash"),
                expected.signed().message());
        JsonObject signature = spec.requiredObject("signature");
        requireSignature(signature.requiredBytes("content"));
        requireVerifier(signature.requiredObject("publicKey").requiredBytes("content"));
    }

    private void hashedRekord2(JsonObject spec) {
        JsonObject data = spec.requiredObject("data");
        HashAlgorithm hash = HashAlgorithm.ofProtobuf(data.requiredText("algorithm"));
        requireSame(
                "digest",
                data.requiredBytes("digest"),
                expected.signed().message().digest(crypto, hash));
        JsonObject signature = spec.requiredObject("signature");
        requireSignature(signature.requiredBytes("content"));
        JsonObject verifier = signature.requiredObject("verifier");
        byte[] found = verifier.requiredObject(expected.hasCertificate() ? "x509Certificate" : "publicKey")
                .requiredBytes("rawBytes");
        requireSame(expected.hasCertificate() ? "certificate" : "key", found, expected.verifier());
    }

    private void dsse(JsonObject spec) {
        requireHash(spec.requiredObject("payloadHash"), payload());
        JsonObject signature = only(spec.objects("signatures", 2));
        requireSignature(signature.requiredBytes("signature"));
        requireVerifier(signature.requiredBytes("verifier"));
    }

    private void intoto(JsonObject content) {
        requireHash(content.requiredObject("payloadHash"), payload());
        JsonObject envelope = content.requiredObject("envelope");
        envelope.base64("payload").ifPresent(twice -> requireSame("payload", once(twice), decodedPayload()));
        JsonObject signature = only(envelope.objects("signatures", 2));
        requireSignature(once(signature.requiredBase64("sig")));
        requireVerifier(signature.requiredBytes("publicKey"));
    }

    /** This kind of entry has base64 of base64. */
    private static byte[] once(Base64Text twice) {
        return Base64Text.decode(
                "base64 within base64 in the log entry", new String(twice.decoded(), StandardCharsets.ISO_8859_1));
    }

    private byte[] decodedPayload() {
        return expected.signed().payload().map(Base64Text::decoded).orElseThrow(LogEntryBody::noEnvelope);
    }

    private MessageSource payload() {
        Base64Text payload = expected.signed().payload().orElseThrow(LogEntryBody::noEnvelope);
        return MessageSource.of(new byte[0], payload);
    }

    private static Refusal noEnvelope() {
        return another("is about an envelope, but none was signed");
    }

    private static JsonObject only(List<JsonObject> signatures) {
        if (signatures.size() != 1) {
            throw another("has " + signatures.size() + " signatures, expected one");
        }
        return signatures.get(0);
    }

    private void requireHash(JsonObject hash, MessageSource message) {
        HashAlgorithm algorithm = HashAlgorithm.ofDigest(hash.requiredText("algorithm"));
        requireSame(
                "digest", Hex.decode(WHAT + ", digest", hash.requiredText("value")), message.digest(crypto, algorithm));
    }

    private void requireSignature(byte[] found) {
        requireSame("signature", found, expected.signature().array());
    }

    private void requireVerifier(byte[] pem) {
        if (!expected.isVerifier(WHAT + ", key", pem)) {
            throw another("has another key or certificate");
        }
    }

    private static void requireSame(String part, byte[] found, byte[] wanted) {
        if (wanted.length == 0 || !Arrays.equals(found, wanted)) {
            throw another("has another " + part);
        }
    }

    /** {@return the body of an entry of Rekor 2, which a bundle may leave out: compact, names in order} */
    private byte[] rebuilt(String kind) {
        if (!kind.equals("hashedrekord 0.0.2")) {
            throw another("has no body, which only hashedrekord 0.0.2 may leave out");
        }
        HashAlgorithm hash = expected.key().hashes().iterator().next();
        byte[] digest = expected.signed().message().digest(crypto, hash);
        String holder = expected.hasCertificate() ? "x509Certificate" : "publicKey";
        byte[] verifier = expected.verifier();
        String text = """
                {"apiVersion":"0.0.2","kind":"hashedrekord","spec":{"hashedRekordV002":{"data":{"algorithm":"%s",\
                "digest":"%s"},"signature":{"content":"%s","verifier":{"keyDetails":"%s","%s":{"rawBytes":"%s"}}}}}}""".formatted(
                        hash.protobuf(),
                        base64(digest),
                        base64(expected.signature().array()),
                        expected.key().details(),
                        holder,
                        base64(verifier));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Refusal another(String how) {
        return Refusal.violated(SignatureFault.LOG, "the log entry " + how);
    }
}
