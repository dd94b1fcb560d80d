package io.imagegate.signature;

import io.imagegate.signature.x509.FulcioExtensions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures count. Immutable and thread-safe; two signers are equal if the same signatures count for them, as far as
 * their settings and the bytes of keys, certificates and trusted roots tell.
 *
 * @since 0.1
 */
public abstract sealed class Signer permits KeySigner, KeylessSigner, CertificateSigner, NotationSigner {

    private final List<Object> settings;

    Signer(Object... settings) {
        this.settings = List.of(settings);
    }

    /** {@return who signed} Whatever does not count ends in a refusal. What was signed is not read. */
    abstract SignatureProof verify(Verification verification);

    /** {@return the name of the form whose signatures count, and no others} */
    String form() {
        return "cosign";
    }

    /**
     * {@return a signer with public keys, whose signatures need no log entry or timestamp}
     *
     * @param keys old and new keys of one signer
     * @throws IllegalArgumentException if there is none
     */
    public static Signer keys(List<SigningKey> keys) {
        return new KeySigner(keys, null);
    }

    /**
     * {@return a signer with public keys}
     *
     * @param keys old and new keys of one signer
     * @param trust evidence that each signature needs
     * @throws IllegalArgumentException if there is no key
     */
    public static Signer keys(List<SigningKey> keys, Trust trust) {
        return new KeySigner(keys, Objects.requireNonNull(trust, "trust"));
    }

    /**
     * {@return a signer with an identity, who gets a certificate of a few minutes for each signature}
     *
     * @param trust who issues certificates, and evidence that each signature needs
     * @param issuer who knows the identity; compared exactly
     * @param identity subject alternative name of the certificate: a pattern, in which {@code *} stands for any characters but
     *     slashes and {@code **} for any characters
     * @param certificate patterns for other parts of the certificate by {@linkplain #certificateFields() name}, such as
     *     {@code sourceRepository}
     * @throws IllegalArgumentException if issuer, identity or a pattern is empty, or a name is unknown
     */
    public static Signer keyless(Trust trust, String issuer, String identity, Map<String, String> certificate) {
        return new KeylessSigner(trust, issuer, identity, certificate);
    }

    /**
     * Starts a signer with certificates of an authority of their own.
     *
     * @param roots PEM of certificates, one or more in each
     * @return a builder
     * @throws IllegalArgumentException if there is no root, or one is not PEM of certificates
     */
    public static CertificateSignerBuilder certificate(List<byte[]> roots) {
        return new CertificateSignerBuilder(roots);
    }

    /**
     * Starts a signer with certificates of an authority of their own, whose signatures are those of Notation. They are verified as
     * at its level "strict".
     *
     * @param roots PEM of certificates, one or more in each
     * @return a builder
     * @throws IllegalArgumentException if there is no root, or one is not PEM of certificates
     */
    public static NotationSignerBuilder notation(List<byte[]> roots) {
        return new NotationSignerBuilder(roots);
    }

    /** {@return the names of the parts of certificates that a keyless signer may demand} */
    public static Set<String> certificateFields() {
        return FulcioExtensions.FIELDS.keySet();
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Signer signer && getClass() == signer.getClass() && settings.equals(signer.settings);
    }

    @Override
    public final int hashCode() {
        return settings.hashCode();
    }

    /** {@return what is wanted, for messages: a key, an identity, or a certificate} */
    @Override
    public abstract String toString();
}
