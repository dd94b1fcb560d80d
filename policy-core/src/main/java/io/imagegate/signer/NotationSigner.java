package io.imagegate.signer;

import io.imagegate.text.SafeText;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Signer with certificates of a company's own authority, who signs with Notation.
 *
 * @param name the name, for messages
 * @param roots the certificates of the authority, at least one
 * @param identities whose certificates count, at least one
 * @param timestamps the certificates of time-stamping authorities
 * @param crls the certificates that authorities revoked
 * @param revocation what must be known about revocation
 * @since 0.1
 */
public record NotationSigner(
        String name,
        List<X509Certificate> roots,
        List<SubjectParts> identities,
        List<X509Certificate> timestamps,
        List<RevocationList> crls,
        Revocation revocation)
        implements Signer {

    private static final int MOST = 32;
    private static final int SHOWN = 200;

    /** What must be known about the revocation of certificates below the root. */
    public enum Revocation {
        /** Each needs a current CRL of its issuer. */
        REQUIRED,
        /** Those need a current one whose issuer has a CRL among the given ones. */
        GIVEN
    }

    /**
     * Refuses what would accept every certificate of the authority, or none.
     *
     * @param name the name, for messages
     * @param roots the certificates of the authority, at least one
     * @param identities whose certificates count, at least one
     * @param timestamps the certificates of time-stamping authorities
     * @param crls the certificates that authorities revoked
     * @param revocation what must be known about revocation
     * @throws IllegalArgumentException if there is no root, no identity, or no CRL though one is required
     */
    public NotationSigner {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(revocation, "revocation");
        roots = List.copyOf(roots);
        identities = List.copyOf(identities);
        timestamps = List.copyOf(timestamps);
        crls = List.copyOf(crls);
        require(name, "root", roots);
        require(name, "identity", identities);
        if (crls.size() > MOST) {
            throw new IllegalArgumentException(crls.size() + " CRLs, expected at most " + MOST);
        }
        if (revocation == Revocation.REQUIRED && crls.isEmpty()) {
            throw new IllegalArgumentException("revocation is required, but there are no CRLs, expected crls");
        }
    }

    private static void require(String name, String what, List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("signer \"" + name + "\": expected at least one " + what + ", got none");
        }
    }

    /** {@return empty: these signatures are in no log} */
    @Override
    public Optional<Trust> trust() {
        return Optional.empty();
    }

    @Override
    public String identity() {
        return new ContentHash()
                .add("notation")
                .addAll(CertificateSigner.fingerprints(roots))
                .addAll(identities.stream().map(SubjectParts::content).toList())
                .addAll(CertificateSigner.fingerprints(timestamps))
                .addAll(crls.stream().map(RevocationList::fingerprint).toList())
                .add(revocation.name())
                .hex();
    }

    /**
     * {@return a copy with authorities whose timestamps prove when a signature existed}
     *
     * @param authorities their certificates
     */
    public NotationSigner withTimestamps(List<X509Certificate> authorities) {
        return new NotationSigner(name, roots, identities, authorities, crls, revocation);
    }

    /**
     * {@return a copy with lists of revoked certificates} Certificates whose issuer has a list here need a current one.
     *
     * @param lists the lists
     * @throws IllegalArgumentException if there are too many, or none though one is required
     */
    public NotationSigner withCrls(List<RevocationList> lists) {
        return new NotationSigner(name, roots, identities, timestamps, lists, revocation);
    }

    /**
     * {@return a copy with other demands}
     *
     * @param demand what must be known about revocation
     * @throws IllegalArgumentException if a list is required, but there are none
     */
    public NotationSigner withRevocation(Revocation demand) {
        return new NotationSigner(name, roots, identities, timestamps, crls, demand);
    }

    @Override
    public void requireAttesting() {
        throw new IllegalArgumentException("signatures by \"" + name
                + "\" have the form of Notation, which has no attestations; expected signers of other kinds");
    }

    @Override
    public int weight() {
        return crls.stream().mapToInt(crl -> crl.content().length).sum();
    }

    /** {@return the certificate, for messages} */
    @Override
    public String toString() {
        return "a certificate of "
                + identities.stream()
                        .map(identity -> SafeText.quote(identity.toString(), SHOWN))
                        .collect(Collectors.joining(" or "));
    }
}
