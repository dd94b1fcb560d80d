package io.imagegate.signature.crypto;

import io.imagegate.certificate.PublicKeyInfo;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.SigningKey;
import java.security.PublicKey;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A public key as certificates hold it (SubjectPublicKeyInfo), and what its signatures look like. */
public final class VerificationKey {

    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 16384;

    /** Which keys there are. */
    public enum Kind {
        P256("EC", HashAlgorithm.SHA256, 32),
        P384("EC", HashAlgorithm.SHA384, 48),
        P521("EC", HashAlgorithm.SHA512, 66),
        RSA("RSA", HashAlgorithm.SHA256, 0),
        ED25519("Ed25519", HashAlgorithm.SHA512, 0),
        OTHER("", HashAlgorithm.SHA256, 0);

        private final String factory;
        private final HashAlgorithm hash;
        private final int bytes;

        Kind(String factory, HashAlgorithm hash, int bytes) {
            this.factory = factory;
            this.hash = hash;
            this.bytes = bytes;
        }
    }

    private static final Map<String, Kind> CURVES = Map.of(
            "1.2.840.10045.3.1.7", Kind.P256,
            "1.3.132.0.34", Kind.P384,
            "1.3.132.0.35", Kind.P521);

    private final byte[] info;
    private final Kind kind;
    private final String name;
    private final int bits;

    /** Keys of signers and logs verify many signatures. */
    private volatile @Nullable Made made;

    /** The key as a provider has it. */
    private record Made(Crypto crypto, PublicKey key) {}

    private VerificationKey(byte[] info, Kind kind, String name, int bits) {
        this.info = info;
        this.kind = kind;
        this.name = name;
        this.bits = bits;
    }

    /** Reads a key. One of an unknown algorithm is read, too, and refused when it is used. */
    public static VerificationKey read(String what, byte[] info) {
        Der parts = Der.only(what, info, Der.SEQUENCE).inside();
        Der algorithm = parts.next(Der.SEQUENCE).inside();
        String oid = algorithm.next(Der.OID).oid();
        byte[] key = parts.next(Der.BIT_STRING).bits();
        parts.end();
        return switch (oid) {
            case "1.2.840.10045.2.1" -> elliptic(info, algorithm);
            case "1.2.840.113549.1.1.1" -> new VerificationKey(info, Kind.RSA, "RSA", modulusBits(what, key));
            case "1.3.101.112" -> new VerificationKey(info, Kind.ED25519, "Ed25519", 255);
            default -> new VerificationKey(info, Kind.OTHER, "algorithm " + oid, 0);
        };
    }

    /** {@return a key of RSA that is written without its algorithm (PKCS #1)} */
    public static VerificationKey readRsa(String what, byte[] key) {
        return read(what, PublicKeyInfo.ofRsa(key));
    }

    private static VerificationKey elliptic(byte[] info, Der algorithm) {
        String curve = algorithm.isNext(Der.OID) ? algorithm.next().oid() : "with parameters of its own";
        Kind kind = CURVES.getOrDefault(curve, Kind.OTHER);
        return new VerificationKey(info, kind, kind == Kind.OTHER ? "curve " + curve : kind.name(), kind.bytes * 8);
    }

    private static int modulusBits(String what, byte[] key) {
        Der numbers = Der.only(what, key, Der.SEQUENCE).inside();
        int length = numbers.next(Der.INTEGER).integer().bitLength();
        numbers.next(Der.INTEGER);
        numbers.end();
        return length;
    }

    public byte[] info() {
        return info.clone();
    }

    public Kind kind() {
        return kind;
    }

    public int bits() {
        return bits;
    }

    public boolean isSame(byte[] otherInfo) {
        return Arrays.equals(info, otherInfo);
    }

    /** {@return the hash that names the key} */
    public byte[] hash(Crypto crypto) {
        return crypto.digest(HashAlgorithm.SHA256, info);
    }

    /** {@return the fingerprint that policies have for the key, however it is encoded} */
    public String fingerprint(Crypto crypto) {
        return SigningKey.of(key(crypto)).fingerprint();
    }

    /** Refuses a key that no signature of a signer may be made with. */
    public void requireStrength() {
        if (kind == Kind.OTHER) {
            throw Refusal.undecidable("keys of " + name + " are not supported, expected ECDSA on P-256, P-384 or P-521,"
                    + " RSA, or Ed25519");
        }
        if (kind == Kind.RSA && (bits < SHORTEST_RSA || bits > LONGEST_RSA)) {
            throw Refusal.violated(
                    SignatureFault.KEY,
                    "the RSA key has " + bits + " bits, expected " + SHORTEST_RSA + " to " + LONGEST_RSA);
        }
    }

