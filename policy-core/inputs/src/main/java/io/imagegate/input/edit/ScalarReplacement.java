package io.imagegate.input.edit;

/**
 * A text that is replaced in a file. Aliases may name it in several places.
 *
 * @param before the text
 * @param after the new text
 * @param line its line, for messages
 * @param images how many images have it
 * @param scalar where the value starts that it stands in
 */
public record ScalarReplacement(String before, String after, int line, int images, int scalar) {

    /** {@return the text of one image} */
    public static ScalarReplacement of(WrittenInParts.Edit edit) {
        return new ScalarReplacement(edit.before(), edit.after(), edit.line(), 1, edit.scalar());
    }

    /** {@return the same text for one more image} */
    ScalarReplacement again() {
        return new ScalarReplacement(before, after, line, images + 1, scalar);
    }
}
