package io.imagegate.input.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passes over what is in the {@code spec} of CustomResourceDefinitions, which names no images and is long: its text becomes spaces, so
 * that lines and offsets stay. Only a document is passed over of which each line shows that it is one in the layout of
 * controller-gen: its fields at the start of lines, each once, and none of them in quotes, in braces or behind an anchor.
 */
public final class DefinitionText {

    /** Most bytes that are kept. */
    private static final int MOST = 8 << 20;

    private static final Pattern LINE = Pattern.compile("[^\n]*\n?");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+):[ ]*([^\\s#]*)[ ]*(?:#.*)?\n?");
    private static final Pattern NOTHING = Pattern.compile("(?:#.*)?\n?");
    private static final String SEPARATOR = "---";
    private static final String SPEC = "spec";
    private static final Set<String> HEADS = Set.of("", "{}");
    /** Bytes of characters that end a line for some readers alone, and of other encodings than UTF-8. */
    private static final Pattern OTHER = Pattern.compile(
            "\r|\\x00|\\xC2\\x85|\\xE2\\x80[\\xA8\\xA9]|^\\xEF\\xBB\\xBF|^[\\xFE\\xFF]|(?m:^(?:\\.\\.\\.|%|\t))");

    private final String text;
    private final byte[] content;
    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
    /** The fields of the document that is read. */
    private final Set<String> fields = new HashSet<>();

    private boolean isDefinition = true;
    private boolean isInSpec;
    private int start;
    private int specStart = -1;
    private int specEnd = -1;

    private DefinitionText(byte[] content) {
        this.text = new String(content, ISO_8859_1);
        this.content = content;
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
        if (!text.contains("kind: CustomResourceDefinition")
                || OTHER.matcher(text).find()) {
            return content;
        }
        return new DefinitionText(content).read();
    }

    private byte[] read() {
        Matcher line = LINE.matcher(text);
        while (line.find() && !line.group().isEmpty()) {
            if (line.group().startsWith(SEPARATOR)) {
                end(line.start());
                isDefinition = line.group().strip().equals(SEPARATOR);
            } else {
                line(line.group(), line.end());
            }
        }
        end(content.length);
        return passed.toByteArray();
    }

    private void line(String line, int end) {
        if (line.startsWith(" ")) {
            specEnd = isInSpec ? end : specEnd;
            return;
        }
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

    /** Copies a document, without its spec if that is passed over: a space is there for each character. */
    private void end(int documentEnd) {
        int copied = start;
        if (isDefinition && fields.containsAll(Set.of("apiVersion", "kind", SPEC))) {
            passed.write(content, start, specStart - start);
            for (int i = specStart; i < specEnd; i++) {
                if (content[i] == '\n') {
                    passed.write('\n');
                } else if ((content[i] & 0xC0) != 0x80) {
                    passed.write(' ');
                }
            }
            copied = specEnd;
        }
        passed.write(content, copied, documentEnd - copied);
        start = documentEnd;
        fields.clear();
        isDefinition = true;
        isInSpec = false;
        specStart = -1;
        specEnd = -1;
    }
}
