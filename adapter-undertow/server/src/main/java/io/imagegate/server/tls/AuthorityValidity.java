package io.imagegate.server.tls;

import io.imagegate.time.TimeSource;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rejects certificates of a trusted authority that has expired or is not valid yet, as Go and OpenSSL do. The JDK does not look at the
 * dates of what it trusts.
 */
final class AuthorityValidity extends PKIXCertPathChecker {

    private final List<X509Certificate> authorities;

    AuthorityValidity(List<X509Certificate> authorities) {
        this.authorities = authorities;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
            throws CertPathValidatorException {
        Instant now = TimeSource.system().instant();
        List<X509Certificate> issuers = authorities.stream()
                .filter(authority -> certificate instanceof X509Certificate issued
                        && issued.getIssuerX500Principal().equals(authority.getSubjectX500Principal()))
                .toList();
        if (!issuers.isEmpty() && issuers.stream().noneMatch(issuer -> ServedChain.isValid(issuer, now))) {
            throw new CertPathValidatorException(
                    "its authority has expired or is not valid yet", null, null, -1, BasicReason.EXPIRED);
        }
    }

    @Override
    public void init(boolean forward) {
        // Each certificate is checked by itself.
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }
}
