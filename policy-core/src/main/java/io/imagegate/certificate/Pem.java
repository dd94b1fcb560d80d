package io.imagegate.certificate;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Block of PEM (RFC 7468).
 *
 * @param label what the block is, such as {@code CERTIFICATE}
 * @param base64 its lines, joined; nothing has looked at them yet
 */
public record Pem(String label, String base64) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** A block with a header, such as an encrypted key of an older form, does not match: headers have hyphens. */
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*+)-----END \\1-----");

    /**
     * Reads a text that is PEM and nothing else, in its strict form: parts of signatures have no second way to be written.
     *
     * @param text blocks, and empty lines between them
     * @return the blocks in their order
     * @throws IllegalArgumentException if there is anything else, or a block does not end
     */
    public static List<Pem> parse(String text) {
        return blocks(text, false);
    }

    /**
     * Reads a file that people keep: lines may be indented, and comments after {@code #} may stand outside of blocks.
     *
     * @param text the content of the file
     * @return the blocks in their order
     * @throws IllegalArgumentException if there is anything else, or a block does not end
     */
    public static List<Pem> parseFile(String text) {
        return blocks(text, true);
    }

    /**
     * Finds blocks in a file that other programs read, too, and which may have any text around them.
     *
     * @param text the content of the file
     * @return the blocks without headers, in their order
     */
    public static List<Pem> find(String text) {
        return BLOCK.matcher(text)
                .results()
                .map(found -> new Pem(found.group(1), found.group(2).replaceAll("\\s", "")))
                .toList();
    }

    private static List<Pem> blocks(String text, boolean comments) {
        List<Pem> blocks = new ArrayList<>();
        String label = "";
        String end = "";
        StringBuilder base64 = new StringBuilder(text.length());
        for (Iterator<String> lines = text.lines().iterator(); lines.hasNext(); ) {
            String raw = lines.next();
            String line = comments ? raw.strip() : raw;
            if (!label.isEmpty() && line.equals(end)) {
                blocks.add(new Pem(label, base64.toString()));
                label = "";
                base64.setLength(0);
            } else if (!label.isEmpty()) {
                base64.append(line);
            } else if (line.startsWith(BEGIN)
                    && line.endsWith(DASHES)
                    && line.length() > BEGIN.length() + DASHES.length()) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                end = END + label + DASHES;
            } else if (!line.isEmpty() && !(comments && line.startsWith("#"))) {
                throw new IllegalArgumentException("text that is not PEM");
            }
        }
        if (!label.isEmpty()) {
            throw new IllegalArgumentException("a block of PEM without its end");
        }
        return blocks;
    }

    /**
     * {@return what the base64 stands for}
     *
     * @throws IllegalArgumentException if it is no base64
     */
    public byte[] content() {
        return Base64.getDecoder().decode(base64);
    }
}
