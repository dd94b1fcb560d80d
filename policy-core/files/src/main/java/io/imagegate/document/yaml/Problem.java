package io.imagegate.document.yaml;

/** What is wrong, where, and what was expected; {@code meant} is what was probably meant, or empty. */
public record Problem(Position at, String message, String meant, ProblemKind kind) {

    /** An invalid value. */
    public Problem(Position at, String message, String meant) {
        this(at, message, meant, ProblemKind.INVALID);
    }

    /** An invalid value without a suggestion. */
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
