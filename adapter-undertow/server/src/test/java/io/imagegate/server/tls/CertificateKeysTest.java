package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.TestProvider;
import io.imagegate.registry.tls.RegistryTlsFiles;
import io.imagegate.registry.tls.Tls;
import io.imagegate.time.TimeSource;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.interfaces.ECPublicKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys the certificates of a chain may have: the same with the JDK's cryptography and with the provider of the image. */
@Isolated("It removes the provider of the tests.")
@Tag("slow")
@ParameterizedClass(name = "provider of the image: {0}")
@ValueSource(booleans = {true, false})
class CertificateKeysTest {

    /** It makes keys that some providers refuse. */
    private static final Provider MAKER = new BouncyCastleProvider();

    private final boolean provided;
    private final KeyPair root = pair("P-256");
    private final KeyPair leaf = pair("P-256");

    @TempDir
    Path folder = Path.of("");

    CertificateKeysTest(boolean provided) throws Exception {
        this.provided = provided;
    }

    @BeforeEach
    void choose() {
        Security.removeProvider(TestProvider.NAME);
        if (provided) {
            TestProvider.install();
        }
    }

    @AfterEach
    void restore() {
        Security.removeProvider(TestProvider.NAME);
        if (TestProvider.isWanted()) {
            TestProvider.install();
        }
    }

    @ParameterizedTest
    @CsvSource({"P-256, ''", "P-384, ''", "P-521, ''", "RSA, ''", "RSA, bare", "Ed25519, ''"})
    void keysInTheOneFormAreAccepted(String kind, String form) throws Exception {
        KeyPair middle = pair(kind);
        SubjectPublicKeyInfo key = info(middle, form);
        check(below(middle, key));
        connect(below(middle, key));
        check(certificate("leaf", key, "root", root));
    }

    @ParameterizedTest
    @CsvSource({
        "P-256, compressed",
        "P-384, compressed",
        "P-256, hybrid",
        "P-256, longer",
        "P-224, ''",
        "P-224, compressed",
        "secp256k1, ''",
        "brainpoolP256r1, ''",
    })
    void otherKeysAreRefused(String kind, String form) throws Exception {
        KeyPair middle = pair(kind);
        SubjectPublicKeyInfo key = info(middle, form);
        // The JDK alone cannot even read some of these certificates.
        assertThatThrownBy(() -> check(below(middle, key))).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> connect(below(middle, key)))
                .isInstanceOfAny(SSLHandshakeException.class, CertificateException.class);
        assertThatThrownBy(() -> check(certificate("leaf", key, "root", root)))
                .isInstanceOf(CertificateException.class)
                .hasStackTraceContaining(provided ? "P-256, P-384 and P-521" : "");
    }

    /** A chain with a key between authority and leaf. */
    private X509Certificate[] below(KeyPair middle, SubjectPublicKeyInfo key) throws Exception {
        return new X509Certificate[] {
            certificate("leaf", info(leaf, ""), "middle", middle), certificate("middle", key, "root", root)
        };
    }

    /** As the authority of clients. */
    private void check(X509Certificate... chain) throws Exception {
        ((X509TrustManager) TlsContexts.trust(List.of(authority()))[0]).checkClientTrusted(chain, "EC");
    }

    /** As the authority of a registry, which shows the chain. */
    private void connect(X509Certificate... chain) throws Exception {
        Path ca = Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(authority().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Tls tls = Tls.open(
                        "localhost",
                        new RegistryTlsFiles(Optional.of(ca), Optional.empty()),
                        threads,
                        TimeSource.system());
                SSLServerSocket registry = (SSLServerSocket) serverWith(chain)
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<?> answered = threads.submit(() -> {
                try (SSLSocket connection = (SSLSocket) registry.accept()) {
                    connection.startHandshake();
                }
                return null;
            });
            try (SSLSocket client = (SSLSocket)
                    tls.context().getSocketFactory().createSocket(registry.getInetAddress(), registry.getLocalPort())) {
                client.startHandshake();
                answered.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private SSLContext serverWith(X509Certificate... chain) throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry("registry", leaf.getPrivate(), new char[0], chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private X509Certificate authority() throws Exception {
        return certificate("root", info(root, ""), "root", root);
    }

    private static KeyPair pair(String kind) throws Exception {
        String algorithm = kind.startsWith("RSA") || kind.startsWith("Ed") ? kind : "EC";
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, MAKER);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(kind));
        } else if (algorithm.equals("RSA")) {
            generator.initialize(2_048);
        }
        return generator.generateKeyPair();
    }

    private static SubjectPublicKeyInfo info(KeyPair pair, String form) {
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        byte[] key = info.getPublicKeyData().getOctets();
        return switch (form) {
            case "" -> info;
            case "bare" -> new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), key);
            case "longer" -> new SubjectPublicKeyInfo(info.getAlgorithm(), Arrays.copyOf(key, key.length + 1));
            case "compressed" ->
                new SubjectPublicKeyInfo(
                        info.getAlgorithm(),
                        ((ECPublicKey) pair.getPublic()).getQ().getEncoded(true));
            case "hybrid" -> {
                key[0] = (byte) (6 + (key[key.length - 1] & 1));
                yield new SubjectPublicKeyInfo(info.getAlgorithm(), key);
            }
            default -> throw new IllegalArgumentException(form);
        };
    }

    private static X509Certificate certificate(
            String subject, SubjectPublicKeyInfo key, String issuer, KeyPair issuerKeys) throws Exception {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3_600)),
                new X500Name("CN=" + subject),
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(!subject.equals("leaf")));
        PrivateKey signing = issuerKeys.getPrivate();
        String algorithm = switch (signing.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm)
                        .setProvider(MAKER)
                        .build(signing)));
    }
}
