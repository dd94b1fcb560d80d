package io.imagegate.signature.refusal;

import io.imagegate.signer.SignatureFault;
import io.imagegate.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the verification of one signature. It never leaves this module: the verifier turns it into a verdict. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Longest piece of a stranger's text in a message. */
    private static final int SHOWN = 200;

    private final @Nullable SignatureFault fault;
    private final @Nullable String predicateType;

    private Refusal(@Nullable SignatureFault fault, String message, @Nullable String predicateType) {
        super(message, null, false, false);
        this.fault = fault;
        this.predicateType = predicateType;
    }

    /** Refuses a signature that does not count. */
    public static Refusal violated(SignatureFault fault, String message) {
        return new Refusal(fault, message, null);
    }

    /** Refuses bytes that are not what their format demands. */
    public static Refusal format(String message) {
        return violated(SignatureFault.FORMAT, message);
    }

    /** Refuses a signature of which nobody can tell whether it counts. */
    public static Refusal undecidable(String message) {
        return new Refusal(null, message, null);
    }

    /** {@return what is wrong; empty if that cannot be told} */
    public Optional<SignatureFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** {@return the same for a statement whose type could be read} */
    public Refusal ofType(String type) {
        return new Refusal(fault, message(), type);
    }

    /** {@return the type of the statement that is refused, if it could be read} */
    public Optional<String> predicateType() {
        return Optional.ofNullable(predicateType);
    }

    /** {@return what was wanted and what was found, in printable ASCII} */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** {@return a stranger's text, quoted, escaped and cut} */
    public static String shown(String text) {
        return SafeText.quote(text, SHOWN);
    }

    /** {@return the message for what only a fault of a program can lead to} */
    public static String internalError(Throwable thrown) {
        return "internal error: " + shown(String.valueOf(thrown));
    }
}
