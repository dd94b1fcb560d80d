package io.imagegate.signature;

import static io.imagegate.signature.Asn1.bits;
import static io.imagegate.signature.Asn1.oid;
import static io.imagegate.signature.Asn1.seq;

import io.imagegate.TestProvider;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies keys, signatures and certificates that are written in many ways, by the JDK's providers and by another. Prints a line for
 * each: its name, who of the two takes it, and whether it counts here, with the JDK's providers alone, with the other before them, and
 * with the other given to the verifier.
 */
final class ProviderDifferences {

    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = {};
    private static final byte[] ZERO = {0};
    private static final String EC = "1.2.840.10045.2.1";
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String ED25519 = "1.3.101.112";
    private static final byte[] NULL = DerWriter.element(Der.NULL);
    private static final BigInteger ED25519_ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    /**
     * Something that a provider takes or refuses.
     *
     * @param taken whether one provider takes it; the JDK's are null
     * @param counts whether it counts here
     */
    private record Trial(String name, Taken taken, Predicate<Crypto> counts) {}

    private interface Taken {
        boolean by(@Nullable Provider provider) throws GeneralSecurityException;
    }

    private final List<Trial> trials = new ArrayList<>();
    private final Provider other;
    private final Random random = new Random(20261128);
    private final int changes;

    private ProviderDifferences(Provider other, int changes) {
        this.other = other;
        this.changes = changes;
    }

    public static void main(String[] arguments) throws Exception {
        Provider other = TestProvider.instance().orElseThrow();
        ProviderDifferences differences = new ProviderDifferences(other, Integer.parseInt(arguments[0]));
        differences.curves();
        differences.rsa();
        differences.ed25519();
        differences.certificates();
        List<String> before = differences.run(other);
        TestProvider.install();
        for (int i = 0; i < before.size(); i++) {
            Trial trial = differences.trials.get(i);
            System.out.println(
                    before.get(i) + " " + counts(trial, new Crypto(null)) + " " + counts(trial, new Crypto(other)));
        }
    }

    private List<String> run(Provider provider) {
        return trials.stream()
                .map(trial -> trial.name() + ": " + isTaken(trial, null) + " " + isTaken(trial, provider) + " "
                        + counts(trial, new Crypto(null)))
                .toList();
    }

    private static String isTaken(Trial trial, @Nullable Provider provider) {
        try {
            return trial.taken().by(provider) ? "yes" : "no";
        } catch (GeneralSecurityException | RuntimeException refused) {
            return "no";
        }
    }

    private static String counts(Trial trial, Crypto crypto) {
        try {
            return trial.counts().test(crypto) ? "yes" : "no";
        } catch (Refusal refused) {
            return "no";
        }
    }

    private void signature(String name, String keys, String algorithm, byte[] info, byte[] signature) {
        trials.add(new Trial(
                name,
                provider -> verifies(provider, key(provider, keys, info), algorithm, null, signature),
                crypto ->
                        VerificationKey.read("the key", info).verifies(crypto, MessageSource.of(MESSAGE), signature)));
    }

    private void key(String name, String keys, byte[] info) {
        trials.add(new Trial(name, provider -> key(provider, keys, info) != null, crypto -> {
            VerificationKey key = VerificationKey.read("the key", info);
            key.requireStrength();
            return key.fingerprint(crypto).startsWith("sha256:");
        }));
    }

    /** What the provider lacks is the JDK's. */
    private static PublicKey key(@Nullable Provider provider, String keys, byte[] info)
            throws GeneralSecurityException {
        KeyFactory factory = provider == null || provider.getService("KeyFactory", keys) == null
                ? KeyFactory.getInstance(keys)
                : KeyFactory.getInstance(keys, provider);
        return factory.generatePublic(new X509EncodedKeySpec(info));
    }

    private static boolean verifies(
            @Nullable Provider provider,
            PublicKey key,
            String algorithm,
            @Nullable AlgorithmParameterSpec parameters,
            byte[] signature)
            throws GeneralSecurityException {
        Signature verification =
                provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
        if (parameters != null) {
            verification.setParameter(parameters);
        }
        verification.initVerify(key);
        verification.update(MESSAGE);
        return verification.verify(signature);
    }

