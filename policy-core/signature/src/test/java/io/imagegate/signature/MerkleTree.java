package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A tree by the definition of RFC 9162, section 2.1: slow and plain. */
public final class MerkleTree {

    private MerkleTree() {}

    public static byte[] root(Crypto crypto, byte[][] leaves) {
        if (leaves.length == 1) {
            return leaves[0];
        }
        int split = split(leaves.length);
        return crypto.digest(
                HashAlgorithm.SHA256,
                new byte[] {1},
                root(crypto, Arrays.copyOfRange(leaves, 0, split)),
                root(crypto, Arrays.copyOfRange(leaves, split, leaves.length)));
    }

    public static List<byte[]> proof(Crypto crypto, byte[][] leaves, int index) {
        if (leaves.length == 1) {
            return new ArrayList<>();
        }
        int split = split(leaves.length);
        byte[][] left = Arrays.copyOfRange(leaves, 0, split);
        byte[][] right = Arrays.copyOfRange(leaves, split, leaves.length);
        List<byte[]> proof = index < split ? proof(crypto, left, index) : proof(crypto, right, index - split);
        proof.add(index < split ? root(crypto, right) : root(crypto, left));
        return proof;
    }

    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
