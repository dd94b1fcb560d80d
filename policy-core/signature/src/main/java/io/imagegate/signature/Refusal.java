package io.imagegate.signature;

import io.imagegate.text.SafeText;

/** Ends the verification of one signature. It never leaves this package: {@link Verifier} turns it into a verdict. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Longest piece of a stranger's text in a message. */
    private static final int SHOWN = 200;

    private final transient Verdict verdict;

    private Refusal(Verdict verdict, String message) {
        super(message, null, false, false);
        this.verdict = verdict;
    }

    static Refusal violated(Verdict.Code code, String message) {
        return new Refusal(new Verdict.Violated(code, message), message);
    }

    /** Bytes that are not what their format demands. */
    static Refusal format(String message) {
        return violated(Verdict.Code.FORMAT, message);
    }

    static Refusal undecidable(String message) {
        return new Refusal(new Verdict.Undecidable(message), message);
    }

    Verdict verdict() {
        return verdict;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** {@return a stranger's text, quoted, escaped and cut} */
    static String shown(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
