package io.imagegate.manifest;

/** A text that is replaced in a file. Aliases may name it in several places. */
final class ScalarReplacement {

    final String value;
    final String name;
    final int line;
    /** How many images have it. */
    int images;

    ScalarReplacement(String value, String name, int line) {
        this.value = value;
        this.name = name;
        this.line = line;
    }
}