    /** Changes single bytes of a key, and of a signature. */
    private void changed(String name, String keys, String algorithm, byte[] info, byte[] signature) {
        for (int i = 0; i < changes; i++) {
            signature(name + " key changed " + i, keys, algorithm, changed(info), signature);
            signature(name + " signature changed " + i, keys, algorithm, info, changed(signature));
        }
    }

    private byte[] changed(byte[] bytes) {
        byte[] copy = bytes.clone();
        // What surrounds the numbers is short, and all of it is tried sooner or later.
        int at = random.nextBoolean() ? random.nextInt(Math.min(34, copy.length)) : random.nextInt(copy.length);
        copy[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return copy;
    }

    private void curves() throws GeneralSecurityException {
        for (Map.Entry<String, String> curve : List.of(
                Map.entry("secp256r1", "SHA256withECDSA"),
                Map.entry("secp384r1", "SHA384withECDSA"),
                Map.entry("secp521r1", "SHA512withECDSA"),
                Map.entry("secp256k1", "SHA256withECDSA"),
                Map.entry("secp224r1", "SHA256withECDSA"))) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", other);
            generator.initialize(new ECGenParameterSpec(curve.getKey()));
            KeyPair pair = evenKey(generator);
            Signature signing = Signature.getInstance(curve.getValue(), other);
            signing.initSign(pair.getPrivate());
            signing.update(MESSAGE);
            byte[] signature = signing.sign();
            byte[] info = pair.getPublic().getEncoded();
            points(curve.getKey(), curve.getValue(), (ECPublicKey) pair.getPublic(), signature);
            numbers(curve.getKey(), curve.getValue(), (ECPublicKey) pair.getPublic(), signature);
            changed(curve.getKey(), "EC", curve.getValue(), info, signature);
        }
    }

    /** The JDK reads an unused bit as 0, so the form with one is the same point only if its last bit is 0. */
    private static KeyPair evenKey(KeyPairGenerator generator) {
        KeyPair pair = generator.generateKeyPair();
        while (((ECPublicKey) pair.getPublic()).getW().getAffineY().testBit(0)) {
            pair = generator.generateKeyPair();
        }
        return pair;
    }

    private static byte[] curve(byte[] info) {
        return Der.only("key", info, Der.SEQUENCE).inside().next(Der.SEQUENCE).encoded();
    }

    private void points(String name, String algorithm, ECPublicKey key, byte[] signature) {
        byte[] info = key.getEncoded();
        byte[] curve = curve(info);
        int bytes = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        BigInteger prime = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
        BigInteger x = key.getW().getAffineX();
        byte[] first = fixed(x, bytes);
        byte[] second = fixed(key.getW().getAffineY(), bytes);
        byte parity = (byte) (second[bytes - 1] & 1);
        byte[] beside = second.clone();
        beside[bytes - 1] ^= 2;
        byte[] point = join(new byte[] {4}, first, second);
        ec(name, algorithm, info, signature);
        ec(name + " compressed", algorithm, seq(curve, bits(join(new byte[] {(byte) (2 + parity)}, first))), signature);
        ec(
                name + " hybrid",
                algorithm,
                seq(curve, bits(join(new byte[] {(byte) (6 + parity)}, first, second))),
                signature);
        ec(name + " beside the curve", algorithm, seq(curve, bits(join(new byte[] {4}, first, beside))), signature);
        ec(name + " at zero", algorithm, seq(curve, bits(join(new byte[] {4}, new byte[2 * bytes]))), signature);
        ec(name + " at infinity", algorithm, seq(curve, bits(ZERO)), signature);
        ec(
                name + " longer numbers",
                algorithm,
                seq(curve, bits(join(new byte[] {4, 0}, first, ZERO, second))),
                signature);
        ec(
                name + " a larger coordinate",
                algorithm,
                seq(curve, bits(join(new byte[] {4}, fixed(x.add(prime), bytes), second))),
                signature);
        ec(name + " bytes behind the point", algorithm, seq(curve, bits(join(point, ZERO))), signature);
        ec(
                name + " unused bits",
                algorithm,
                seq(curve, DerWriter.element(Der.BIT_STRING, new byte[] {1}, point)),
                signature);
        ec(name + " an element more", algorithm, seq(curve, bits(point), NULL), signature);
        ec(name + " bytes behind the key", algorithm, join(info, ZERO), signature);
        ec(name + " a null more", algorithm, seq(seq(oid(EC), curveName(curve), NULL), bits(point)), signature);
        ec(name + " no curve", algorithm, seq(seq(oid(EC)), bits(point)), signature);
        ec(name + " indefinite length", algorithm, indefinite(info), signature);
        ec(name + " longer length", algorithm, longer(info), signature);
        ec(name + " numbers of the curve", algorithm, seq(seq(oid(EC), explicit(key)), bits(point)), signature);
    }

