package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.log.Evidenced;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The verification of one signature at an instant. Its content is read once, and only when a signature over it verified. */
final class Verification {

    private final Crypto crypto;
    private final SignatureForm form;
    private final ParsedSignature signature;
    private final Instant at;
    private final KeylessProofs keyless = new KeylessProofs();
    private @Nullable Supplier<SignedContent> content;

    Verification(Crypto crypto, SignatureForm form, ParsedSignature signature, Instant at) {
        this.crypto = crypto;
        this.form = form;
        this.signature = signature;
        this.at = at;
    }

    Crypto crypto() {
        return crypto;
    }

    SignatureForm form() {
        return form;
    }

    ParsedSignature signature() {
        return signature;
    }

    Instant at() {
        return at;
    }

    KeylessProofs keyless() {
        return keyless;
    }

    boolean isBy(VerificationKey key) {
        return signature.isBy(crypto, key);
    }

    /** {@return what was signed} Throws a refusal if it cannot be read or is about something else. */
    SignedContent content() {
        if (content == null) {
            content = read();
        }
        return content.get();
    }

    private Supplier<SignedContent> read() {
        try {
            SignedContent read = new SignedContent(signature.content().get());
            return () -> read;
        } catch (Refusal e) {
            return () -> {
                throw e;
            };
        }
    }

    Evidenced by(VerificationKey key) {
        return new Evidenced(signature.signed(), signature.signature(), key, Bytes.NONE);
    }

    Evidenced by(Certificate leaf) {
        return new Evidenced(signature.signed(), signature.signature(), leaf.key(), Bytes.of(leaf.encoded()));
    }
}
