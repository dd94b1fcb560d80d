package io.imagegate.signature;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Objects;

/** A pair of keys. */
public record TestKey(KeyPair pair, String algorithm, boolean prehashed) {

    /** Twice the order of P-256, which no signature has. */
    static final byte[] FORGED = forged();

    private static final String FORGING = "forging";

    private static byte[] forged() {
        byte[] order =
                new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16).toByteArray();
        byte[] number = DerWriter.element(Der.INTEGER, order);
        return DerWriter.element(Der.SEQUENCE, number, number);
    }

    public static TestKey p256() {
        return ec("secp256r1", "SHA256withECDSA");
    }

    static TestKey ec(String curve, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new TestKey(generator.generateKeyPair(), algorithm, false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestKey rsa(int bits, String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return new TestKey(generator.generateKeyPair(), algorithm, false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of 2048, 3072 or 4096 bits, the same in each run: it takes seconds to find such primes. */
    static TestKey keptRsa(int bits) {
        String name = "rsa-" + bits + ".der";
        try (InputStream file = Objects.requireNonNull(TestKey.class.getResourceAsStream(name), name)) {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            PrivateKey key = factory.generatePrivate(new PKCS8EncodedKeySpec(file.readAllBytes()));
            RSAPrivateCrtKey numbers = (RSAPrivateCrtKey) key;
            PublicKey open =
                    factory.generatePublic(new RSAPublicKeySpec(numbers.getModulus(), numbers.getPublicExponent()));
            return new TestKey(new KeyPair(open, key), "", false);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestKey ed25519(boolean prehashed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            return new TestKey(generator.generateKeyPair(), "Ed25519", prehashed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    TestKey with(String otherAlgorithm) {
        return new TestKey(pair, otherAlgorithm, prehashed);
    }

    /** One with the same public key that signs without the private one. */
    TestKey forging() {
        return with(FORGING);
    }

    boolean isForging() {
        return algorithm.equals(FORGING);
    }

    byte[] info() {
        return pair.getPublic().getEncoded();
    }

    public byte[] sign(byte[] message) {
        if (isForging()) {
            return FORGED.clone();
        }
        try {
            Signature signature = Signature.getInstance(algorithm);
            if (prehashed) {
                signature.setParameter(new EdDSAParameterSpec(true));
            }
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] pem() {
        return pem("PUBLIC KEY", info()).getBytes(StandardCharsets.US_ASCII);
    }

    public static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + label
                + "-----\n";
    }
}
