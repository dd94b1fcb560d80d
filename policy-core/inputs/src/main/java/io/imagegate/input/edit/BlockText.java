package io.imagegate.input.edit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text of YAML that stands in a file line by line, behind {@code |}, so that each of its characters has a place there. Offsets count
 * code points. Immutable.
 */
public final class BlockText {

    /** Where the lines start in the text. */
    private final int[] lines;
    /** Where each of them starts in the file, indented as it is. */
    private final int[] places;

    private final int indentation;

    private BlockText(int[] lines, int[] places, int indentation) {
        this.lines = lines;
        this.places = places;
        this.indentation = indentation;
    }

    /**
     * {@return a text; null if it is written in another way}
     *
     * @param content the content of the file, without a mark of its encoding
     * @param offset where the text starts
     * @param value the text
     */
    public static @Nullable BlockText at(String content, int offset, String value) {
        if (offset > content.codePointCount(0, content.length())) {
            return null;
        }
        int header = ImageScalar.afterProperties(content, content.offsetByCodePoints(0, offset));
        if (header == content.length() || content.charAt(header) != '|') {
            return null;
        }
        int at = content.indexOf('\n', header) + 1;
        if (at == 0) {
            return null;
        }
        String[] texts = value.split("\n", -1);
        int[] lines = new int[texts.length];
        int[] places = new int[texts.length];
        int inText = 0;
        int inFile = content.codePointCount(0, at);
        int indentation = -1;
        for (int i = 0; i < texts.length; i++) {
            String line = texts[i];
            int end = content.indexOf('\n', at);
            end = end < 0 ? content.length() : end;
            String written = content.substring(Math.min(at, end), end);
            lines[i] = inText;
            places[i] = inFile;
            inText += line.codePointCount(0, line.length()) + 1;
            inFile += written.codePointCount(0, written.length()) + 1;
            at = end + 1;
            written = written.endsWith("\r") ? written.substring(0, written.length() - 1) : written;
            if (!line.isBlank()) {
                indentation = indentation < 0 ? written.length() - line.length() : indentation;
                if (indentation < 0 || !written.equals(" ".repeat(indentation) + line)) {
                    return null;
                }
            }
        }
        return indentation < 0 ? null : new BlockText(lines, places, indentation);
    }

    /** {@return where something in the text starts in the file} */
    public int offset(int inText) {
        int found = Arrays.binarySearch(lines, inText);
        int line = found < 0 ? -found - 2 : found;
        return places[line] + indentation + inText - lines[line];
    }
}
