package io.imagegate.server.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A private certificate authority for one webhook and its API servers. Keys are ECDSA on P-256, which openssl, Go, Java
 * and curl accept and which make handshakes cheapest.
 */
public final class Authority {

    /** Certificates are valid this long before they are made, because clocks differ a little. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Identity identity;
    private final Instant now;

    private Authority(Identity identity, Instant now) {
        this.identity = identity;
        this.now = now;
    }

    /**
     * Creates an authority.
     *
     * @param commonName its name
     * @param now when it is made
     * @param validity how long its certificate is valid
     * @return the authority, with a new key
     */
    public static Authority create(String commonName, Instant now, Duration validity) {
        try {
            KeyPair keys = newKeys();
            X500Name name = new X500Name("CN=" + commonName);
            X509v3CertificateBuilder builder =
                    builder(name, name, keys.getPublic(), now.minus(CLOCK_SKEW), now.plus(validity));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new Authority(new Identity(keys.getPrivate(), List.of(sign(builder, keys.getPrivate()))), now);
        } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
            throw cannotIssue(impossible);
        }
    }

    /**
     * Opens an existing authority.
     *
     * @param certificates PEM, the authority's certificate first
     * @param key its private key, PEM
     * @param now when it issues
     * @return the authority
     * @throws TlsProblem when a file is missing or malformed, or the certificate is no authority's or not valid now
     */
    public static Authority open(Path certificates, Path key, Instant now) {
        Identity identity = TlsFiles.identity(certificates, key);
        X509Certificate certificate = identity.certificate();
        if (certificate.getBasicConstraints() < 0) {
            throw new TlsProblem(certificates + ": expected the certificate of an authority first, found another ("
                    + certificate.getSubjectX500Principal() + ")");
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || now.isAfter(certificate.getNotAfter().toInstant())) {
            throw new TlsProblem(certificates + ": expected an authority that is valid now, this one is valid from "
                    + certificate.getNotBefore().toInstant() + " until "
                    + certificate.getNotAfter().toInstant());
        }
        return new Authority(identity, now);
    }

    /** {@return the authority's key, its certificate and the other certificates of its file} */
    public Identity identity() {
        return identity;
    }

    /**
     * Issues an identity for a server.
     *
     * @param hosts the names and addresses by which clients reach it
     * @param validity how long its certificate is valid, at most as long as the authority's
     * @return a new key and its certificate
     */
    public Identity server(List<Host> hosts, Duration validity) {
        return issue("CN=imagegate", KeyPurposeId.id_kp_serverAuth, hosts, validity);
    }

    /**
     * Issues an identity for a client.
     *
     * @param commonName the client's name
     * @param validity how long its certificate is valid, at most as long as the authority's
     * @return a new key and its certificate
     */
    public Identity client(String commonName, Duration validity) {
        return issue("CN=" + commonName, KeyPurposeId.id_kp_clientAuth, List.of(), validity);
    }

    private Identity issue(String subject, KeyPurposeId purpose, List<Host> hosts, Duration validity) {
        try {
            KeyPair own = newKeys();
            X509Certificate issuer = identity.certificate();
            X509v3CertificateBuilder builder = builder(
                    new JcaX509CertificateHolder(issuer).getSubject(),
                    new X500Name(subject),
                    own.getPublic(),
                    later(now.minus(CLOCK_SKEW), issuer.getNotBefore().toInstant()),
                    earlier(now.plus(validity), issuer.getNotAfter().toInstant()));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.authorityKeyIdentifier, false, keyIdentifier(issuer));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(hosts));
            }
            return new Identity(own.getPrivate(), List.of(sign(builder, identity.key())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException impossible) {
            throw cannotIssue(impossible);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** The key identifier in the authority's certificate, which other software may have computed in another way. */
    private static AuthorityKeyIdentifier keyIdentifier(X509Certificate issuer) throws GeneralSecurityException {
        SubjectKeyIdentifier own =
                SubjectKeyIdentifier.fromExtensions(new JcaX509CertificateHolder(issuer).getExtensions());
        return own == null
                ? new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey())
                : new AuthorityKeyIdentifier(own.getKeyIdentifier());
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, new BigInteger(127, RANDOM).setBit(126), Date.from(from), Date.from(until), subject, key);
        return builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
    }

    private static GeneralNames alternativeNames(List<Host> hosts) {
        return new GeneralNames(hosts.stream().map(Host::generalName).toArray(GeneralName[]::new));
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder(TlsFiles.signatureAlgorithm(key)).build(key)));
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
