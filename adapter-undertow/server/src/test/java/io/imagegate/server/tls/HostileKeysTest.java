package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.Tier;
import io.imagegate.follow.FileContents.Content;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key files with broken or malicious content: one line says so, and it takes no time. */
@Timeout(180)
@Tag("slow")
class HostileKeysTest {

    private static final Path FILE = Path.of("key.pem");
    private static final int CHANGES = Tier.tries(40, 80, 200);

    private static byte[] rsa = {};
    private static byte[] ec = {};
    private static byte[] ed = {};
    private static Content certificate = new Content(FILE, "", null);

    /** The forms of a private key in PEM. */
    private enum Form {
        PKCS8_RSA("PRIVATE KEY"),
        PKCS8_EC("PRIVATE KEY"),
        PKCS8_ED25519("PRIVATE KEY"),
        PKCS1("RSA PRIVATE KEY"),
        SEC1("EC PRIVATE KEY");

        final String name;

        Form(String name) {
            this.name = name;
        }

        byte[] key() throws IOException {
            return switch (this) {
                case PKCS8_RSA -> rsa;
                case PKCS8_EC -> ec;
                case PKCS8_ED25519 -> ed;
                case PKCS1 ->
                    PrivateKeyInfo.getInstance(rsa)
                            .parsePrivateKey()
                            .toASN1Primitive()
                            .getEncoded();
                case SEC1 -> sec1();
            };
        }