    private static byte[] curveName(byte[] algorithm) {
        Der parts = Der.only("algorithm", algorithm, Der.SEQUENCE).inside();
        parts.next(Der.OID);
        return parts.next(Der.OID).encoded();
    }

    private static byte[] explicit(ECPublicKey key) {
        int bytes = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        BigInteger prime = ((ECFieldFp) key.getParams().getCurve().getField()).getP();
        return seq(
                Asn1.number(1),
                seq(oid("1.2.840.10045.1.1"), integer(prime)),
                seq(
                        Asn1.octets(fixed(key.getParams().getCurve().getA(), bytes)),
                        Asn1.octets(fixed(key.getParams().getCurve().getB(), bytes))),
                Asn1.octets(join(
                        new byte[] {4},
                        fixed(key.getParams().getGenerator().getAffineX(), bytes),
                        fixed(key.getParams().getGenerator().getAffineY(), bytes))),
                integer(key.getParams().getOrder()),
                Asn1.number(key.getParams().getCofactor()));
    }

    private void ec(String name, String algorithm, byte[] info, byte[] signature) {
        signature(name, "EC", algorithm, info, signature);
    }

    private void numbers(String name, String algorithm, ECPublicKey key, byte[] signature) {
        byte[] info = key.getEncoded();
        BigInteger order = key.getParams().getOrder();
        Der parts = Der.only("signature", signature, Der.SEQUENCE).inside();
        BigInteger first = parts.next().integer();
        BigInteger second = parts.next().integer();
        int bytes = (order.bitLength() + 7) / 8;
        Map<String, byte[]> forms = Map.of(
                "s + n", pair(first, second.add(order)),
                "s - n", pair(first, second.subtract(order)),
                "r + n", pair(first.add(order), second),
                "zeros", pair(BigInteger.ZERO, BigInteger.ZERO),
                "the order", pair(order, order),
                "bytes behind it", join(signature, ZERO),
                "an element more", seq(integer(first), integer(second), NULL),
                "a padded number",
                        seq(DerWriter.element(Der.INTEGER, join(ZERO, first.toByteArray())), integer(second)),
                "side by side", join(fixed(first, bytes), fixed(second, bytes)),
                "nothing", NONE);
        forms.forEach((form, bad) -> ec(name + " signature: " + form, algorithm, info, bad));
        ec(name + " signature: n - s", algorithm, info, pair(first, order.subtract(second)));
        ec(name + " signature: indefinite length", algorithm, info, indefinite(signature));
        ec(name + " signature: longer length", algorithm, info, longer(signature));
        ec(name + " signature: a set", algorithm, info, Asn1.set(integer(first), integer(second)));
        ec(
                name + " signature: numbers without sign",
                algorithm,
                info,
                seq(
                        DerWriter.element(Der.INTEGER, fixed(first.setBit(8 * bytes - 1), bytes)),
                        DerWriter.element(Der.INTEGER, fixed(second, bytes))));
    }

    private static byte[] pair(BigInteger first, BigInteger second) {
        return seq(integer(first), integer(second));
    }

    private static byte[] integer(BigInteger number) {
        return DerWriter.element(Der.INTEGER, number.toByteArray());
    }

