package io.imagegate.signer;

import io.imagegate.text.SafeText;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Signer with certificates of a company's own authority.
 *
 * @param name the name, for messages
 * @param roots the certificates of the authority, at least one
 * @param subject the {@linkplain SubjectPattern pattern} of the subject of the leaf, if it is compared
 * @param subjectName the subject alternative name of the leaf, if it is compared
 * @param timestamps the certificates of time-stamping authorities; none beside a trust
 * @param trust the logs and authorities that must confirm signatures; empty if none must
 * @since 0.1
 */
public record CertificateSigner(
        String name,
        List<X509Certificate> roots,
        Optional<String> subject,
        Optional<PathGlob> subjectName,
        List<X509Certificate> timestamps,
        Optional<Trust> trust)
        implements Signer {

    private static final int SHOWN = 200;

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
    public CertificateSigner {
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
                .add(trust.map(Trust::identity).orElse(""))
                .hex();
    }

    static List<String> fingerprints(List<X509Certificate> certificates) {
        return certificates.stream().map(CertificateSigner::fingerprint).toList();
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return ContentHash.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /**
     * {@return a copy that demands a subject alternative name, too}
     *
     * @param pattern the {@linkplain PathGlob glob} of the only name
     * @throws IllegalArgumentException if this is no glob
     */
    public CertificateSigner withSubjectName(String pattern) {
        return new CertificateSigner(name, roots, subject, Optional.of(PathGlob.parse(pattern)), timestamps, trust);
    }

    /**
     * {@return a copy with authorities whose timestamps prove when a signature existed}
     *
     * @param authorities their certificates
     * @throws IllegalArgumentException if this has a trust
     */
    public CertificateSigner withTimestamps(List<X509Certificate> authorities) {
        return new CertificateSigner(name, roots, subject, subjectName, authorities, trust);
    }

    /**
     * {@return a copy whose signatures need evidence}
     *
     * @param evidence the logs and authorities that must confirm signatures
     * @throws IllegalArgumentException if this has timestamps
     */
    public CertificateSigner withTrust(Trust evidence) {
        return new CertificateSigner(name, roots, subject, subjectName, timestamps, Optional.of(evidence));
    }

    /** {@return the certificate, for messages} */
    @Override
    public String toString() {
        return "a certificate"
                + subject.map(text -> " of " + SafeText.quote(text, SHOWN)).orElse("")
                + subjectName
                        .map(glob -> " for " + SafeText.quote(glob.toString(), SHOWN))
                        .orElse("");
    }
}
