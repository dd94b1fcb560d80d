package io.imagegate.input.edit;

/** A text that is replaced in a file. Aliases may name it in several places. */
public final class ScalarReplacement {

    final String value;
    public final String name;
    final int line;
    /** How many images have it. */
    public int images;

    public ScalarReplacement(String value, String name, int line) {
        this.value = value;
        this.name = name;
        this.line = line;
    }
}
