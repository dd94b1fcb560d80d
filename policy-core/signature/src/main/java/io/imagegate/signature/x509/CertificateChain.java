package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** A chain of certificates that is complete and in order: that of the signer first, a root last. */
public final class CertificateChain {

    /** Bits of the key usage that a signer's certificate must not have, by their names. */
    private static final List<String> USAGES = List.of(
            "digital signature",
            "content commitment",
            "key encipherment",
            "data encipherment",
            "key agreement",
            "certificate signing",
            "CRL signing",
            "encipher only",
            "decipher only");

    private static final int CONTENT_COMMITMENT = 1;
    private static final int CERTIFICATE_SIGNING = 5;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    /** Servers, e-mail, timestamps, OCSP, and anything. */
    private static final Set<String> FOREIGN =
            Set.of("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9", ANY_PURPOSE);

    private static final String KEY_USAGE = "2.5.29.15";

    private final List<Certificate> certificates;

    private CertificateChain(List<Certificate> certificates) {
        this.certificates = certificates;
    }

    /** Reads a chain, whose certificates must be in order and for what they are used for. No signature is verified yet. */
    public static CertificateChain of(List<Certificate> certificates) {
        int last = certificates.size() - 1;
        if (last < 1 || !certificates.get(last).isSelfIssued()) {
            throw refused("the chain of certificates does not end with a root: it is not complete");
        }
        for (int i = 0; i < last; i++) {
            Certificate certificate = certificates.get(i);
            if (certificate.isSelfIssued() || !certificate.isIssuedByNameOf(certificates.get(i + 1))) {
                throw refused("the chain of certificates is not in order: " + shown(certificates.get(i + 1))
                        + " did not issue " + shown(certificate));
            }
        }
        requireForSigning(certificates.get(0));
        certificates.stream().skip(1).forEach(CertificateChain::requireForIssuing);
        certificates.forEach(Certificate::requireStronglySigned);
        return new CertificateChain(certificates);
    }

    private static void requireForSigning(Certificate leaf) {
        Extensions extensions = leaf.extensions();
        String whose = "the certificate of " + shown(leaf) + " is not for signing: ";
        if (extensions.isAuthority()) {
            throw refused(whose + "it is one of an authority, expected one that issues no certificates");
        }
        if (!extensions.isCritical(KEY_USAGE) || !extensions.isForSignatures()) {
            throw refused(whose + "it has no critical key usage with digital signature");
        }
        for (int bit = CONTENT_COMMITMENT + 1; bit < USAGES.size(); bit++) {
            if (extensions.hasUsage(bit)) {
                throw refused(whose + "its key usage has " + USAGES.get(bit));
            }
        }
        List<String> purposes = extensions.purposes().orElse(List.of(CODE_SIGNING));
        if (!purposes.contains(CODE_SIGNING) || purposes.stream().anyMatch(FOREIGN::contains)) {
            throw refused(whose + "its extended key usage is not code signing alone");
        }
    }

    private static void requireForIssuing(Certificate authority) {
        Extensions extensions = authority.extensions();
        boolean issues = extensions.isAuthority()
                && extensions.isCritical(KEY_USAGE)
                && extensions.hasUsage(CERTIFICATE_SIGNING);
        boolean forCode = extensions
                .purposes()
                .map(purposes -> purposes.contains(CODE_SIGNING) || purposes.contains(ANY_PURPOSE))
                .orElse(true);
        if (!issues || !forCode) {
            throw refused("the certificate of " + shown(authority)
                    + " is not that of an authority for signers: it has no critical key usage with certificate signing,"
                    + " or is for something else");
        }
        authority.key().requireStrength();
    }

    /** {@return the certificates from the signer's up to the lowest of some roots} */
    public List<Certificate> upTo(List<Certificate> roots) {
        for (int i = 1; i < certificates.size(); i++) {
            Certificate candidate = certificates.get(i);
            if (roots.stream().anyMatch(root -> candidate.isSame(root.encoded()))) {
                return certificates.subList(0, i + 1);
            }
        }
        throw refused("signed with the certificate of " + shown(certificates.get(0)) + " under the root "
                + shown(certificates.get(certificates.size() - 1)) + ", which is no root of the signer");
    }

    /** Refuses a chain of which a certificate did not hold at a time, or did not issue the one before it. */
    public void requireHolding(Crypto crypto, Instant time) {
        for (Certificate certificate : certificates) {
            if (!certificate.isValidAt(time)) {
                throw Refusal.violated(
                        SignatureFault.TIME,
                        "the certificate of " + shown(certificate) + " holds from " + certificate.notBefore() + " to "
                                + certificate.notAfter() + ", not at " + time);
            }
        }
        try {
            List<X509Certificate> path =
                    certificates.stream().map(each -> each.x509(crypto)).toList();
            crypto.validatePath(path, parameters(path.get(path.size() - 1), time));
            for (int i = 0; i < certificates.size(); i++) {
                Certificate issuer = certificates.get(Math.min(i + 1, certificates.size() - 1));
                certificates.get(i).requireSignatureOf(crypto, issuer.key());
            }
        } catch (NoSuchAlgorithmException e) {
            throw Refusal.undecidable("no provider of this Java validates paths of certificates");
        } catch (CertPathValidatorException e) {
            int index = e.getIndex();
            throw refused("the chain of certificates does not hold"
                    + (index < 0
                            ? ""
                            : ": " + shown(certificates.get(index)) + " is not validly issued by the next one"));
        } catch (GeneralSecurityException e) {
            throw Refusal.undecidable(
                    "no path of certificates could be validated: " + Refusal.shown(String.valueOf(e)));
        }
    }

    /** The root stands in the path, too, so that its own limits are checked, which those of an anchor are not. */
    private static PKIXParameters parameters(X509Certificate root, Instant time) throws GeneralSecurityException {
        TrustAnchor anchor = new TrustAnchor(root.getSubjectX500Principal(), root.getPublicKey(), null);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(time));
        return parameters;
    }

    private static String shown(Certificate certificate) {
        return Refusal.shown(certificate.subject().toString());
    }

    private static Refusal refused(String why) {
        return Refusal.violated(SignatureFault.CERTIFICATE, why);
    }
}
