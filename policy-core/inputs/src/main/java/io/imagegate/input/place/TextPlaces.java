package io.imagegate.input.place;

import io.imagegate.input.InputException;
import java.util.Arrays;

/** Lines and columns of a text, both counted in code points. Immutable. */
public final class TextPlaces {

    private final String file;
    /** Where each line starts, in code points. */
    private final int[] starts;

    public TextPlaces(String file, String text) {
        this.file = file;
        int[] found = new int[16];
        int lines = 1;
        int points = 0;
        for (int i = 0; i < text.length(); i++) {
            points += Character.isHighSurrogate(text.charAt(i)) ? 0 : 1;
            if (text.charAt(i) == '\n') {
                if (lines == found.length) {
                    found = Arrays.copyOf(found, 2 * lines);
                }
                found[lines++] = points;
            }
        }
        starts = Arrays.copyOf(found, lines);
    }

    /** {@return the name of the file} */
    public String file() {
        return file;
    }

    /** {@return the line of an offset, from 1} */
    public int line(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        return found < 0 ? -found - 1 : found + 1;
    }

    /** {@return the column of an offset, from 1} */
    public int column(int offset) {
        return offset - starts[line(offset) - 1] + 1;
    }

    public InputException malformed(int offset, String problem) {
        int at = Math.max(0, offset);
        return new InputException(file, line(at), column(at), problem);
    }
}
