package io.imagegate.signer;

import io.imagegate.certificate.PublicKeyInfo;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Public key of a signer: ECDSA on P-256, P-384 or P-521, RSA from 2,048 to 16,384 bits, or Ed25519. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class SigningKey {

    private static final int SMALLEST_RSA = 2_048;
    private static final int LARGEST_RSA = 16_384;
    private static final Map<Integer, String> CURVES = Map.of(
            256, "1.2.840.10045.3.1.7",
            384, "1.3.132.0.34",
            521, "1.3.132.0.35");

    private final PublicKey key;
    private final String fingerprint;
    private final @Nullable Instant notAfter;
    private final String content;

    private SigningKey(PublicKey key, String fingerprint, @Nullable Instant notAfter) {
        this.key = key;
        this.fingerprint = fingerprint;
        this.notAfter = notAfter;
        this.content = fingerprint + " " + notAfter;
    }

    /**
     * Makes a key that does not expire.
     *
     * @param key the key
     * @return the key
     * @throws IllegalArgumentException if it is of another kind or too small
     */
    public static SigningKey of(PublicKey key) {
        try {
            // Made anew from its numbers: files can encode one key in several ways, and it must count once.
            PublicKey same = KeyFactory.getInstance(algorithm(key)).generatePublic(spec(key));
            return new SigningKey(same, "sha256:" + ContentHash.of(same.getEncoded()), null);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a key that this Java platform cannot use: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a key that does not expire.
     *
     * @param pem the text of a file with one public key in PEM, such as a {@code cosign.pub}
     * @return the key
     * @throws IllegalArgumentException if it is none, of another kind or too small; the message says what was expected
     */
    public static SigningKey read(String pem) {
        return of(PemFile.publicKey(pem));
    }

    private static String algorithm(PublicKey key) {
        return key instanceof EdECPublicKey ? "EdDSA" : key.getAlgorithm();
    }

    private static KeySpec spec(PublicKey key) throws GeneralSecurityException {
        if (key instanceof ECPublicKey ec) {
            requireCurve(ec);
            requireSound(ec);
            return new ECPublicKeySpec(ec.getW(), ec.getParams());
        }
        if (key instanceof RSAPublicKey rsa) {
            requireSize(rsa.getModulus().bitLength());
            requireSound(rsa);
            return new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519")) {
            requireSound(ed);
            return new EdECPublicKeySpec(ed.getParams(), ed.getPoint());
        }
        throw new IllegalArgumentException("a key of the kind " + key.getAlgorithm()
                + ", expected ECDSA on P-256, P-384 or P-521, RSA or Ed25519");
    }

    private static void requireCurve(ECPublicKey key) throws GeneralSecurityException {
        int bits = key.getParams().getCurve().getField().getFieldSize();
        String curve = CURVES.get(bits);
        if (curve == null || !NamedCurve.of(curve).equals(NamedCurve.of(key.getParams()))) {
            throw new IllegalArgumentException("an ECDSA key on another curve, expected P-256, P-384 or P-521");
        }
    }

    /** Platforms take points beside the curve, and exponents that no key has. */
    private static void requireSound(PublicKey key) {
        if (!PublicKeyInfo.isSound(key)) {
            throw new IllegalArgumentException("the public key is not a valid " + key.getAlgorithm() + " key");
        }
    }

    private static void requireSize(int bits) {
        if (bits < SMALLEST_RSA || bits > LARGEST_RSA) {
            throw new IllegalArgumentException(
                    "an RSA key of " + bits + " bits, expected " + SMALLEST_RSA + " to " + LARGEST_RSA);
        }
    }

    /**
     * {@return a copy that expires}
     *
     * @param last the last instant at which it counts; with a {@link Trust}, signatures proven until then count
     *     afterwards, too
     */
    public SigningKey withNotAfter(Instant last) {
        return new SigningKey(key, fingerprint, Objects.requireNonNull(last, "notAfter"));
    }

    /** {@return the key, for the JCA} */
    public PublicKey publicKey() {
        return key;
    }

    /** {@return {@code sha256:} and the SHA-256 of the key's SubjectPublicKeyInfo, in hexadecimal} */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return the last instant at which it counts; empty if it does not expire} */
    public Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }

    /** {@return what decides which signatures count} */
    String content() {
        return content;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SigningKey that && content().equals(that.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    /** {@return the fingerprint, and when it expires} */
    @Override
    public String toString() {
        return fingerprint + notAfter().map(last -> " until " + last).orElse("");
    }
}
