package io.imagegate.input.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes over what is in the {@code spec} of CustomResourceDefinitions, which names no images and is long: its text becomes spaces, so
 * that lines and the offsets of other documents stay; in the last document only its line breaks stay. Only a document is passed over of
 * which each line shows that it is one in the layout of controller-gen: its fields at the start of lines, the first before all else, each
 * once, and none of them in quotes, in braces or behind an anchor.
 */
public final class DefinitionText {

    /** Most bytes that are kept. */
    private static final int MOST = 8 << 20;

    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+):[ ]*([^\\s#]*)[ ]*(?:#.*)?\n?");
    private static final Pattern NOTHING = Pattern.compile("(?:#.*)?\n?");
    private static final String SEPARATOR = "---";
    private static final String SPEC = "spec";
    private static final Set<String> HEADS = Set.of("", "{}");
    /** Characters that end a line for some readers alone. */
    private static final List<String> OTHER_LINE_BREAKS =
            List.of("\r", "\0", "\u00C2\u0085", "\u00E2\u0080\u00A8", "\u00E2\u0080\u00A9");

    /** What begins no line of a document. */
    private static final List<String> OTHER_LINES = List.of("...", "%", "\t");

    /** What begins texts in other encodings than UTF-8, or before a byte order mark. */
    private static final List<String> OTHER_TEXTS = List.of("\u00EF\u00BB\u00BF", "\u00FE", "\u00FF");

    private static final int NONE = -1;

    private final String text;
    private final byte[] content;
    private final byte[] passed;
    /** The fields of the document that is read. */
    private final Set<String> fields = new HashSet<>();

    private boolean isDefinition = true;
    private boolean isInSpec;
    private int length;
    private int start;
    private int specStart = -1;
    private int specEnd = -1;

    private DefinitionText(byte[] content, String text) {
        this.content = content;
        this.text = text;
        this.passed = new byte[content.length];
    }

    /** {@return the text without what is passed over; a long one as it is} */
    public static InputStream passed(InputStream content) throws IOException {
        byte[] start = content.readNBytes(MOST + 1);
        return start.length > MOST
                ? new SequenceInputStream(new ByteArrayInputStream(start), content)
                : new ByteArrayInputStream(passed(start));
    }

    /** {@return the text without what is passed over; the same if that is nothing} */
    public static byte[] passed(byte[] content) {
        String text = new String(content, ISO_8859_1);
        boolean isOther = !text.contains("kind: CustomResourceDefinition")
                || OTHER_TEXTS.stream().anyMatch(text::startsWith);
        return isOther ? content : new DefinitionText(content, text).read();
    }

    private byte[] read() {
        int next;
        for (int at = 0; at < content.length; at = next) {
            next = lineEnd(at);
            if (next == NONE) {
                return content;
            }
            if (content[at] == ' ') {
                indented(next);
            } else if (text.startsWith(SEPARATOR, at)) {
                end(at);
                isDefinition = text.substring(at, next).strip().equals(SEPARATOR);
            } else {
                line(text.substring(at, next), next);
            }
        }
        end(content.length);
        return Arrays.copyOf(passed, length);
    }

    /** {@return the end of a line; {@link #NONE} for one that some readers do not take as a line of a document} */
    private int lineEnd(int start) {
        if (begins(OTHER_LINES, start)) {
            return NONE;
        }
        for (int i = start; i < content.length; i++) {
            byte next = content[i];
            if (next == '\n') {
                return i + 1;
            }
            // Also what is above ASCII.
            if (next <= '\r' && begins(OTHER_LINE_BREAKS, i)) {
                return NONE;
            }
        }
        return content.length;
    }

    private boolean begins(List<String> others, int at) {
        for (String other : others) {
            if (text.startsWith(other, at)) {
                return true;
            }
        }
        return false;
    }

    private void indented(int end) {
        // In what begins here, a line without a space may be a part of a text in quotes.
        isDefinition &= !fields.isEmpty();
        specEnd = isInSpec ? end : specEnd;
    }

    private void line(String line, int end) {
        if (NOTHING.matcher(line).matches()) {
            return;
        }
        Matcher field = FIELD.matcher(line);
        isDefinition &= field.matches() && fields.add(field.group(1)) && isKnown(field.group(1), field.group(2));
        isInSpec = isDefinition && field.group(1).equals(SPEC);
        if (isInSpec) {
            specStart = end;
            specEnd = end;
        }
    }

    private static boolean isKnown(String field, String value) {
        return switch (field) {
            case "apiVersion" -> value.equals("apiextensions.k8s.io/v1");
            case "kind" -> value.equals("CustomResourceDefinition");
            case "metadata", SPEC -> value.isEmpty();
            case "status" -> HEADS.contains(value);
            default -> false;
        };
    }

    /** Copies a document, without its spec if that is passed over. */
    private void end(int documentEnd) {
        int copied = start;
        if (isDefinition && fields.containsAll(Set.of("apiVersion", "kind", SPEC))) {
            boolean isLast = documentEnd == content.length;
            copy(start, specStart);
            for (int i = specStart; i < specEnd; i++) {
                if (content[i] == '\n') {
                    passed[length++] = '\n';
                } else if (!isLast && (content[i] & 0xC0) != 0x80) {
                    passed[length++] = ' ';
                }
            }
            copied = specEnd;
        }
        copy(copied, documentEnd);
        start = documentEnd;
        fields.clear();
        isDefinition = true;
        isInSpec = false;
        specStart = -1;
        specEnd = -1;
    }

    private void copy(int from, int to) {
        System.arraycopy(content, from, passed, length, to - from);
        length += to - from;
    }
}
