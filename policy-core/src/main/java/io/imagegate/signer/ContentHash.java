package io.imagegate.signer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** SHA-256 of a sequence of values. Lengths are hashed, too, so that no two sequences are alike. */
final class ContentHash {

    private final MessageDigest hash = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String of(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    ContentHash add(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        hash.update(bytes);
        return this;
    }

    /** Adds a set: its order does not count. */
    ContentHash addAll(Collection<String> values) {
        add(Integer.toString(values.size()));
        values.stream().sorted().forEach(this::add);
        return this;
    }

    String hex() {
        return HexFormat.of().formatHex(hash.digest());
    }
}
