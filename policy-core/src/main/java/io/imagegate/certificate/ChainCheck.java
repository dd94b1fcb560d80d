package io.imagegate.certificate;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rejects chains in which a certificate below the trusted authority does not meet a condition. */
public abstract class ChainCheck extends PKIXCertPathChecker {

    private final String rejection;

    /** Makes a check; {@code rejection} says what is wrong with a certificate that does not meet the condition. */
    protected ChainCheck(String rejection) {
        this.rejection = rejection;
    }

    /** {@return whether a certificate meets the condition} */
    protected abstract boolean accepts(X509Certificate certificate);

    @Override
    public final void init(boolean forward) {
        // Each certificate is checked by itself.
    }

    @Override
    public final boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public final @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public final void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
            throws CertPathValidatorException {
        if (!(certificate instanceof X509Certificate read) || !accepts(read)) {
            throw new CertPathValidatorException(rejection, null, null, -1, BasicReason.ALGORITHM_CONSTRAINED);
        }
    }
}
