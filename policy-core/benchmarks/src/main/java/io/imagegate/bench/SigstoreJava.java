package io.imagegate.bench;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.TrustedRootProvider;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import java.io.StringReader;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The other Java library, which verifies keyless bundles alone. */
final class SigstoreJava {

    private final KeylessVerifier verifier;
    private final VerificationOptions options = VerificationOptions.builder()
            .addCertificateMatchers(CertificateMatcher.fulcio()
                    .subjectAlternativeName(StringMatcher.string(ConformanceCase.IDENTITY))
                    .issuer(StringMatcher.string(ConformanceCase.ISSUER))
                    .build())
            .build();

    private SigstoreJava(KeylessVerifier verifier) {
        this.verifier = verifier;
    }

    static SigstoreJava of(Path trustedRoot) {
        try {
            return new SigstoreJava(KeylessVerifier.builder()
                    .trustedRootProvider(TrustedRootProvider.from(trustedRoot))
                    .build());
        } catch (GeneralSecurityException | SigstoreConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns if the bundle verifies. */
    void verify(String bundle, byte[] artifactDigest) throws BundleParseException, KeylessVerificationException {
        verifier.verify(artifactDigest, Bundle.from(new StringReader(bundle)), options);
    }
}
