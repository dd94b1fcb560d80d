package io.imagegate.signature.crypto;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The form of signatures of RSA with the padding PKCS #1 v1.5: as long as the modulus and below it, and what they stand for names
 * its hash in the one way of RFC 8017, with parameters that are null. The JDK takes a hash without parameters.
 */
final class Pkcs1Signature {

    private static final int SHORTEST_PADDING = 8;
    private static final int OTHER_BYTES = 3;

    /** What stands before the hash. Each ends with the length of its hash. */
    private static final List<byte[]> HASHES = List.of(
            HexFormat.of().parseHex("3031300d060960864801650304020105000420"),
            HexFormat.of().parseHex("3041300d060960864801650304020205000430"),
            HexFormat.of().parseHex("3051300d060960864801650304020305000440"));

    private Pkcs1Signature() {}

    /** {@return whether a signature may be one of a key, over a hash of the SHA-2 family} */
    static boolean isOf(RSAPublicKey key, byte[] signature) {
        int bytes = (key.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        BigInteger number = new BigInteger(1, signature);
        if (signature.length != bytes || number.compareTo(key.getModulus()) >= 0) {
            return false;
        }
        byte[] padded = number.modPow(key.getPublicExponent(), key.getModulus()).toByteArray();
        // Its first byte is 0, which the number is written without.
        return padded.length == bytes - 1 && HASHES.stream().anyMatch(hash -> isPadded(padded, hash));
    }

    private static boolean isPadded(byte[] padded, byte[] hash) {
        byte[] expected = new byte[padded.length];
        int start = padded.length - hash.length - hash[hash.length - 1];
        if (start < SHORTEST_PADDING + OTHER_BYTES - 1) {
            return false;
        }
        expected[0] = 1;
        Arrays.fill(expected, 1, start - 1, (byte) 0xff);
        System.arraycopy(hash, 0, expected, start, hash.length);
        int end = start + hash.length;
        return Arrays.equals(padded, 0, end, expected, 0, end);
    }
}
