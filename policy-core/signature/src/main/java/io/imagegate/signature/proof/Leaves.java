package io.imagegate.signature.proof;

import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import io.imagegate.signer.SignatureFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What holds for certificates of signatures, whoever issued them. */
public final class Leaves {

    /** A certificate that lives no longer than this proves how old a signature is at most. */
    private static final Duration SHORT = Duration.ofHours(24);

    private Leaves() {}

    public static void requireSigned(Verification verification, Certificate leaf) {
        leaf.requireForSigning();
        requireMade(verification, leaf);
    }

    /** Refuses a signature that the key of the certificate did not make. */
    public static void requireMade(Verification verification, Certificate leaf) {
        if (!verification.isBy(leaf.key())) {
            throw Refusal.violated(
                    SignatureFault.SIGNATURE,
                    "the signature is not by the key of its certificate, or over other bytes");
        }
    }

    public static void requireValid(Certificate leaf, List<Instant> times) {
        times.stream().filter(time -> !leaf.isValidAt(time)).findFirst().ifPresent(time -> {
            throw Refusal.violated(
                    SignatureFault.TIME,
                    "its certificate holds from " + leaf.notBefore() + " to " + leaf.notAfter() + ", not at " + time);
        });
    }

    /** {@return the certificate that issued the leaf, if a path to the anchor holds at all times} */
    public static Optional<Certificate> issuer(
            CertificatePath paths,
            Certificate leaf,
            List<Certificate> others,
            Certificate anchor,
            List<Instant> times) {
        Optional<Certificate> issuer = Optional.empty();
        for (Instant time : times) {
            issuer = paths.issuer(leaf, others, anchor, time);
            if (issuer.isEmpty()) {
                return issuer;
            }
        }
        return issuer;
    }

    public static Optional<Instant> issued(Certificate leaf) {
        Duration life = Duration.between(leaf.notBefore(), leaf.notAfter());
        return life.compareTo(SHORT) <= 0 ? Optional.of(leaf.notBefore()) : Optional.empty();
    }
}
