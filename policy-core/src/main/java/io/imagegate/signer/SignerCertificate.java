package io.imagegate.signer;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * NamedSigner with certificates of a company's own authority.
 *
 * @param name the name, for messages
 * @param roots the certificates of the authority, at least one
 * @param subject the {@linkplain SubjectPattern pattern} of the subject of the leaf, if it is compared
 * @param subjectName the subject alternative name of the leaf, if it is compared
 * @param timestamps the certificates of time-stamping authorities; none beside a trust
 * @param trust the logs and authorities that must confirm signatures; empty if none must
 * @since 0.1
 */
public record SignerCertificate(
        String name,
        List<X509Certificate> roots,
        Optional<String> subject,
        Optional<PathGlob> subjectName,
        List<X509Certificate> timestamps,
        Optional<SignerTrust> trust)
        implements NamedSigner {

    /**
     * Refuses what would accept every certificate of the authority.
     *
     * @param name the name, for messages
     * @param roots the certificates of the authority, at least one
     * @param subject the subject of the leaf, if it is compared
     * @param subjectName the subject alternative name of the leaf, if it is compared
     * @param timestamps the certificates of time-stamping authorities; none beside a trust
     * @param trust the logs and authorities that must confirm signatures
     * @throws IllegalArgumentException if there is no root, no name, a subject that no certificate has, or timestamps beside a trust
     */
    public SignerCertificate {
        Objects.requireNonNull(name, "name");
        roots = List.copyOf(roots);
        timestamps = List.copyOf(timestamps);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("signer \"" + name + "\": expected at least one root, got none");
        }
        subject.map(SubjectPattern::parse).ifPresent(SubjectPattern::requirePossible);
        if (subject.isEmpty() && subjectName.isEmpty()) {
            throw new IllegalArgumentException(
                    "every certificate of the authority would count, expected subject or" + " identity");
        }
        if (!timestamps.isEmpty() && trust.isPresent()) {
            throw new IllegalArgumentException(
                    "timestamps beside trust, expected only one of them: the trusted root names"
                            + " its own authorities");
        }
    }

    @Override
    public String identity() {
        return new ContentHash()
                .add("certificate")
                .addAll(fingerprints(roots))
                .addAll(subject.stream().toList())
                .addAll(subjectName.map(PathGlob::toString).stream().toList())
                .addAll(fingerprints(timestamps))
                .add(trust.map(SignerTrust::identity).orElse(""))
                .hex();
    }

    static List<String> fingerprints(List<X509Certificate> certificates) {
        return certificates.stream().map(SignerCertificate::fingerprint).toList();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return ContentHash.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** {@return the name, for messages} */
    @Override
    public String toString() {
        return name;
    }
}
