package io.imagegate.console;

/** Judges policies that are typed in a browser. Thread-safe. */
public final class Playground {

    /**
     * Judges what was typed.
     *
     * @param json the request
     * @return the answer, in JSON
     * @throws IllegalArgumentException if the request is none, with a sentence that says why
     */
    public byte[] judge(byte[] json) {
        throw new UnsupportedOperationException();
    }
}
