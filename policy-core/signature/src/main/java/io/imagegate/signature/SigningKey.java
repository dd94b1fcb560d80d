package io.imagegate.signature;

import io.imagegate.certificate.Pem;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.encoding.PemBlocks;
import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A public key of a signer: ECDSA on P-256, P-384 or P-521, RSA of 2048 bits or more, or Ed25519. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SigningKey {

    private static final Crypto INSTALLED = new Crypto(null);

    private final VerificationKey key;
    private final Optional<Instant> notAfter;

    private SigningKey(VerificationKey key, Optional<Instant> notAfter) {
        this.key = key;
        this.notAfter = notAfter;
    }

    /**
     * Reads a public key.
     *
     * @param file PEM of one public key, such as a {@code cosign.pub}
     * @return the key, which does not expire
     * @throws IllegalArgumentException if it is not one, or not of a supported kind; the message says what was expected
     */
    public static SigningKey read(byte[] file) {
        try {
            List<Pem> blocks = PemBlocks.read("the key", new String(file, StandardCharsets.UTF_8));
            if (blocks.size() != 1) {
                throw Refusal.format("the key is not PEM of one block");
            }
            VerificationKey key = key(blocks.get(0));
            key.requireStrength();
            key.requireValid(INSTALLED);
            return new SigningKey(key, Optional.empty());
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    private static VerificationKey key(Pem block) {
        return switch (block.label()) {
            case "PUBLIC KEY" -> VerificationKey.read("the key", PemBlocks.content("the key", block));
            case "RSA PUBLIC KEY" -> VerificationKey.readRsa("the key", PemBlocks.content("the key", block));
            default ->
                throw Refusal.format("the key is a " + Refusal.shown(block.label()) + ", expected a PUBLIC KEY: cosign"
                        + " writes it to cosign.pub");
        };
    }

    /**
     * {@return a copy that expires}
     *
     * @param time last instant at which the key counts
     */
    public SigningKey withNotAfter(Instant time) {
        return new SigningKey(key, Optional.of(time));
    }

    VerificationKey key() {
        return key;
    }

    Optional<Instant> notAfter() {
        return notAfter;
    }

    String name() {
        return "sha256:" + Hex.encode(key.hash(INSTALLED));
    }

    /** {@return hash of the key, and when it expires} */
    @Override
    public String toString() {
        return name() + notAfter.map(time -> " until " + time).orElse("");
    }
}