    private void rsa() throws GeneralSecurityException {
        TestKey kept = TestKey.keptRsa(2048).with("SHA256withRSA");
        RSAPublicKey open = (RSAPublicKey) kept.pair().getPublic();
        BigInteger modulus = open.getModulus();
        BigInteger exponent = open.getPublicExponent();
        byte[] info = kept.info();
        byte[] signature = kept.sign(MESSAGE);
        byte[] numbers = seq(integer(modulus), integer(exponent));
        byte[] algorithm = seq(oid(RSA), NULL);
        rsa("RSA", info, signature);
        rsa("RSA without null", seq(seq(oid(RSA)), bits(numbers)), signature);
        rsa("RSA null with content", seq(seq(oid(RSA), DerWriter.element(Der.NULL, ZERO)), bits(numbers)), signature);
        rsa("RSA octets for null", seq(seq(oid(RSA), Asn1.octets(NONE)), bits(numbers)), signature);
        rsa("RSA of PSS", seq(seq(oid("1.2.840.113549.1.1.10")), bits(numbers)), signature);
        rsa("RSA unused bits", seq(algorithm, DerWriter.element(Der.BIT_STRING, new byte[] {1}, numbers)), signature);
        rsa("RSA padded modulus", rsaKey(join(ZERO, modulus.toByteArray()), exponent.toByteArray()), signature);
        rsa("RSA negative modulus", rsaKey(fixed(modulus, 256), exponent.toByteArray()), signature);
        rsa("RSA padded exponent", rsaKey(modulus.toByteArray(), join(ZERO, exponent.toByteArray())), signature);
        rsa(
                "RSA a number more",
                seq(algorithm, bits(seq(integer(modulus), integer(exponent), integer(exponent)))),
                signature);
        rsa("RSA bytes behind the numbers", seq(algorithm, bits(join(numbers, ZERO))), signature);
        rsa("RSA bytes behind the key", join(info, ZERO), signature);
        rsa("RSA indefinite length", indefinite(info), signature);
        for (int other : List.of(0, 1, 2, 4, 65_536, -3)) {
            key(
                    "RSA exponent " + other,
                    "RSA",
                    rsaKey(modulus.toByteArray(), BigInteger.valueOf(other).toByteArray()));
        }
        key("RSA even modulus", "RSA", rsaKey(modulus.clearBit(0).toByteArray(), exponent.toByteArray()));
        key(
                "RSA exponent of 34 bits",
                "RSA",
                rsaKey(
                        modulus.toByteArray(),
                        BigInteger.ONE.shiftLeft(33).setBit(0).toByteArray()));
        key(
                "RSA exponent of 33 bits",
                "RSA",
                rsaKey(
                        modulus.toByteArray(),
                        BigInteger.ONE.shiftLeft(32).setBit(0).toByteArray()));
        key("RSA exponent as the modulus", "RSA", rsaKey(modulus.toByteArray(), modulus.toByteArray()));
        for (int size : List.of(1024, 2047, 3072, 4096, 8192, 16_384, 16_385)) {
            BigInteger large = new BigInteger(size, random).setBit(size - 1).setBit(0);
            key("RSA of " + size + " bits", "RSA", rsaKey(large.toByteArray(), exponent.toByteArray()));
        }
        for (BigInteger odd :
                List.of(BigInteger.valueOf(3), BigInteger.ONE.shiftLeft(33).setBit(0))) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(2048, odd));
            TestKey made = new TestKey(generator.generateKeyPair(), "SHA256withRSA", false);
            rsa("RSA signed with the exponent " + odd, made.info(), made.sign(MESSAGE));
        }
        padded(kept, info, signature, modulus);
        pss(kept, info);
        changed("RSA", "RSA", "SHA256withRSA", info, signature);
    }

    private static byte[] rsaKey(byte[] modulus, byte[] exponent) {
        return seq(
                seq(oid(RSA), NULL),
                bits(seq(DerWriter.element(Der.INTEGER, modulus), DerWriter.element(Der.INTEGER, exponent))));
    }

    private void rsa(String name, byte[] info, byte[] signature) {
        signature(name, "RSA", "SHA256withRSA", info, signature);
    }

    private void padded(TestKey key, byte[] info, byte[] signature, BigInteger modulus)
            throws NoSuchAlgorithmException {
        BigInteger number = new BigInteger(1, signature);
        rsa("RSA signature: a zero before it", info, join(ZERO, signature));
        rsa("RSA signature: a zero behind it", info, join(signature, ZERO));
        rsa("RSA signature: n - s", info, fixed(modulus.subtract(number), 256));
        rsa("RSA signature: s + n", info, number.add(modulus).toByteArray());
        rsa("RSA signature: a byte less", info, Arrays.copyOfRange(signature, 1, 256));
        rsa("RSA signature: SHA-512", info, key.with("SHA512withRSA").sign(MESSAGE));
        rsa("RSA signature: SHA-1", info, key.with("SHA1withRSA").sign(MESSAGE));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(MESSAGE);
        byte[] oid = oid(HashAlgorithm.SHA256.oid());
        rsa("RSA signature: as it is", info, raw(key, 1, 0xff, seq(seq(oid, NULL), Asn1.octets(hash))));
        rsa("RSA signature: no null", info, raw(key, 1, 0xff, seq(seq(oid), Asn1.octets(hash))));
        rsa("RSA signature: longer length", info, raw(key, 1, 0xff, longer(seq(seq(oid, NULL), Asn1.octets(hash)))));
        rsa("RSA signature: behind the hash", info, raw(key, 1, 0xff, seq(seq(oid, NULL), Asn1.octets(hash), NULL)));
        rsa("RSA signature: another padding", info, raw(key, 1, 0xfe, seq(seq(oid, NULL), Asn1.octets(hash))));
        rsa("RSA signature: type 2", info, raw(key, 2, 0xff, seq(seq(oid, NULL), Asn1.octets(hash))));
        rsa("RSA signature: the hash alone", info, raw(key, 1, 0xff, hash));
    }

    /** Signs what is padded. */
    private static byte[] raw(TestKey key, int type, int padding, byte[] content) {
        byte[] padded = new byte[256];
        Arrays.fill(padded, (byte) padding);
        padded[0] = 0;
        padded[1] = (byte) type;
        padded[padded.length - content.length - 1] = 0;
        System.arraycopy(content, 0, padded, padded.length - content.length, content.length);
        RSAPrivateKey secret = (RSAPrivateKey) key.pair().getPrivate();
        return fixed(new BigInteger(1, padded).modPow(secret.getPrivateExponent(), secret.getModulus()), 256);
    }

    private void pss(TestKey key, byte[] info) throws GeneralSecurityException {
        for (int salt : List.of(0, 20, 31, 32, 33, 64, 222)) {
            pss("RSA PSS salt of " + salt, info, pss(key, "SHA-256", "SHA-256", salt));
        }
        pss("RSA PSS mask over SHA-1", info, pss(key, "SHA-256", "SHA-1", 32));
        pss("RSA PSS mask over SHA-512", info, pss(key, "SHA-256", "SHA-512", 32));
        pss("RSA PSS SHA-512", info, pss(key, "SHA-512", "SHA-512", 32));
        pss("RSA PSS SHA-1", info, pss(key, "SHA-1", "SHA-1", 32));
        byte[] good = pss(key, "SHA-256", "SHA-256", 32);
        pss("RSA PSS a zero behind it", info, join(good, ZERO));
        pss("RSA PSS a zero before it", info, join(ZERO, good));
        for (int i = 0; i < changes; i++) {
            pss("RSA PSS changed " + i, info, changed(good));
        }
    }

    private static byte[] pss(TestKey key, String hash, String mask, int salt) throws GeneralSecurityException {
        Signature signing = Signature.getInstance("RSASSA-PSS");
        signing.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, 1));
        signing.initSign(key.pair().getPrivate());
        signing.update(MESSAGE);
        return signing.sign();
    }

    private void pss(String name, byte[] info, byte[] signature) {
        PSSParameterSpec parameters = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
        trials.add(new Trial(
                name,
                provider -> verifies(provider, key(provider, "RSA", info), "RSASSA-PSS", parameters, signature),
                crypto -> VerificationKey.read("the key", info)
                        .verifiesPss(crypto, HashAlgorithm.SHA256, MessageSource.of(MESSAGE), signature)));
    }

    private void ed25519() {
        TestKey key = TestKey.ed25519(false);
        byte[] info = key.info();
        byte[] signature = key.sign(MESSAGE);
        byte[] point = Arrays.copyOfRange(info, 12, 44);
        ed("Ed25519", info, signature);
        ed("Ed25519 with null", seq(seq(oid(ED25519), NULL), bits(point)), signature);
        ed("Ed25519 longer", seq(seq(oid(ED25519)), bits(join(point, ZERO))), signature);
        ed("Ed25519 shorter", seq(seq(oid(ED25519)), bits(Arrays.copyOf(point, 31))), signature);
        ed("Ed25519 bytes behind the key", join(info, ZERO), signature);
        ed(
                "Ed25519 unused bits",
                seq(seq(oid(ED25519)), DerWriter.element(Der.BIT_STRING, new byte[] {1}, point)),
                signature);
        ed("Ed25519 indefinite length", indefinite(info), signature);
        ed("Ed25519 signature: bytes behind it", info, join(signature, ZERO));
        ed("Ed25519 signature: shorter", info, Arrays.copyOf(signature, 63));
        ed("Ed25519 signature: nothing", info, NONE);
        BigInteger scalar = reversed(Arrays.copyOfRange(signature, 32, 64));
        for (int times : List.of(1, 2, 7, 15)) {
            BigInteger larger = scalar.add(ED25519_ORDER.multiply(BigInteger.valueOf(times)));
            ed("Ed25519 signature: S + " + times + " L", info, join(Arrays.copyOf(signature, 32), reversed(larger)));
        }
        BigInteger prime = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        for (int small = 0; small < 19; small++) {
            for (int sign : List.of(0, 0x80)) {
                byte[] larger = reversed(prime.add(BigInteger.valueOf(small)));
                larger[31] |= (byte) sign;
                key("Ed25519 p + " + small + " " + sign, "Ed25519", seq(seq(oid(ED25519)), bits(larger)));
                for (String first : List.of("01", "00")) {
                    byte[] neutral = join(HexFormat.of().parseHex(first), new byte[63]);
                    ed(
                            "Ed25519 p + " + small + " " + sign + " R = " + first,
                            seq(seq(oid(ED25519)), bits(larger)),
                            neutral);
                }
            }
        }
        byte[] prehashed = TestKey.ed25519(true).sign(MESSAGE);
        ed("Ed25519 of another", info, prehashed);
        TestKey hashing = new TestKey(key.pair(), "Ed25519", true);
        trials.add(new Trial(
                "Ed25519 prehashed",
                provider -> verifies(
                        provider,
                        key(provider, "Ed25519", info),
                        "Ed25519",
                        new EdDSAParameterSpec(true),
                        hashing.sign(MESSAGE)),
                crypto -> VerificationKey.read("the key", info)
                        .verifies(crypto, MessageSource.of(MESSAGE), hashing.sign(MESSAGE))));
        changed("Ed25519", "Ed25519", "Ed25519", info, signature);
    }

    private void ed(String name, byte[] info, byte[] signature) {
        signature(name, "Ed25519", "Ed25519", info, signature);
    }

    private void certificates() throws GeneralSecurityException {
        TestKey p256 = TestKey.p256();
        ECPublicKey open = (ECPublicKey) p256.pair().getPublic();
        byte[] point = Arrays.copyOfRange(p256.info(), 26, 91);
        byte[] compressed = join(
                new byte[] {(byte) (2 + (point[64] & 1))}, fixed(open.getW().getAffineX(), 32));
        certificate("certificate", authority(p256), leaf());
        certificate(
                "certificate under a compressed point",
                authority(p256).info(seq(curve(p256.info()), bits(compressed))),
                leaf());
        certificate(
                "certificate with bytes behind its signature", authority(p256), leaf().rewriting(s -> join(s, ZERO)));
        certificate(
                "certificate over SHA-1", authority(p256.with("SHA1withECDSA")), leaf().algorithm("1.2.840.10045.4.1"));
        TestKey rsa = TestKey.keptRsa(2048).with("SHA256withRSA");
        certificate("certificate by RSA", authority(rsa), leaf().algorithm("1.2.840.113549.1.1.11"));
        certificate(
                "certificate by RSA over SHA-1",
                authority(rsa.with("SHA1withRSA")),
                leaf().algorithm("1.2.840.113549.1.1.5"));
        RSAPublicKey numbers = (RSAPublicKey) rsa.pair().getPublic();
        TestCertificate bare = authority(rsa);
        TestCertificate under = leaf().algorithm("1.2.840.113549.1.1.11");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        under.rewriting(signature -> raw(
                rsa, 1, 0xff, seq(seq(oid(HashAlgorithm.SHA256.oid())), Asn1.octets(digest.digest(under.content())))));
        certificate("certificate by RSA without null", bare, under);
        certificate(
                "certificate under RSA null with content",
                authority(rsa)
                        .info(seq(
                                seq(oid(RSA), DerWriter.element(Der.NULL, ZERO)),
                                bits(seq(integer(numbers.getModulus()), integer(numbers.getPublicExponent()))))),
                leaf().algorithm("1.2.840.113549.1.1.11"));
        TestKey ed = TestKey.ed25519(false);
        certificate("certificate by Ed25519", authority(ed), leaf().algorithm(ED25519));
        certificate(
                "certificate by Ed25519 with bytes behind its signature",
                authority(ed),
                leaf().algorithm(ED25519).rewriting(s -> join(s, ZERO)));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", other);
        for (String curve : List.of("secp256k1", "secp224r1")) {
            generator.initialize(new ECGenParameterSpec(curve));
            KeyPair pair = generator.generateKeyPair();
            Signature signing = Signature.getInstance("SHA256withECDSA", other);
            TestCertificate signed = leaf();
            signed.rewriting(signature -> sign(signing, pair, signed.content()));
            certificate(
                    "certificate under " + curve,
                    authority(p256).info(pair.getPublic().getEncoded()),
                    signed);
        }
    }

    private static byte[] sign(Signature signing, KeyPair pair, byte[] content) {
        try {
            signing.initSign(pair.getPrivate());
            signing.update(content);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestCertificate authority(TestKey key) {
        return new TestCertificate(key).name("2.5.4.3", "root").authority();
    }

    private static TestCertificate leaf() {
        return new TestCertificate().name("2.5.4.3", "leaf").usage(0x80).purposes(false, TestCertificate.CODE_SIGNING);
    }

    private void certificate(String name, TestCertificate authority, TestCertificate leaf) {
        byte[] root = authority.issuedBy(null).encoded();
        byte[] signed = leaf.issuedBy(authority).encoded();
        trials.add(new Trial(
                name,
                provider -> {
                    CertificateFactory factory = CertificateFactory.getInstance("X.509");
                    X509Certificate issued =
                            (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(signed));
                    Der parts =
                            Der.only("root", root, Der.SEQUENCE).inside().next().inside();
                    for (int i = 0; i < 6; i++) {
                        parts.next();
                    }
                    byte[] info = parts.next(Der.SEQUENCE).encoded();
                    String keys = authority.key.pair().getPublic().getAlgorithm();
                    PublicKey key = key(provider, keys.equals("EdDSA") ? "Ed25519" : keys, info);
                    if (provider == null) {
                        issued.verify(key);
                    } else {
                        issued.verify(key, provider);
                    }
                    return true;
                },
                crypto -> CertificatePath.forCode(crypto)
                        .issuer(
                                Certificate.read("the leaf", signed),
                                List.of(),
                                Certificate.read("the root", root),
                                TestSigstore.NOW)
                        .isPresent()));
    }

    private static byte[] indefinite(byte[] element) {
        Der content = Der.only("element", element, element[0] & 0xff).inside();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(element[0]);
        out.write(0x80);
        while (content.hasNext()) {
            out.writeBytes(content.next().encoded());
        }
        out.writeBytes(new byte[2]);
        return out.toByteArray();
    }

    /** Writes a length with a byte more than is needed. */
    private static byte[] longer(byte[] element) {
        byte[] content = Der.only("element", element, element[0] & 0xff).value();
        byte[] head = {element[0], (byte) 0x83, 0, (byte) (content.length >> 8), (byte) content.length};
        if (content.length < 0x80) {
            head = new byte[] {element[0], (byte) 0x81, (byte) content.length};
        }
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** {@return the last bytes of a number} */
    private static byte[] fixed(BigInteger number, int bytes) {
        byte[] shortest = number.toByteArray();
        byte[] all = new byte[bytes];
        for (int i = 0; i < Math.min(bytes, shortest.length); i++) {
            all[bytes - 1 - i] = shortest[shortest.length - 1 - i];
        }
        return all;
    }

    private static BigInteger reversed(byte[] number) {
        return new BigInteger(1, swapped(number));
    }

    private static byte[] reversed(BigInteger number) {
        return swapped(fixed(number, 32));
    }

    private static byte[] swapped(byte[] bytes) {
        byte[] swapped = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            swapped[i] = bytes[bytes.length - 1 - i];
        }
        return swapped;
    }
}
