package io.imagegate.signature;

import io.imagegate.signature.encoding.PemBlocks;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.SubjectPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds signers with certificates of an authority of their own. Not thread-safe.
 *
 * @since 0.1
 */
public final class CertificateSignerBuilder {

    final List<Certificate> roots;
    final List<Certificate> timestamps = new ArrayList<>();

    @Nullable
    SubjectPattern subject;

    @Nullable
    PathGlob identity;

    @Nullable
    Trust trust;

    CertificateSignerBuilder(List<byte[]> roots) {
        this.roots = certificates("roots", roots);
    }

    static List<Certificate> certificates(String name, List<byte[]> files) {
        List<Certificate> certificates = new ArrayList<>();
        try {
            for (byte[] file : files) {
                PemBlocks.certificates(name, new String(file, StandardCharsets.UTF_8))
                        .forEach(encoded -> certificates.add(Certificate.read(name, encoded)));
            }
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected PEM of certificates, got none");
        }
        return certificates;
    }

    /**
     * Demands a subject.
     *
     * @param pattern the whole subject as RFC 4514 writes it, such as {@code CN=release,O=acme}; values may have {@code *} for
     *     any characters but slashes
     * @return this builder
     * @throws IllegalArgumentException if the text is not a list of types and values
     */
    public CertificateSignerBuilder subject(String pattern) {
        subject = SubjectPattern.parse(pattern);
        return this;
    }

    /**
     * Demands a subject alternative name.
     *
     * @param pattern the only name, in which {@code *} stands for any characters but slashes and {@code **} for any characters
     * @return this builder
     * @throws IllegalArgumentException if the pattern is empty
     */
    public CertificateSignerBuilder identity(String pattern) {
        identity = PathGlob.parse(pattern);
        return this;
    }

    /**
     * Demands evidence.
     *
     * @param evidence logs and authorities, and how many must verify
     * @return this builder
     */
    public CertificateSignerBuilder trust(Trust evidence) {
        trust = Objects.requireNonNull(evidence, "evidence");
        return this;
    }

    /**
     * Sets the authorities whose timestamps prove when a signature existed.
     *
     * @param files PEM of their root certificates, one or more in each
     * @return this builder
     * @throws IllegalArgumentException if one is not PEM of certificates
     */
    public CertificateSignerBuilder timestamps(List<byte[]> files) {
        timestamps.addAll(certificates("timestamps", files));
        return this;
    }

    /**
     * {@return the signer}
     *
     * @throws IllegalArgumentException if neither a subject nor an identity is demanded, or both a trust and timestamps are set
     */
    public Signer build() {
        if (subject == null && identity == null) {
            throw new IllegalArgumentException(
                    "a signer by certificate: expected a subject or an identity, got neither");
        }
        if (trust != null && !timestamps.isEmpty()) {
            throw new IllegalArgumentException("a signer by certificate: expected a trust or timestamps, got both");
        }
        return new CertificateSigner(this);
    }
}
