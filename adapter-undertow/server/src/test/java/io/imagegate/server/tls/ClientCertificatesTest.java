package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.certificate.CertificateNames;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificates of clients are accepted, and which names they have. */
@Tag("slow")
class ClientCertificatesTest {

    private static final String STRONG = "SHA256withRSA";
    private static KeyPair root;
    private static KeyPair middle;
    private static KeyPair leaf;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        root = generator.generateKeyPair();
        middle = generator.generateKeyPair();
        leaf = generator.generateKeyPair();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA256withRSA", "SHA384withRSA", "SHA512withRSA", "SHA256withRSAandMGF1"})
    void signaturesOverNewerDigestsAreAccepted(String algorithm) throws Exception {
        check(authority(STRONG), leafOf("root", root, algorithm));
        check(authority(STRONG), leafOf("middle", middle, algorithm), intermediate(algorithm));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA1withRSA", "SHA1withRSAandMGF1"})
    void signaturesOverSha1AreRefusedBelowTheAuthority(String algorithm) throws Exception {
        assertThatThrownBy(() -> check(authority(STRONG), leafOf("root", root, algorithm)))
                .isInstanceOf(CertificateException.class)
                .hasStackTraceContaining("signed over SHA-1");
        assertThatThrownBy(() -> check(authority(STRONG), leafOf("middle", middle, STRONG), intermediate(algorithm)))
                .isInstanceOf(CertificateException.class)
                .hasStackTraceContaining("signed over SHA-1");
    }

    /** Its own signature proves nothing: it is trusted because the operator says so. */
    @Test
    void theAuthorityItselfMayBeSignedOverSha1() throws Exception {
        check(authority("SHA1withRSA"), leafOf("root", root, STRONG));
    }

    @Test
    void namesHaveTypesAndOthersDoNotCount() throws Exception {
        X509Certificate certificate = certificate(
                new X500Name("CN=one,OU=two,CN=three"),
                leaf,
                "root",
                root,
                STRONG,
                false,
                new GeneralName(GeneralName.dNSName, "api.example.org"),
                new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://example.org/api"),
                new GeneralName(GeneralName.rfc822Name, "kube-apiserver"),
                new GeneralName(GeneralName.iPAddress, "10.0.0.1"),
                new GeneralName(GeneralName.registeredID, "1.2.3"));
        assertThat(CertificateNames.of(certificate))
                .containsExactlyInAnyOrder("cn:one", "cn:three", "dns:api.example.org", "uri:spiffe://example.org/api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b+CN=c", " #x\\ ", "é 中", "x"})
    void aCommonNameIsReadAsItIs(String name) throws Exception {
        for (ASN1Encodable text : List.of(new DERUTF8String(name), new DERBMPString(name))) {
            X500Name subject = new X500NameBuilder()
                    .addRDN(BCStyle.O, "CN=acme")
                    .addMultiValuedRDN(
                            new ASN1ObjectIdentifier[] {BCStyle.OU, BCStyle.CN},
                            new ASN1Encodable[] {new DERUTF8String("z".repeat(200)), text})
                    .build();
            assertThat(CertificateNames.of(certificate(subject, leaf, "root", root, STRONG, false)))
                    .containsExactly("cn:" + name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "kube-apiserver, cn:kube-apiserver dns:kube-apiserver",
        "cn:kube-apiserver, cn:kube-apiserver",
        "dns:a.example.org, dns:a.example.org",
        "uri:spiffe://a/b, uri:spiffe://a/b",
        "system:node:a, cn:system:node:a dns:system:node:a",
    })
    void namesOfTheCommandLineAreOneTypeOrTwo(String typed, String names) {
        assertThat(CertificateNames.parse(typed)).isEqualTo(Set.of(names.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://a/b, '\"spiffe://a/b\": a name without a type is a common name or a DNS name; expected "
                + "uri:spiffe://a/b'",
        "cn:, '\"cn:\": expected a name after the type'",
        "'', 'expected a name, got nothing'",
    })
    void namesThatCannotBeMeantAreRefused(String typed, String problem) {
        assertThatThrownBy(() -> CertificateNames.parse(typed)).hasMessage(problem);
    }

    private static void check(X509Certificate authority, X509Certificate... chain) throws Exception {
        X509TrustManager trust = (X509TrustManager) TlsContexts.trust(List.of(authority))[0];
        assertThat(trust.getAcceptedIssuers()).containsExactly(authority);
        trust.checkClientTrusted(chain, "RSA");
    }

    private static X509Certificate authority(String algorithm) throws Exception {
        return certificate(new X500Name("CN=root"), root, "root", root, algorithm, true);
    }

    private static X509Certificate intermediate(String algorithm) throws Exception {
        return certificate(new X500Name("CN=middle"), middle, "root", root, algorithm, true);
    }

    private static X509Certificate leafOf(String issuer, KeyPair issuerKeys, String algorithm) throws Exception {
        return certificate(new X500Name("CN=leaf"), leaf, issuer, issuerKeys, algorithm, false);
    }

    private static X509Certificate certificate(
            X500Name subject,
            KeyPair keys,
            String issuer,
            KeyPair issuerKeys,
            String algorithm,
            boolean authority,
            GeneralName... names)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minusSeconds(60)),
                Date.from(now.plusSeconds(3_600)),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(signer(algorithm, issuerKeys.getPrivate())));
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws Exception {
        return algorithm.endsWith("MGF1")
                ? new PssSigner(algorithm, key)
                : new JcaContentSignerBuilder(algorithm).build(key);
    }

    /** By the JDK's RSASSA-PSS, of which Bouncy Castle's builder knows only its own provider's. */
    private static final class PssSigner implements ContentSigner {

        private final ByteArrayOutputStream signed = new ByteArrayOutputStream();
        private final Signature signature;
        private final AlgorithmIdentifier algorithm;

        PssSigner(String name, PrivateKey key) throws Exception {
            String digest = name.startsWith("SHA1with") ? "SHA-1" : "SHA-256";
            signature = Signature.getInstance("RSASSA-PSS");
            signature.setParameter(new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), 20, 1));
            signature.initSign(key);
            algorithm = new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_RSASSA_PSS,
                    ASN1Primitive.fromByteArray(signature.getParameters().getEncoded()));
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return signed;
        }

        @Override
        public byte[] getSignature() {
            try {
                signature.update(signed.toByteArray());
                return signature.sign();
            } catch (SignatureException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
