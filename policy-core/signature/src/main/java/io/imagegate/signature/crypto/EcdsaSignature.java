package io.imagegate.signature.crypto;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signature.refusal.Refusal;
import java.math.BigInteger;

/**
 * The form of signatures of ECDSA: two numbers in DER, each written in one way only, from 1 to below the order of the curve. Early
 * releases of Java 17 take others, and zeros for any key and message (CVE-2022-21449).
 */
public final class EcdsaSignature {

    private EcdsaSignature() {}

    /** {@return whether a signature may be one of a key on a curve of an order} */
    public static boolean isCanonical(byte[] signature, BigInteger order) {
        try {
            Der numbers = Der.only("the signature", signature, Der.SEQUENCE).inside();
            boolean first = isInRange(numbers, order);
            boolean second = isInRange(numbers, order);
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

    private static boolean isInRange(Der numbers, BigInteger order) {
        BigInteger number = numbers.next(Der.INTEGER).integer();
        return number.signum() > 0 && number.compareTo(order) < 0;
    }
}
