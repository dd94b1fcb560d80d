package io.imagegate.signature.encoding;

import io.imagegate.certificate.Pem;
import io.imagegate.signature.refusal.Refusal;
import java.util.List;

/** Reads PEM in its strict form, within limits, and canonical base64 alone. */
public final class PemBlocks {

    private static final int MOST = 32;
    private static final int LONGEST = 256 * 1024;

    private PemBlocks() {}

    /** Reads blocks, whose base64 was not looked at. */
    public static List<Pem> read(String what, String text) {
        if (text.length() > LONGEST) {
            throw Refusal.undecidable(what + " has " + text.length() + " characters, expected at most " + LONGEST);
        }
        List<Pem> blocks;
        try {
            blocks = Pem.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.format(what + " is not PEM: expected lines from -----BEGIN ...----- to -----END ...-----");
        }
        if (blocks.size() > MOST) {
            throw Refusal.format(what + " is not PEM of at most " + MOST + " blocks");
        }
        return blocks;
    }

    /** {@return what the base64 of a block stands for} */
    public static byte[] content(String what, Pem block) {
        return Base64Text.decode(what, block.base64());
    }

    /** Reads blocks that are all certificates, one at least. */
    public static List<byte[]> certificates(String what, String text) {
        List<Pem> blocks = read(what, text);
        if (blocks.isEmpty() || !blocks.stream().allMatch(block -> block.label().equals("CERTIFICATE"))) {
            throw Refusal.format(what + " is not PEM of certificates");
        }
        return blocks.stream().map(block -> content(what, block)).toList();
    }
}
