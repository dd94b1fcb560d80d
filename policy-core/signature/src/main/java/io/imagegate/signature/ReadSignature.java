package io.imagegate.signature;

import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A signature in its form. Its content is read once, and only when a signature over it verified. Not thread-safe. */
final class ReadSignature {

    private final SignatureForm form;
    private final Verification verification;
    private @Nullable Supplier<SignedContent> content;

    ReadSignature(SignatureForm form, Verification verification) {
        this.form = form;
        this.verification = verification;
    }

    SignatureForm form() {
        return form;
    }

    Verification verification() {
        return verification;
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
            SignedContent read =
                    new SignedContent(verification.signature().content().get());
            return () -> read;
        } catch (Refusal e) {
            return () -> {
                throw e;
            };
        }
    }
}
