package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of PEM (RFC 7468): nothing between and after them but line ends, and lines of canonical base64.
 *
 * @param label what the block is, such as {@code CERTIFICATE}
 * @param content what the base64 of its lines stands for
 */
public record Pem(String label, Bytes content) {

    private static final int BLOCKS = 32;
    private static final int LONGEST = 256 * 1024;

    public static List<Pem> read(String what, String text) {
        if (text.length() > LONGEST) {
            throw Refusal.undecidable(what + " has " + text.length() + " characters, expected at most " + LONGEST);
        }
        List<Pem> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        int at = 0;
        while (at < lines.size()) {
            if (lines.get(at).isEmpty()) {
                at++;
                continue;
            }
            String label = label(what, lines.get(at));
            int end = lines.subList(at, lines.size()).indexOf("-----END " + label + "-----");
            if (end < 0 || blocks.size() == BLOCKS) {
                throw Refusal.format(what + " is not PEM: expected at most " + BLOCKS + " blocks that end");
            }
            String base64 = String.join("", lines.subList(at + 1, at + end));
            blocks.add(new Pem(label, Bytes.of(Base64Text.decode(what, base64))));
            at += end + 1;
        }
        return blocks;
    }

    private static String label(String what, String line) {
        boolean begins = line.startsWith("-----BEGIN ") && line.endsWith("-----") && line.length() > 16;
        if (!begins) {
            throw Refusal.format(what + " is not PEM: expected a line -----BEGIN ...-----");
        }
        return line.substring("-----BEGIN ".length(), line.length() - "-----".length());
    }

    /** Reads blocks that are all certificates, one at least. */
    public static List<byte[]> certificates(String what, String text) {
        List<Pem> blocks = read(what, text);
        if (blocks.isEmpty() || !blocks.stream().allMatch(block -> block.label.equals("CERTIFICATE"))) {
            throw Refusal.format(what + " is not PEM of certificates");
        }
        return blocks.stream().map(block -> block.content.array()).toList();
    }
}