    /** {@return the hashes over which a signature counts, the likely one first} */
    public Set<HashAlgorithm> hashes() {
        return new LinkedHashSet<>(List.of(kind.hash, HashAlgorithm.SHA256));
    }

    /** {@return whether a signature is one of this key over a message} */
    public boolean verifies(Crypto crypto, MessageSource message, byte[] signature) {
        requireStrength();
        PublicKey key = key(crypto);
        if (kind == Kind.RSA) {
            requireComplete(message);
            return crypto.verifies("SHA256withRSA", null, key, message, signature);
        }
        if (kind == Kind.ED25519) {
            requireComplete(message);
            return crypto.verifies("Ed25519", null, key, message, signature)
                    || crypto.verifies("Ed25519", new EdDSAParameterSpec(true), key, message, signature);
        }
        return hashes().stream().anyMatch(hash -> verifies(crypto, key, hash, message, signature));
    }

    /** {@return whether a signature of a named algorithm is one of this key, as messages of CMS name them} */
    public boolean verifies(Crypto crypto, CmsAlgorithm algorithm, MessageSource message, byte[] signature) {
        requireStrength();
        return algorithm.keys().equals(kind.factory)
                && crypto.verifies(algorithm.name(), null, key(crypto), message, signature);
    }

    /** {@return whether a signature of RSA with the padding PSS is one of this key} Its salt is as long as its hash. */
    public boolean verifiesPss(Crypto crypto, HashAlgorithm hash, MessageSource message, byte[] signature) {
        MGF1ParameterSpec mask = new MGF1ParameterSpec(hash.jca());
        PSSParameterSpec padding = new PSSParameterSpec(hash.jca(), "MGF1", mask, hash.bytes(), 1);
        return crypto.verifies(SignatureEncoding.PSS, padding, key(crypto), message, signature);
    }

    /** {@return whether a signature of ECDSA, two numbers side by side, is one of this key} */
    public boolean verifiesPlain(Crypto crypto, HashAlgorithm hash, MessageSource message, byte[] signature) {
        return signature.length == 2 * kind.bytes
                && crypto.verifies(
                        hash.withoutDash() + "withECDSA",
                        null,
                        key(crypto),
                        message,
                        EcdsaSignature.ofPlain(signature));
    }

    /**
     * {@return whether a signature may be one of this key, as far as its form tells}
     *
     * @param algorithm the object identifier of its algorithm
     */
    public boolean fits(Crypto crypto, String algorithm, byte[] signature) {
        return SignatureEncoding.isOf(key(crypto), algorithm, signature);
    }

    /** {@return whether a list of revoked certificates is signed by this key} */
    public boolean signedList(Crypto crypto, String what, byte[] crl) {
        requireStrength();
        return crypto.isSigned(what, crl, key(crypto));
    }

    private PublicKey key(Crypto crypto) {
        Made last = made;
        if (last == null || last.crypto != crypto) {
            last = new Made(crypto, crypto.key(kind.factory, info));
            made = last;
        }
        return last.key;
    }

    private void requireComplete(MessageSource message) {
        if (!message.isComplete()) {
            throw Refusal.undecidable("a signature by a key of " + this + " needs the content, not only its digest");
        }
    }

    private static boolean verifies(
            Crypto crypto, PublicKey key, HashAlgorithm hash, MessageSource message, byte[] signature) {
        if (message.isComplete()) {
            return crypto.verifies(hash.withoutDash() + "withECDSA", null, key, message, signature);
        }
        byte[] digest = message.digest(crypto, hash);
        return digest.length > 0 && crypto.verifies("NONEwithECDSA", null, key, MessageSource.of(digest), signature);
    }

    /** {@return the name that entries of Rekor 2 have for signatures of this key} */
    public String details() {
        return switch (kind) {
            case P256 -> "PKIX_ECDSA_P256_SHA_256";
            case P384 -> "PKIX_ECDSA_P384_SHA_384";
            case P521 -> "PKIX_ECDSA_P521_SHA_512";
            case RSA -> "PKIX_RSA_PKCS1V15_" + bits + "_SHA256";
            case ED25519 -> "PKIX_ED25519_PH";
            case OTHER -> "";
        };
    }

    /** {@return kind and size, for people} */
    @Override
    public String toString() {
        return kind == Kind.RSA ? "RSA of " + bits + " bits" : name;
    }
}
