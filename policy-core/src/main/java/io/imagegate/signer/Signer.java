package io.imagegate.signer;

import io.imagegate.reference.Digest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may sign images. Policies name signers, and the verifier of {@code policy-signature} takes the same ones. It refuses kinds
 * of signers that none of its forms of signatures has; a {@link io.imagegate.fact.FactSource} of your own may know others.
 * Implementations are immutable and thread-safe, and have {@code equals} and {@code hashCode}.
 *
 * <pre>{@code
 * Signer release = Signer.keys("release", List.of(SigningKey.read(Files.readString(Path.of("cosign.pub")))));
 * Trust trust = Trust.of("public", Files.readString(Path.of("trusted_root.json")));
 * Signer ci = Signer.keyless(
 *                 "ci",
 *                 trust,
 *                 "https://token.actions.githubusercontent.com",
 *                 "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/*")
 *         .withCertificate(CertificateField.SOURCE_REPOSITORY, "https://github.com/acme/api");
 * List<X509Certificate> roots = PemFile.certificates(Files.readString(Path.of("ca.pem")));
 * Signer office = Signer.certificate("office", roots, "CN=release,O=acme");
 * Signer notary = Signer.notation("notary", roots, "C=DE, ST=BE, O=acme, CN=acme release")
 *         .withTimestamps(PemFile.certificates(Files.readString(Path.of("tsa-root.pem"))))
 *         .withCrls(List.of(PemFile.crl(Files.readAllBytes(Path.of("ca.crl")))));
 * }</pre>
 *
 * @since 0.1
 */
public interface Signer {

    /**
     * {@return a signer with public keys, whose signatures need no log entry and no timestamp}
     *
     * @param name the name, for messages
     * @param keys old and new keys of one party
     * @throws IllegalArgumentException if there is no key
     */
    static KeySigner keys(String name, List<SigningKey> keys) {
        return new KeySigner(name, keys, Optional.empty());
    }

    /**
     * {@return a signer with an identity, who gets a certificate of a few minutes for each signature}
     *
     * @param name the name, for messages
     * @param trust who issues certificates, and the evidence that each signature needs
     * @param issuer the issuer of the token, compared exactly
     * @param identity the {@linkplain PathGlob glob} of the identity in the certificate
     * @throws IllegalArgumentException if the issuer is empty, the identity is no glob, or the trust demands neither a log nor a
     *     timestamp
     */
    static KeylessSigner keyless(String name, Trust trust, String issuer, String identity) {
        return new KeylessSigner(name, trust, issuer, PathGlob.parse(identity), Map.of());
    }

    /**
     * {@return a signer with certificates of a company's own authority}
     *
     * @param name the name, for messages
     * @param roots the certificates of the authority
     * @param subject the {@linkplain SubjectPattern pattern} of the subject of the signer's certificate
     * @throws IllegalArgumentException if there is no root, or the subject is no pattern
     */
    static CertificateSigner certificate(String name, List<X509Certificate> roots, String subject) {
        return new CertificateSigner(name, roots, Optional.of(subject), Optional.empty(), List.of(), Optional.empty());
    }

    /**
     * {@return a signer with certificates of a company's own authority, whose signatures have the form of Notation}
     *
     * @param name the name, for messages
     * @param roots the certificates of the authority
     * @param identities the {@linkplain SubjectParts parts} that the subject of the signer's certificate must have, those of
     *     one identity at least
     * @throws IllegalArgumentException if there is no root or no identity, or one is not such parts
     */
    static NotationSigner notation(String name, List<X509Certificate> roots, String... identities) {
        return new NotationSigner(
                name,
                roots,
                Stream.of(identities).map(SubjectParts::parse).toList(),
                List.of(),
                List.of(),
                NotationSigner.Revocation.GIVEN);
    }

    /** {@return the name, for messages; two signers may have one name or one content} */
    String name();

    /** {@return the SHA-256 of everything that decides whose signatures count, in hexadecimal; the name does not} */
    String identity();

    /** {@return the logs and authorities that must confirm signatures; empty if none must} */
    Optional<Trust> trust();

    /** {@return whether the certificate of each signature proves when it was made} */
    default boolean provesAge() {
        return false;
    }

    /**
     * Refuses signers whose signatures are never attestations. By default none is refused.
     *
     * @throws IllegalArgumentException if they are not; the message says why
     */
    default void requireAttesting() {}

    /** {@return the bytes of its trusted root, and of lists if it has some, by estimate} */
    default int weight() {
        return trust().map(root -> root.content().length()).orElse(0);
    }

    /**
     * {@return a signature of this signer that is assumed, not verified, for tests of policies}
     *
     * @param digest the manifest or index that was signed
     * @param at when it was made, if that is stated
     */
    default SignedBy assumed(Digest digest, Optional<Instant> at) {
        SignedBy signed = SignedBy.of(this, Signatory.identity(name(), "the test case"), digest);
        return provesAge() ? at.map(signed::withIssued).orElse(signed) : signed;
    }

    /** {@return whose signatures count, for messages: a key, an identity or a certificate} */
    @Override
    String toString();
}
