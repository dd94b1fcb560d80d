package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks the certificates of a path against lists of revoked ones. */
public final class Revocations {

    private static final Duration SKEW = Duration.ofMinutes(5);

    private final List<Crl> crls;
    private final boolean required;

    /**
     * Checks against some lists.
     *
     * @param crls the lists
     * @param required whether each certificate below the root needs one, not only those whose issuer has one here
     */
    public Revocations(List<Crl> crls, boolean required) {
        this.crls = List.copyOf(crls);
        this.required = required;
    }

    /**
     * Refuses a path with a revoked certificate, or one of which that cannot be told.
     *
     * @param path certificates, that of the signer first, a root last
     * @param times proven times at which the signature existed
     * @param at the instant of the verification
     * @return until when that is known; empty if no list was needed
     */
    public Optional<Instant> require(Crypto crypto, List<Certificate> path, List<Instant> times, Instant at) {
        Optional<Instant> until = Optional.empty();
        for (int i = 0; i + 1 < path.size(); i++) {
            List<Crl> signed = signed(crypto, path.get(i + 1));
            if (!signed.isEmpty()) {
                List<Crl> newest = newest(signed, path.get(i + 1), at);
                for (Crl crl : newest) {
                    requireNotRevoked(crl, path.get(i), path.get(i + 1), times);
                }
                until = Stream.of(until.stream(), newest.stream().map(Crl::nextUpdate), lastBeforeNext(signed, at))
                        .flatMap(ends -> ends)
                        .min(Instant::compareTo);
            }
        }
        return until;
    }

    /** {@return the lists that an authority signed; none if none is needed} */
    private List<Crl> signed(Crypto crypto, Certificate authority) {
        List<Crl> named =
                crls.stream().filter(crl -> crl.isNamedAfter(authority)).toList();
        if (named.isEmpty() && !required) {
            return List.of();
        }
        List<Crl> signed =
                named.stream().filter(crl -> crl.isSignedBy(crypto, authority)).toList();
        if (signed.isEmpty()) {
            throw Refusal.undecidable("whether a certificate is revoked is not known: "
                    + (named.isEmpty() ? "there is no CRL of " : "no CRL of that name is signed by ")
                    + shown(authority));
        }
        return signed;
    }

    /** {@return the last instants before lists that have not begun yet: authorities make them in advance} */
    private static Stream<Instant> lastBeforeNext(List<Crl> signed, Instant at) {
        return signed.stream()
                .map(crl -> crl.thisUpdate().minus(SKEW))
                .filter(at::isBefore)
                .map(begin -> begin.minusNanos(1));
    }

    /** {@return the current list of an authority; several if they are of one time} */
    private static List<Crl> newest(List<Crl> signed, Certificate authority, Instant at) {
        Instant latest = signed.stream()
                .map(Crl::thisUpdate)
                .filter(update -> !update.isAfter(at.plus(SKEW)))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        List<Crl> current = signed.stream()
                .filter(crl -> crl.thisUpdate().equals(latest) && !at.isAfter(crl.nextUpdate()))
                .toList();
        if (current.isEmpty()) {
            throw Refusal.undecidable("whether a certificate is revoked is not known: the CRL of " + shown(authority)
                    + " holds from " + signed.get(0).thisUpdate() + " to "
                    + signed.get(0).nextUpdate());
        }
        return current;
    }

    private static void requireNotRevoked(
            Crl crl, Certificate certificate, Certificate authority, List<Instant> times) {
        crl.find(certificate).ifPresent(entry -> {
            boolean earlier = times.stream().anyMatch(time -> time.isBefore(entry.time()));
            if (!earlier || !entry.isHarmless()) {
                throw Refusal.violated(
                        SignatureFault.CERTIFICATE,
                        "signed with a certificate that is revoked: " + shown(authority) + " revoked that of "
                                + shown(certificate) + " as of " + entry.time() + " (" + entry.reasonName() + ")"
                                + (entry.isHarmless() ? ", and no earlier time is proven" : ""));
            }
        });
    }

    private static String shown(Certificate certificate) {
        return Refusal.shown(certificate.subject().toString());
    }
}
