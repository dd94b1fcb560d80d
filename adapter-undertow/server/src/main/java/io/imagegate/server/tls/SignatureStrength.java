package io.imagegate.server.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses chains with a certificate below the trusted authority that is signed over SHA-1 or an older digest: for SHA-1,
 * two certificates with one signature can be made. The JDK refuses such chains only where they end at an authority that
 * it brings itself.
 */
final class SignatureStrength extends PKIXCertPathChecker {

    private static final Pattern STRONG = Pattern.compile("(SHA(224|256|384|512|3-\\d+).*WITH.*|ED25519|ED448|EDDSA)");
    private static final Pattern STRONG_DIGEST = Pattern.compile("SHA-?(224|256|384|512|3-\\d+).*");

    @Override
    public void init(boolean forward) {
        // Each certificate is judged by itself.
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolvedCriticalExtensions)
            throws CertPathValidatorException {
        if (!(certificate instanceof X509Certificate signed) || !isStrong(signed)) {
            throw new CertPathValidatorException(
                    "a certificate is signed over SHA-1 or an older digest, expected SHA-256 or a newer one",
                    null,
                    null,
                    -1,
                    BasicReason.ALGORITHM_CONSTRAINED);
        }
    }

    private static boolean isStrong(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return STRONG.matcher(algorithm).matches()
                || (algorithm.equals("RSASSA-PSS")
                        && STRONG_DIGEST.matcher(pssDigest(certificate)).matches());
    }

    /** {@return the digest of a signature whose parameters name it; SHA-1 where they say nothing (RFC 4055)} */
    private static String pssDigest(X509Certificate certificate) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            return "SHA-1";
        }
    }
}
