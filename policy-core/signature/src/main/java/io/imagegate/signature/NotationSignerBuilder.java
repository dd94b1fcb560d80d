package io.imagegate.signature;

import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.Crl;
import io.imagegate.signer.SubjectParts;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds signers whose signatures are those of Notation. Not thread-safe.
 *
 * @since 0.1
 */
public final class NotationSignerBuilder {

    final List<Certificate> roots;
    final List<SubjectParts> identities = new ArrayList<>();
    final List<Certificate> timestamps = new ArrayList<>();
    final List<Crl> crls = new ArrayList<>();
    boolean revocationRequired;

    NotationSignerBuilder(List<byte[]> roots) {
        this.roots = CertificateSignerBuilder.certificates("roots", roots);
    }

    /**
     * Adds an identity, of which one at least must be that of the certificate.
     *
     * @param parts what its subject must have, such as {@code C=DE, ST=BE, O=acme, CN=acme release}
     * @return this builder
     * @throws IllegalArgumentException if the text is not a list of types and values, or has no C, ST or O
     */
    public NotationSignerBuilder identity(String parts) {
        identities.add(SubjectParts.parse(parts));
        return this;
    }

    /**
     * Sets the authorities whose timestamps prove when a signature existed.
     *
     * @param files PEM of their root certificates, one or more in each
     * @return this builder
     * @throws IllegalArgumentException if one is not PEM of certificates
     */
    public NotationSignerBuilder timestamps(List<byte[]> files) {
        timestamps.addAll(CertificateSignerBuilder.certificates("timestamps", files));
        return this;
    }

    /**
     * Adds lists of revoked certificates. Certificates whose issuer has a list here need a current one.
     *
     * @param lists each in DER, and about all certificates of its authority
     * @return this builder
     * @throws IllegalArgumentException if one is not such a list
     */
    public NotationSignerBuilder crls(List<byte[]> lists) {
        try {
            lists.forEach(list -> crls.add(Crl.read("the CRL", list.clone())));
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
        return this;
    }

    /**
     * Demands a current list for each certificate below the root.
     *
     * @return this builder
     */
    public NotationSignerBuilder requireRevocation() {
        revocationRequired = true;
        return this;
    }

    /**
     * {@return the signer}
     *
     * @throws IllegalArgumentException if there is no identity
     */
    public Signer build() {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("a signer of Notation: expected an identity, got none");
        }
        return new NotationSigner(this);
    }
}
