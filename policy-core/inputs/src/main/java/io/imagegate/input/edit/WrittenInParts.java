package io.imagegate.input.edit;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.reference.ImageReference;
import java.util.List;

/** An object whose image is written in parts, each of which can be replaced. */
public interface WrittenInParts extends InputObject {

    /**
     * A part that gets another text.
     *
     * @param offset where it starts
     * @param line its line
     * @param before its text
     * @param after its new text
     * @param scalar where the value starts that it stands in; {@code offset} if it is one
     */
    record Edit(int offset, int line, String before, String after, int scalar) {

        /** {@return a part that is a value by itself} */
        public static Edit of(int offset, int line, String before, String after) {
            return new Edit(offset, line, before, after, offset);
        }
    }

    /**
     * {@return what is to be replaced so that the image gets a name}
     *
     * @param name the name
     * @throws InputException if the parts have no place for it
     */
    List<Edit> edits(ImageReference name) throws InputException;
}
