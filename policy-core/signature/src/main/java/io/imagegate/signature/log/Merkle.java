package io.imagegate.signature.log;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import java.util.List;

/** Inclusion proofs of Merkle trees (RFC 9162, section 2.1.3). */
public final class Merkle {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private Merkle() {}

    public static byte[] leaf(Crypto crypto, byte[] entry) {
        return crypto.digest(HashAlgorithm.SHA256, LEAF, entry);
    }

    /** {@return the root of the tree that the proof describes; empty if the proof is too short or too long for it} */
    static byte[] root(Crypto crypto, byte[] leaf, long index, long size, List<byte[]> proof) {
        if (index < 0 || index >= size) {
            return new byte[0];
        }
        long first = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : proof) {
            if (last == 0 || sibling.length != leaf.length) {
                return new byte[0];
            }
            if ((first & 1) == 1 || first == last) {
                hash = crypto.digest(HashAlgorithm.SHA256, NODE, sibling, hash);
                while ((first & 1) == 0 && first != 0) {
                    first >>= 1;
                    last >>= 1;
                }
            } else {
                hash = crypto.digest(HashAlgorithm.SHA256, NODE, hash, sibling);
            }
            first >>= 1;
            last >>= 1;
        }
        return last == 0 ? hash : new byte[0];
    }
}
