package io.imagegate.signature.crypto;

import io.imagegate.signature.refusal.Refusal;
import java.util.Arrays;
import java.util.Optional;

/** A hash of the SHA-2 family, as each format names it. */
public enum HashAlgorithm {
    SHA256("SHA-256", "sha256", "SHA2_256", "2.16.840.1.101.3.4.2.1"),
    SHA384("SHA-384", "sha384", "SHA2_384", "2.16.840.1.101.3.4.2.2"),
    SHA512("SHA-512", "sha512", "SHA2_512", "2.16.840.1.101.3.4.2.3");

    private final String jca;
    private final String digest;
    private final String protobuf;
    private final String oid;
    private final String withoutDash;

    HashAlgorithm(String jca, String digest, String protobuf, String oid) {
        this.jca = jca;
        this.digest = digest;
        this.protobuf = protobuf;
        this.oid = oid;
        this.withoutDash = jca.replace("-", "");
    }

    public static HashAlgorithm ofDigest(String name) {
        return find(
                Arrays.stream(values()).filter(hash -> hash.digest.equals(name)).findFirst(), name);
    }

    public static HashAlgorithm ofProtobuf(String name) {
        return find(
                Arrays.stream(values())
                        .filter(hash -> hash.protobuf.equals(name))
                        .findFirst(),
                name);
    }

    public static HashAlgorithm ofOid(String oid) {
        return find(Arrays.stream(values()).filter(hash -> hash.oid.equals(oid)).findFirst(), oid);
    }

    private static HashAlgorithm find(Optional<HashAlgorithm> hash, String name) {
        return hash.orElseThrow(() -> Refusal.undecidable("the hash algorithm " + Refusal.shown(name)
                + " is not supported, expected SHA-256, SHA-384 or SHA-512"));
    }

    /** {@return the name in Java} */
    String jca() {
        return jca;
    }

    /** {@return the name in digests of images} */
    public String digest() {
        return digest;
    }

    /** {@return the length of a hash} */
    int bytes() {
        return Integer.parseInt(jca.substring("SHA-".length())) / Byte.SIZE;
    }

    /** {@return the object identifier} */
    public String oid() {
        return oid;
    }

    /** {@return the name in bundles} */
    public String protobuf() {
        return protobuf;
    }

    /** {@return the part of the names of Java's signature algorithms} */
    String withoutDash() {
        return withoutDash;
    }
}
