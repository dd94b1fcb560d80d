package io.imagegate.input.edit;

import org.jspecify.annotations.Nullable;

/**
 * A text of YAML that stands in a file line by line, behind {@code |}, so that each of its characters has a place there. Offsets count
 * code points. Immutable.
 */
public final class BlockText {

    private final String content;
    private final String value;
    /** Where the lines of the value start in the content, as indexes. */
    private final int start;

    private final int indentation;

    private BlockText(String content, String value, int start, int indentation) {
        this.content = content;
        this.value = value;
        this.start = start;
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
        int start = content.indexOf('\n', header) + 1;
        int indentation = -1;
        int at = start;
        for (String line : value.split("\n", -1)) {
            int end = content.indexOf('\n', at);
            end = end < 0 ? content.length() : end;
            String written = content.substring(Math.min(at, end), end);
            written = written.endsWith("\r") ? written.substring(0, written.length() - 1) : written;
            if (!line.isBlank()) {
                indentation = indentation < 0 ? written.length() - line.length() : indentation;
                if (indentation < 0 || !written.equals(" ".repeat(indentation) + line)) {
                    return null;
                }
            }
            at = end + 1;
        }
        return start == 0 || indentation < 0 ? null : new BlockText(content, value, start, indentation);
    }

    /** {@return where something in the text starts in the file} */
    public int offset(int inText) {
        String before = value.substring(0, value.offsetByCodePoints(0, inText));
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        int at = start;
        for (int i = 0; i < lines; i++) {
            at = content.indexOf('\n', at) + 1;
        }
        String line = before.substring(before.lastIndexOf('\n') + 1);
        return content.codePointCount(0, at + indentation + line.length());
    }
}