        private static byte[] sec1() throws IOException {
            BigInteger secret = BigInteger.TWO.pow(200).add(BigInteger.valueOf(77));
            return new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, X9ObjectIdentifiers.prime256v1).getEncoded();
        }
    }

    @BeforeAll
    static void make() throws Exception {
        rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate().getEncoded();
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        curve.initialize(256);
        KeyPair pair = curve.generateKeyPair();
        assertThat(pair.getPrivate()).isInstanceOf(ECPrivateKey.class);
        ec = pair.getPrivate().getEncoded();
        ed = KeyPairGenerator.getInstance("Ed25519")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        byte[] issued = Authority.create("test", Instant.now(), Duration.ofDays(1))
                .server(List.of(Host.parse("localhost")), Duration.ofDays(1))
                .certificate()
                .getEncoded();
        certificate = new Content(Path.of("cert.pem"), pem("CERTIFICATE", issued), null);
    }

    private static String pem(String name, byte[] content) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + name
                + "-----\n";
    }

    private static PrivateKey read(String name, byte[] content) {
        return PrivateKeys.read(new Content(FILE, pem(name, content), null));
    }

    /** Nobody gets anything but a key, or a problem in one line; a key that is read is also tried. */
    private static void readOrProblem(String name, byte[] content) {
        assertThatThrownBy(() -> TlsFiles.identity(certificate, new Content(FILE, pem(name, content), null)))
                .as(() -> Base64.getEncoder().encodeToString(content))
                .isInstanceOfSatisfying(TlsProblem.class, HostileKeysTest::oneLine);
    }

    private static void oneLine(TlsProblem problem) {
        assertThat(problem.getMessage()).contains("key.pem").isPrintable().hasSizeLessThan(300);
    }

    private static void problem(String name, byte[] content, String expected) {
        assertThatExceptionOfType(TlsProblem.class)
                .isThrownBy(() -> read(name, content))
                .satisfies(HostileKeysTest::oneLine)
                .withMessageContaining(expected);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a whole key is read; one that is cut anywhere is not")
    void cut(Form form) throws Exception {
        byte[] key = form.key();
        assertThat(read(form.name, key)).isNotNull();
        for (int length = 0; length < key.length; length++) {
            problem(form.name, Arrays.copyOf(key, length), "expected a PEM private key");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a key with a changed byte is another key or a problem, never another exception")
    void changed(Form form) throws Exception {
        byte[] key = form.key();
        Random random = new Random(7);
        for (int i = 0; i < CHANGES; i++) {
            byte[] other = key.clone();
            int at = i < Math.min(key.length, CHANGES / 2) ? i : random.nextInt(key.length);
            other[at] ^= (byte) (1 + random.nextInt(255));
            readOrProblem(form.name, other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    @DisplayName("lengths beyond the end, below zero, of 126 bytes or without an end are refused")
    void lengths(String name) {
        for (String length :
                List.of("80", "81", "84ffffffff", "847fffffff", "8480000000", "850000000001", "88ffffffffffffffff")) {
            byte[] head = HexFormat.of().parseHex("30" + length + "020101");
            problem(name, head, "expected a PEM private key");
            problem(name, join(new byte[] {0x30, (byte) head.length}, head), "expected a PEM private key");
        }
        byte[] longest = new byte[200];
        Arrays.fill(longest, (byte) 0xff);
        longest[0] = 0x30;
        longest[1] = (byte) 0xfe;
        problem(name, longest, "expected a PEM private key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"})
    @DisplayName("twenty thousand sequences in each other are refused, and exhaust no stack")
    void nested(String name) {
        ByteBuffer content = ByteBuffer.allocate(5 * 20_000);
        while (content.hasRemaining()) {
            content.put((byte) 0x30).putInt(0x83000000 | (content.remaining() - 4));
        }
        problem(name, content.array(), "expected a PEM private key");
        byte[] indefinite = new byte[40_000];
        for (int i = 0; i < indefinite.length; i++) {
            indefinite[i] = (byte) (i % 2 == 0 ? 0x30 : 0x80);
        }
        problem(name, indefinite, "expected a PEM private key");
    }

    @Test
    @DisplayName(
            "an RSA key with numbers longer than its modulus, or an endless modulus, is refused before it is tried")
    void endlessNumbers() throws Exception {
        RSAPrivateKey key = RSAPrivateKey.getInstance(Form.PKCS1.key());
        BigInteger huge = BigInteger.ONE.shiftLeft(50_000).subtract(BigInteger.ONE);
        RSAPrivateKey primes =
                new RSAPrivateKey(key.getModulus(), key.getPublicExponent(), huge, huge, huge, huge, huge, huge);
        problem("RSA PRIVATE KEY", primes.getEncoded(), "a modulus of at most 16384 bits, and no number");
        problem("PRIVATE KEY", info(primes), "a modulus of at most 16384 bits, and no number");
        RSAPrivateKey modulus = new RSAPrivateKey(huge, key.getPublicExponent(), huge, huge, huge, huge, huge, huge);
        problem("RSA PRIVATE KEY", modulus.getEncoded(), "expected a PEM private key");
        problem("PRIVATE KEY", info(modulus), "expected a PEM private key");
    }

    private static byte[] info(RSAPrivateKey key) throws IOException {
        return new PrivateKeyInfo(PrivateKeyInfo.getInstance(rsa).getPrivateKeyAlgorithm(), key).getEncoded();
    }

    @Test
    @DisplayName("a key of EC that is zero, or as large as the order of its curve, belongs to no certificate")
    void impossibleSecrets() throws IOException {
        for (BigInteger secret :
                List.of(BigInteger.ZERO, BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
            readOrProblem(
                    "EC PRIVATE KEY",
                    new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret, X9ObjectIdentifiers.prime256v1)
                            .getEncoded());
        }
        readOrProblem("EC PRIVATE KEY", new ASN1Integer(1).getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "=", "A", "A===", "\u0000", "é", "-", "-----BEGIN PRIVATE KEY-----"})
    @DisplayName("what is no base64 is refused")
    void noBase64(String text) {
        String pem = "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
        assertThatExceptionOfType(TlsProblem.class)
                .isThrownBy(() -> PrivateKeys.read(new Content(FILE, pem, null)))
                .satisfies(HostileKeysTest::oneLine);
    }

    @Test
    @DisplayName("a million beginnings without an end are searched in no time")
    void beginnings() {
        String text = "-----BEGIN EC PRIVATE KEY-----".repeat(50_000);
        assertThatExceptionOfType(TlsProblem.class)
                .isThrownBy(() -> PrivateKeys.read(new Content(FILE, text, null)))
                .withMessageContaining("found none");
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
