package io.imagegate.registry.content;

import io.imagegate.reference.Digest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes digests. */
public final class Hashes {

    private Hashes() {}

    /** Checks that content has its digest. */
    public static void require(Digest digest, byte[] content) {
        String actual = hex(digest.algorithm(), content);
        if (!actual.equals(digest.hex())) {
            throw Failure.undecidable(
                    "the content of " + digest + " has the digest " + digest.algorithm() + ":" + actual);
        }
    }

    public static Digest sha256(byte[] content) {
        return Digest.parse("sha256:" + hex("sha256", content));
    }

    private static String hex(String algorithm, byte[] content) {
        try {
            String name = algorithm.replace("sha", "SHA-");
            return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw Failure.undecidable("this Java lacks the algorithm " + algorithm);
        }
    }
}
