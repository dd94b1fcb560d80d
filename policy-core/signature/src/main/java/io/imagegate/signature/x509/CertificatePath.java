package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.refusal.Refusal;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds paths (RFC 5280) from a leaf to an anchor, by the platform, without any network. */
public final class CertificatePath {

    private static final int LONGEST = 5;
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    private final Crypto crypto;
    /** What all authorities of the path may issue certificates for, if they say anything about it. */
    private final String purpose;

    CertificatePath(Crypto crypto, String purpose) {
        this.crypto = crypto;
        this.purpose = purpose;
    }

    public static CertificatePath forCode(Crypto crypto) {
        return new CertificatePath(crypto, "1.3.6.1.5.5.7.3.3");
    }

    public static CertificatePath forTime(Crypto crypto) {
        return new CertificatePath(crypto, "1.3.6.1.5.5.7.3.8");
    }

    /** {@return the certificate that issued the leaf, if a path from the leaf to the anchor holds at a time} */
    public Optional<Certificate> issuer(Certificate leaf, List<Certificate> others, Certificate anchor, Instant time) {
        if (!anchor.isValidAt(time)) {
            return Optional.empty();
        }
        try {
            X509Certificate x509 = leaf.x509(crypto);
            List<X509Certificate> pool = new ArrayList<>(List.of(x509));
            others.forEach(other -> pool.add(other.x509(crypto)));
            CertPathBuilder builder = crypto.pathBuilder();
            PKIXCertPathBuilderResult result =
                    (PKIXCertPathBuilderResult) builder.build(parameters(x509, pool, anchor, time));
            return issuer(result, leaf, anchor);
        } catch (NoSuchAlgorithmException e) {
            throw Refusal.undecidable("no provider of this Java builds paths of certificates");
        } catch (CertPathBuilderException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw Refusal.undecidable("no path of certificates could be built: " + Refusal.shown(String.valueOf(e)));
        }
    }

    private PKIXBuilderParameters parameters(
            X509Certificate leaf, List<X509Certificate> pool, Certificate anchor, Instant time)
            throws GeneralSecurityException {
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(leaf);
        PKIXBuilderParameters parameters = parameters(Set.of(new TrustAnchor(anchor.x509(crypto), null)), target);
        parameters.addCertStore(crypto.store(pool));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(LONGEST);
        parameters.setDate(Date.from(time));
        return parameters;
    }

    private static PKIXBuilderParameters parameters(Set<TrustAnchor> anchors, X509CertSelector target)
            throws InvalidAlgorithmParameterException {
        return new PKIXBuilderParameters(anchors, target);
    }

    /** The platform does not compare purposes of authorities, and takes old algorithms and short keys; cosign does not. */
    private Optional<Certificate> issuer(PKIXCertPathBuilderResult result, Certificate leaf, Certificate anchor)
            throws GeneralSecurityException {
        List<X509Certificate> path = result.getCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
        List<Certificate> authorities = new ArrayList<>();
        for (X509Certificate certificate : path) {
            Certificate read = certificate.equals(leaf.x509(crypto))
                    ? leaf
                    : Certificate.read("a certificate of the path", certificate.getEncoded());
            read.requireStronglySigned();
            authorities.add(read);
        }
        Certificate signed = authorities.remove(0);
        authorities.add(anchor);
        for (Certificate authority : authorities) {
            authority.key().requireStrength();
            signed.requireSignatureOf(crypto, authority.key());
            signed = authority;
        }
        boolean allowed = authorities.stream().allMatch(this::isForPurpose)
                && AnchorLimits.allow(path, authorities, result.getTrustAnchor().getTrustedCert());
        return allowed ? Optional.of(authorities.get(0)) : Optional.empty();
    }

    private boolean isForPurpose(Certificate authority) {
        return authority
                .extensions()
                .purposes()
                .map(purposes -> purposes.contains(purpose) || purposes.contains(ANY_PURPOSE))
                .orElse(true);
    }
}
