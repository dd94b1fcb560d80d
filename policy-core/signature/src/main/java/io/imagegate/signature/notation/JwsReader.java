package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Base64Url;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads envelopes of JSON Web Signatures (RFC 7515), in the flattened serialization that Notation writes. */
final class JwsReader {

    private static final String CERTIFICATES = "x5c";

    private JwsReader() {}

    static NotationEnvelope read(byte[] document) {
        JsonObject envelope = JsonObject.read(NotationEnvelope.WHAT, document)
                .only(Set.of("payload", "protected", "header", "signature"));
        String signed = envelope.requiredText("protected");
        String payload = envelope.requiredText("payload");
        byte[] message = (signed + "." + payload).getBytes(StandardCharsets.US_ASCII);
        JsonObject unsigned = envelope.requiredObject("header");
        List<Certificate> chain = unsigned.texts(CERTIFICATES, NotationEnvelope.LONGEST_CHAIN).stream()
                .map(text -> NotationEnvelope.certificate(Base64Text.decode("the certificate", text)))
                .toList();
        byte[] header = Base64Url.decode("the protected header", signed);
        return new NotationEnvelope(
                MessageSource.of(message),
                Bytes.of(Base64Url.decode(NotationEnvelope.WHAT, envelope.requiredText("signature"))),
                Bytes.of(Base64Url.decode("the payload", payload)),
                header(JsonObject.read("the protected header", header), unsigned),
                chain,
                unsigned.bytes(NotationHeader.TIMESTAMP));
    }

    private static NotationHeader header(JsonObject header, JsonObject unsigned) {
        for (String name : List.of(
                "alg", "cty", "crit", NotationHeader.SCHEME, NotationHeader.SIGNING_TIME, NotationHeader.EXPIRY)) {
            if (unsigned.has(name)) {
                throw Refusal.format("the header " + name + " is not signed");
            }
        }
        if (header.has(CERTIFICATES) || header.has(NotationHeader.TIMESTAMP)) {
            throw Refusal.format("the protected header has what belongs beside the signature");
        }
        return NotationHeader.of(
                NotationAlgorithm.ofJws(header.requiredText("alg")),
                header.requiredText("cty"),
                header.requiredText(NotationHeader.SCHEME),
                header.texts("crit", 100),
                time(header, NotationHeader.SIGNING_TIME),
                time(header, NotationHeader.EXPIRY));
    }

    private static Optional<Instant> time(JsonObject header, String name) {
        return header.text(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Refusal.format("the header " + name + " is " + Refusal.shown(text)
                        + ", expected a time such as 2026-11-25T00:00:00Z");
            }
        });
    }
}
