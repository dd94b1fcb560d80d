package io.imagegate.signature.format;

import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An envelope of DSSE with its only signature.
 *
 * @param payload what is in it
 * @param signature over its type and payload
 */
public record Envelope(Base64Text payload, Bytes signature) {

    private static final String IN_TOTO = "application/vnd.in-toto+json";

    public static Envelope read(JsonObject envelope) {
        envelope.only(Set.of("payload", "payloadType", "signatures"));
        envelope.expect("payloadType", IN_TOTO);
        List<JsonObject> signatures = envelope.objects("signatures", 100);
        if (signatures.size() != 1) {
            throw Refusal.format("the envelope has " + signatures.size() + " signatures, expected one");
        }
        JsonObject signature = signatures.get(0).only(Set.of("sig", "keyid"));
        return new Envelope(envelope.requiredBase64("payload"), Bytes.of(signature.requiredBytes("sig")));
    }

    /** {@return what is signed: the pre-authentication encoding, which has the lengths of type and payload} */
    public SignedMessage signed() {
        String begin = "DSSEv1 " + IN_TOTO.length() + " " + IN_TOTO + " " + payload.length() + " ";
        return new SignedMessage(
                MessageSource.of(begin.getBytes(StandardCharsets.US_ASCII), payload), Optional.of(payload));
    }
}
