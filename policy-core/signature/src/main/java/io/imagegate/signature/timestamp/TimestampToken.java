package io.imagegate.signature.timestamp;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A time that an authority stamped (RFC 3161): its answer, which is a signed message (RFC 5652) about a hash. */
public final class TimestampToken {

    private static final String WHAT = "the timestamp";
    private static final int LONGEST = 64 * 1024;
    private static final int CERTIFICATES = 10;

    private final List<Certificate> certificates = new ArrayList<>();
    private final DerElement content;
    private final TimestampContent stamped;
    private final TimestampSigner signer;

    private TimestampToken(byte[] answer) {
        if (answer.length > LONGEST) {
            throw Refusal.undecidable(WHAT + " has " + answer.length + " bytes, expected at most " + LONGEST);
        }
        Der response = Der.only(WHAT, answer, Der.SEQUENCE).inside();
        int status = response.next(Der.SEQUENCE).inside().next(Der.INTEGER).small();
        Der message = response.next(Der.SEQUENCE).inside();
        response.end();
        boolean granted = status == 0 || status == 1;
        if (!granted || !message.next(Der.OID).oid().equals("1.2.840.113549.1.7.2")) {
            throw Refusal.format(WHAT + " is not a granted answer of an authority");
        }
        Der explicit = message.next(Der.explicit(0)).inside();
        message.end();
        Der signedData = explicit.next(Der.SEQUENCE).inside();
        explicit.end();
        requireVersion(signedData.next(Der.INTEGER), 3);
        DerElement algorithms = signedData.next(Der.SET);
        content = content(signedData.next(Der.SEQUENCE).inside());
        if (signedData.isNext(Der.explicit(0))) {
            readCertificates(signedData.next().inside());
        }
        Der signers = signedData.next(Der.SET).inside();
        signedData.end();
        signer = TimestampSigner.read(WHAT, signers.next(Der.SEQUENCE).inside());
        signers.end();
        signer.requireOnlyHash(algorithms.inside());
        stamped = TimestampContent.read(WHAT, content.value());
    }

    public static TimestampToken read(byte[] answer) {
        return new TimestampToken(answer);
    }

    static void requireVersion(DerElement version, int expected) {
        if (version.small() != expected) {
            throw Refusal.format(WHAT + " has another version than " + expected);
        }
    }

    private static DerElement content(Der encapsulated) {
        boolean time = encapsulated.next(Der.OID).oid().equals(TimestampContent.OID);
        Der explicit = encapsulated.next(Der.explicit(0)).inside();
        encapsulated.end();
        DerElement content = explicit.next(Der.OCTET_STRING);
        explicit.end();
        if (!time) {
            throw Refusal.format(WHAT + " is a signed message about something else");
        }
        return content;
    }

    private void readCertificates(Der set) {
        while (set.hasNext()) {
            certificates.add(Certificate.read(
                    "a certificate of the timestamp", set.next(Der.SEQUENCE).encoded()));
            if (certificates.size() > CERTIFICATES) {
                throw Refusal.undecidable(WHAT + " has more than " + CERTIFICATES + " certificates");
            }
        }
    }

    public Instant time() {
        return stamped.time();
    }

    List<Certificate> certificates() {
        return certificates;
    }

    /** {@return the certificate that signed, of some; the first that is named} */
    Optional<Certificate> signerAmong(List<Certificate> candidates) {
        return candidates.stream().filter(signer::isNamed).findFirst();
    }

    /** {@return whether the time was stamped by the key of a certificate, onto this message} */
    boolean isBy(Crypto crypto, Certificate certificate, MessageSource message) {
        return stamped.imprint().isSame(message.digest(crypto, stamped.hash()))
                && signer.verifies(crypto, certificate, content.value());
    }
}
