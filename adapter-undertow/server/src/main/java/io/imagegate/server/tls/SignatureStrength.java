package io.imagegate.server.tls;

import io.imagegate.certificate.ChainCheck;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Rejects chains with a certificate below the trusted authority that is signed over SHA-1 or an older digest: two
 * certificates with the same SHA-1 signature can be forged. The JDK rejects such chains only if they end at one of its
 * own authorities.
 */
final class SignatureStrength extends ChainCheck {

    private static final Pattern STRONG = Pattern.compile("(SHA(224|256|384|512|3-\\d+).*WITH.*|ED25519|ED448|EDDSA)");
    private static final Pattern STRONG_DIGEST = Pattern.compile("SHA-?(224|256|384|512|3-\\d+).*");

    SignatureStrength() {
        super("a certificate is signed over SHA-1 or an older digest, expected SHA-256 or a newer one");
    }

    @Override
    protected boolean accepts(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return STRONG.matcher(algorithm).matches()
                || (algorithm.equals("RSASSA-PSS")
                        && STRONG_DIGEST.matcher(pssDigest(certificate)).matches());
    }

    /** {@return the digest that the parameters of a signature name; SHA-1 by default (RFC 4055)} */
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
