package io.imagegate.document.yaml;

/** What is wrong, where, and what was expected. */
public record Problem(Position at, String message) {

    /** {@return the problem as compilers print them} */
    @Override
    public String toString() {
        String place = at.line() == 0 ? at.file() : at.file() + ":" + at.line() + ":" + at.column();
        return place + ": " + message;
    }
}
