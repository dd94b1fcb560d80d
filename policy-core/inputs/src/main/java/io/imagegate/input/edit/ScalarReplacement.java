package io.imagegate.input.edit;

/**
 * A text that is replaced in a file. Aliases may name it in several places.
 *
 * @param before the text
 * @param after the new text
 * @param line its line, for messages
 * @param images how many images have it
 */
public record ScalarReplacement(String before, String after, int line, int images) {

    /** {@return the same text for one more image} */
    ScalarReplacement again() {
        return new ScalarReplacement(before, after, line, images + 1);
    }
}
