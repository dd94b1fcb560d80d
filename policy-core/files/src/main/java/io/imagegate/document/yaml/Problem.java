package io.imagegate.document.yaml;

/** What is wrong, where, and what was expected; {@code meant} is what was probably meant, or empty. */
public record Problem(Position at, String message, String meant) {

    /** A problem without a suggestion. */
    public Problem(Position at, String message) {
        this(at, message, "");
    }

    /** {@return the problem as compilers print them} */
    @Override
    public String toString() {
        String place = at.line() == 0 ? at.file() : at.file() + ":" + at.line() + ":" + at.column();
        return place + ": " + message;
    }
}
