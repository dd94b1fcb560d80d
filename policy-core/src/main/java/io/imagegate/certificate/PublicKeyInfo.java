package io.imagegate.certificate;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Public keys as certificates hold them (SubjectPublicKeyInfo). Each provider of Java takes forms and numbers that another
 * refuses; here only those count that all take.
 */
public final class PublicKeyInfo {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final byte[] NO_UNUSED_BITS = {0};
    private static final byte[] UNCOMPRESSED = {4};

    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    /** Without the parameters that RFC 3279 demands; all providers take it. */
    private static final byte[] BARE_RSA = HexFormat.of().parseHex("300b06092a864886f70d010101");

    private static final byte[] ED25519 = HexFormat.of().parseHex("300506032b6570");
    private static final int ED25519_BYTES = 32;
    private static final BigInteger ED25519_PRIME =
            BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(3);
    private static final int LONGEST_EXPONENT = 33;

    /** The algorithm of keys on P-256, P-384 and P-521, by the order of the curve. */
    private static final Map<BigInteger, byte[]> CURVES = Map.of(
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16),
            HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107"),
            new BigInteger(
                    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
                    16),
            HexFormat.of().parseHex("301006072a8648ce3d020106052b81040022"),
            new BigInteger(
                    "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5"
                            + "c9b8899c47aebb6fb71e91386409",
                    16),
            HexFormat.of().parseHex("301006072a8648ce3d020106052b81040023"));

    private PublicKeyInfo() {}

    /** {@return the key of RSA that a text of PKCS #1, which leaves the algorithm out, is the key of} */
    public static byte[] ofRsa(byte[] key) {
        return element(SEQUENCE, RSA, element(BIT_STRING, NO_UNUSED_BITS, key));
    }

    /**
     * {@return whether an encoding is the one of a key: DER with a point that is not compressed, and nothing behind it} A key of
     * RSA may lack the parameters of its algorithm. Of keys that no signer may have nothing is demanded.
     */
    static boolean isCanonical(PublicKey key, byte[] info) {
        if (key instanceof ECPublicKey ec) {
            byte[] algorithm = CURVES.get(ec.getParams().getOrder());
            return algorithm == null || (isFinite(ec) && Arrays.equals(info, of(ec, algorithm)));
        }
        if (key instanceof RSAPublicKey rsa) {
            byte[] numbers = element(
                    SEQUENCE,
                    element(INTEGER, rsa.getModulus().toByteArray()),
                    element(INTEGER, rsa.getPublicExponent().toByteArray()));
            return Stream.of(RSA, BARE_RSA)
                    .anyMatch(algorithm -> Arrays.equals(
                            info, element(SEQUENCE, algorithm, element(BIT_STRING, NO_UNUSED_BITS, numbers))));
        }
        return !(key instanceof EdECPublicKey ed)
                || !ed.getParams().getName().equals("Ed25519")
                || Arrays.equals(info, of(ed));
    }

    /**
     * {@return whether an encoding is the one of a key, and all providers have its curve} Of keys whose algorithm is neither ECDSA,
     * RSA nor Ed25519 nothing is demanded.
     */
    static boolean isCommon(PublicKey key, byte[] info) {
        if (key instanceof ECPublicKey ec && !CURVES.containsKey(ec.getParams().getOrder())) {
            return false;
        }
        // A key for RSASSA-PSS alone has numbers of RSA, under an algorithm of its own.
        return (key instanceof RSAPublicKey && !key.getAlgorithm().equals("RSA")) || isCanonical(key, info);
    }

    private static byte[] of(ECPublicKey key, byte[] algorithm) {
        int bytes = (key.getParams().getCurve().getField().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
        ECPoint point = key.getW();
        return element(
                SEQUENCE,
                algorithm,
                element(
                        BIT_STRING,
                        NO_UNUSED_BITS,
                        UNCOMPRESSED,
                        number(point.getAffineX(), bytes),
                        number(point.getAffineY(), bytes)));
    }

    private static byte[] of(EdECPublicKey key) {
        byte[] number = number(key.getPoint().getY(), ED25519_BYTES);
        if (key.getPoint().isXOdd()) {
            number[0] |= (byte) 0x80;
        }
        byte[] reversed = new byte[ED25519_BYTES];
        for (int i = 0; i < ED25519_BYTES; i++) {
            reversed[i] = number[ED25519_BYTES - 1 - i];
        }
        return element(SEQUENCE, ED25519, element(BIT_STRING, NO_UNUSED_BITS, reversed));
    }

    /** {@return the last bytes of a number that is not negative} */
    private static byte[] number(BigInteger number, int bytes) {
        byte[] shortest = number.toByteArray();
        byte[] padded = new byte[bytes];
        int length = Math.min(bytes, shortest.length);
        System.arraycopy(shortest, shortest.length - length, padded, bytes - length, length);
        return padded;
    }

    /**
     * {@return whether the numbers of a key make sense: a point of its curve, written with the least coordinates; an odd modulus
     * and an odd exponent from 3 up to 33 bits}
     */
    public static boolean isSound(PublicKey key) {
        if (key instanceof ECPublicKey ec) {
            return isOnCurve(ec);
        }
        if (key instanceof RSAPublicKey rsa) {
            BigInteger exponent = rsa.getPublicExponent();
            return rsa.getModulus().signum() > 0
                    && rsa.getModulus().testBit(0)
                    && exponent.testBit(0)
                    && exponent.compareTo(LEAST_EXPONENT) >= 0
                    && exponent.bitLength() <= LONGEST_EXPONENT;
        }
        return !(key instanceof EdECPublicKey ed)
                || !ed.getParams().getName().equals("Ed25519")
                || ed.getPoint().getY().compareTo(ED25519_PRIME) < 0;
    }

    private static boolean isOnCurve(ECPublicKey key) {
        EllipticCurve curve = key.getParams().getCurve();
        if (!(curve.getField() instanceof ECFieldFp field) || !isFinite(key)) {
            return false;
        }
        BigInteger x = key.getW().getAffineX();
        BigInteger y = key.getW().getAffineY();
        BigInteger prime = field.getP();
        BigInteger right = x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB());
        return isBelow(x, prime)
                && isBelow(y, prime)
                && y.multiply(y).subtract(right).mod(prime).signum() == 0;
    }

    private static boolean isFinite(ECPublicKey key) {
        return !key.getW().equals(ECPoint.POINT_INFINITY);
    }

    private static boolean isBelow(BigInteger number, BigInteger prime) {
        return number.signum() >= 0 && number.compareTo(prime) < 0;
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Stream.of(parts).forEach(content::writeBytes);
        byte[] length = BigInteger.valueOf(content.size()).toByteArray();
        int zeros = content.size() >= 0x80 && length[0] == 0 ? 1 : 0;
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() >= 0x80) {
            element.write(0x80 + length.length - zeros);
        }
        element.write(length, zeros, length.length - zeros);
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }
}
