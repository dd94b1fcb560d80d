package io.imagegate.signature.timestamp;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import io.imagegate.signature.x509.Extensions;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies timestamps of authorities (RFC 3161). */
public final class TimestampVerifier {

    private static final List<String> PURPOSE = List.of("1.3.6.1.5.5.7.3.8");
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    private final Crypto crypto;
    private final List<TrustedAuthority> authorities;

    /**
     * A time that was stamped.
     *
     * @param authority who stamped it
     * @param time when
     */
    public record Stamp(TrustedAuthority authority, Instant time) {}

    public TimestampVerifier(Crypto crypto, List<TrustedAuthority> authorities) {
        this.crypto = crypto;
        this.authorities = authorities;
    }

    /** {@return the time that a known authority stamped onto a message; empty if no known authority did} */
    public Optional<Stamp> verify(byte[] timestamp, MessageSource message) {
        TimestampToken token = TimestampToken.read(timestamp);
        boolean known = false;
        for (TrustedAuthority authority : authorities) {
            Optional<Certificate> signer = signer(token, authority);
            if (signer.isPresent()) {
                known = true;
                if (verifies(token, authority, signer.get(), message)) {
                    return Optional.of(new Stamp(authority, token.time()));
                }
            }
        }
        if (known) {
            throw Refusal.violated(
                    SignatureFault.TIMESTAMP,
                    "the timestamp of " + token.time()
                            + " does not verify: it is over something else, or its authority or"
                            + " certificate did not hold then");
        }
        return Optional.empty();
    }

    /**
     * {@return the certificate that signed, if the authority knows it} A root that names the certificate itself means only
     * that one; below any other root a certificate in the timestamp counts.
     */
    private Optional<Certificate> signer(TimestampToken token, TrustedAuthority authority) {
        List<Certificate> named = new ArrayList<>(authority.others());
        named.add(authority.anchor());
        Optional<Certificate> own = token.signerAmong(named);
        boolean namesLeaf = !named.get(0).extensions().isAuthority();
        return own.isPresent() || namesLeaf
                ? own
                : token.signerAmong(token.certificates()).filter(signer -> isBelow(signer, token, named));
    }

    /** {@return whether some chain of issuers leads from a certificate to one of the authority, whatever the time} */
    private boolean isBelow(Certificate signer, TimestampToken token, List<Certificate> named) {
        Certificate current = signer;
        for (int i = 0; i <= token.certificates().size(); i++) {
            if (named.stream().anyMatch(current::isIssuedByNameOf)) {
                return true;
            }
            Optional<Certificate> next = token.certificates().stream()
                    .filter(current::isIssuedByNameOf)
                    .findFirst();
            if (next.isEmpty()) {
                return false;
            }
            current = next.get();
        }
        return false;
    }

    private boolean verifies(
            TimestampToken token, TrustedAuthority authority, Certificate signer, MessageSource message) {
        return authority.validity().holds(token.time())
                && token.isBy(crypto, signer, message)
                && isForTime(signer)
                && holds(token, authority, signer);
    }

    private static boolean isForTime(Certificate signer) {
        Extensions extensions = signer.extensions();
        return extensions.isCritical(EXTENDED_KEY_USAGE)
                && extensions.purposes().filter(PURPOSE::equals).isPresent();
    }

    private boolean holds(TimestampToken token, TrustedAuthority authority, Certificate signer) {
        if (signer == authority.anchor()) {
            return signer.isValidAt(token.time());
        }
        List<Certificate> pool = new ArrayList<>(authority.others());
        pool.addAll(token.certificates());
        return CertificatePath.forTime(crypto)
                .issuer(signer, pool, authority.anchor(), token.time())
                .isPresent();
    }
}
