package io.imagegate.signature.crypto;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signature.refusal.Refusal;
import java.math.BigInteger;

/** The form of signatures of ECDSA: two numbers in DER, each written in one way only. */
public final class EcdsaSignature {

    private EcdsaSignature() {}

    public static boolean isCanonical(byte[] signature, int bytes) {
        try {
            Der numbers = Der.only("the signature", signature, Der.SEQUENCE).inside();
            boolean first = isInRange(numbers, bytes);
            boolean second = isInRange(numbers, bytes);
            numbers.end();
            return first && second;
        } catch (Refusal e) {
            return false;
        }
    }

    /** {@return two numbers of one length, side by side, in DER} */
    static byte[] ofPlain(byte[] numbers) {
        int half = numbers.length / 2;
        return DerWriter.element(Der.SEQUENCE, number(numbers, 0, half), number(numbers, half, half));
    }

    private static byte[] number(byte[] numbers, int at, int length) {
        return DerWriter.element(Der.INTEGER, new BigInteger(1, numbers, at, length).toByteArray());
    }

    private static boolean isInRange(Der numbers, int bytes) {
        BigInteger number = numbers.next(Der.INTEGER).integer();
        return number.signum() > 0 && number.bitLength() <= 8 * bytes;
    }
}
