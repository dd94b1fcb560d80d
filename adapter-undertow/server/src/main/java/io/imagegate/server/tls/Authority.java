package io.imagegate.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority of one's own, for one webhook and its API servers. Keys are ECDSA on P-256, which openssl,
 * Go, Java and curl all accept and which cost a handshake least.
 */
public final class Authority {

    /** Clocks of two machines differ a little; a certificate is valid this long before it was made. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys;
    private final X500Name name;
    private final Instant now;
    private final X509Certificate certificate;

    private Authority(KeyPair keys, X500Name name, Instant now, Duration validity)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        this.keys = keys;
        this.name = name;
        this.now = now;
        X509v3CertificateBuilder builder = builder(name, keys.getPublic(), validity);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        this.certificate = sign(builder);
    }

    /**
     * A new authority.
     *
     * @param commonName its name
     * @param now when it is made
     * @param validity how long its certificate is valid
     * @return the authority, with a new key
     */
    public static Authority create(String commonName, Instant now, Duration validity) {
        try {
            return new Authority(newKeys(), new X500Name("CN=" + commonName), now, validity);
        } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
            throw cannotIssue(impossible);
        }
    }

    /** {@return the authority's own key and certificate} */
    public Identity identity() {
        return new Identity(keys.getPrivate(), List.of(certificate));
    }

    /**
     * Issues an identity for a server.
     *
     * @param hosts the names and addresses by which clients reach it
     * @param validity how long its certificate is valid
     * @return a new key and its certificate
     */
    public Identity server(List<Host> hosts, Duration validity) {
        return issue("CN=imagegate", KeyPurposeId.id_kp_serverAuth, hosts, validity);
    }

    /**
     * Issues an identity for a client.
     *
     * @param commonName the client's name
     * @param validity how long its certificate is valid
     * @return a new key and its certificate
     */
    public Identity client(String commonName, Duration validity) {
        return issue("CN=" + commonName, KeyPurposeId.id_kp_clientAuth, List.of(), validity);
    }

    private Identity issue(String subject, KeyPurposeId purpose, List<Host> hosts, Duration validity) {
        try {
            KeyPair own = newKeys();
            JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
            X509v3CertificateBuilder builder = builder(new X500Name(subject), own.getPublic(), validity);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(keys.getPublic()));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
            }
            return new Identity(own.getPrivate(), List.of(sign(builder)));
        } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
            throw cannotIssue(impossible);
        }
    }

    private X509v3CertificateBuilder builder(X500Name subject, PublicKey key, Duration validity)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(now.plus(validity)),
                subject,
                key);
        return builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    }

    private static GeneralNames alternativeNames(List<Host> hosts) {
        return new GeneralNames(hosts.stream().map(Host::generalName).toArray(GeneralName[]::new));
    }

    private X509Certificate sign(X509v3CertificateBuilder builder)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static TlsProblem cannotIssue(Exception why) {
        return new TlsProblem("a certificate cannot be made: " + why.getMessage(), why);
    }
}
