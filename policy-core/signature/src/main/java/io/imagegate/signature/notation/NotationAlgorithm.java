package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.crypto.VerificationKey.Kind;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.Arrays;

/** The algorithms of Notation, each of which is for keys of one kind and size alone. */
enum NotationAlgorithm {
    ES256(-7, Kind.P256, 256, HashAlgorithm.SHA256),
    ES384(-35, Kind.P384, 384, HashAlgorithm.SHA384),
    ES512(-36, Kind.P521, 521, HashAlgorithm.SHA512),
    PS256(-37, Kind.RSA, 2048, HashAlgorithm.SHA256),
    PS384(-38, Kind.RSA, 3072, HashAlgorithm.SHA384),
    PS512(-39, Kind.RSA, 4096, HashAlgorithm.SHA512);

    private final long cose;
    private final Kind kind;
    private final int bits;
    private final HashAlgorithm hash;

    NotationAlgorithm(long cose, Kind kind, int bits, HashAlgorithm hash) {
        this.cose = cose;
        this.kind = kind;
        this.bits = bits;
        this.hash = hash;
    }

    /** {@return the algorithm that JWS names so} */
    static NotationAlgorithm ofJws(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(Refusal.shown(name)));
    }

    /** {@return the algorithm that COSE numbers so} */
    static NotationAlgorithm ofCose(long number) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.cose == number)
                .findFirst()
                .orElseThrow(() -> unknown(String.valueOf(number)));
    }

    private static Refusal unknown(String shown) {
        return Refusal.format("the signature's algorithm is " + shown
                + ", expected one of ES256, ES384, ES512, PS256, PS384 and PS512");
    }

    /** Refuses a key of another kind or size. */
    void requireFor(VerificationKey key) {
        boolean fits = key.kind() == kind && (kind != Kind.RSA || key.bits() == bits);
        if (!fits) {
            throw Refusal.violated(
                    SignatureFault.KEY,
                    "signed by " + name() + " with a key of " + key + ", expected "
                            + (kind == Kind.RSA ? "RSA of " + bits + " bits" : "ECDSA on P-" + bits));
        }
    }

    boolean verifies(Crypto crypto, VerificationKey key, MessageSource message, byte[] signature) {
        return kind == Kind.RSA
                ? key.verifiesPss(crypto, hash, message, signature)
                : key.verifiesPlain(crypto, hash, message, signature);
    }
}
