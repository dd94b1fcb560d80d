package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsFilesTest {

    @TempDir
    Path folder = Path.of("");

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"EC,SHA256withECDSA", "RSA,SHA256withRSA", "Ed25519,Ed25519"})
    void readsKeysInPkcs8(String algorithm, String signature) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        Path certificates = write("cert.pem", selfSigned(pair, signature));
        Path key = write("key.pem", new JcaPKCS8Generator(pair.getPrivate(), null));

        assertThat(TlsFiles.identity(certificates, key).key()).isEqualTo(pair.getPrivate());
    }

    @Tag("slow")
    @Test
    void readsAnRsaKeyInPkcs1() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path key = write("key.pem", pair.getPrivate());

        assertThat(Files.readString(key)).contains("BEGIN RSA PRIVATE KEY");
        assertThat(TlsFiles.identity(write("cert.pem", selfSigned(pair, "SHA256withRSA")), key)
                        .key())
                .isEqualTo(pair.getPrivate());
    }

    @Test
    void readsAnEcKeyWithItsCurveBeforeIt() throws Exception {
        KeyPair pair = curveP256().generateKeyPair();
        ASN1ObjectIdentifier curve = X9ObjectIdentifiers.prime256v1;
        ECPrivateKey secret =
                new ECPrivateKey(256, ((java.security.interfaces.ECPrivateKey) pair.getPrivate()).getS(), curve);
        Path key = write(
                "key.pem",
                new PemObject("EC PARAMETERS", curve.getEncoded()),
                new PemObject("EC PRIVATE KEY", secret.getEncoded()));

        assertThat(TlsFiles.identity(write("cert.pem", selfSigned(pair, "SHA256withECDSA")), key)
                        .key())
                .asInstanceOf(type(java.security.interfaces.ECPrivateKey.class))
                .extracting(java.security.interfaces.ECPrivateKey::getS)
                .isEqualTo(secret.getKey());
    }

    @Test
    void readsAChainInItsOrder() throws IOException {
        Authority authority = Authority.create("test", Instant.now(), Duration.ofDays(1));
        X509Certificate server = authority
                .server(List.of(Host.parse("localhost")), Duration.ofDays(1))
                .certificate();
        X509Certificate root = authority.identity().certificate();

        assertThat(TlsFiles.certificates(write("chain.pem", server, root))).containsExactly(server, root);
    }

    private static KeyPairGenerator curveP256() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator;
    }

    private Path write(String name, Object... objects) throws IOException {
        Path file = folder.resolve(name);
        try (Writer text = Files.newBufferedWriter(file);
                JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return file;
    }

    private static X509Certificate selfSigned(KeyPair pair, String signature) throws Exception {
        X500Name name = new X500Name("CN=test");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                java.math.BigInteger.ONE,
                                Date.from(now),
                                Date.from(now.plusSeconds(3_600)),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate())));
    }
}
