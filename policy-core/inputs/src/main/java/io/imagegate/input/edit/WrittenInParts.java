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
     */
    record Edit(int offset, int line, String before, String after) {}

    /**
     * {@return what is to be replaced so that the image gets a name}
     *
     * @param name the name
     * @throws InputException if the parts have no place for it
     */
    List<Edit> edits(ImageReference name) throws InputException;
}
