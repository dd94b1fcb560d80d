package io.imagegate.server.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with its key, of any validity: {@link Authority} makes none that outlives its issuer.
 *
 * @param keys its key
 * @param certificate it
 */
public record Issued(KeyPair keys, X509Certificate certificate) {

    /** From when until when it is valid. */
    public record Dates(Instant from, Instant until) {}

    /** An authority that signs itself. */
    public static Issued root(String name, Dates dates) throws Exception {
        KeyPair own = newKeys();
        return new Issued(own, sign(name, own, name, own, dates, null));
    }

    /** An authority that this one signs. */
    public Issued authority(String name, Dates dates) throws Exception {
        return authority(name, newKeys(), dates);
    }

    /** The certificate of an authority with another's key. */
    public Issued authority(String name, KeyPair own, Dates dates) throws Exception {
        return new Issued(own, sign(name, own, name(), keys, dates, null));
    }

    /** A certificate for servers with alternative names. */
    public Issued server(Dates dates, GeneralName... names) throws Exception {
        return leaf(KeyPurposeId.id_kp_serverAuth, dates, names);
    }

    /** A certificate for a purpose. */
    public Issued leaf(KeyPurposeId purpose, Dates dates, GeneralName... names) throws Exception {
        KeyPair own = newKeys();
        return new Issued(own, sign("server", own, name(), keys, dates, purpose, names));
    }

    /** Its key with the certificates above it. */
    public Identity below(Issued... above) {
        return new Identity(
                keys.getPrivate(),
                Stream.concat(Stream.of(certificate), Arrays.stream(above).map(Issued::certificate))
                        .toList());
    }

    /** The DNS names. */
    public static GeneralName[] dns(String... names) {
        return Arrays.stream(names)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
    }

    private String name() {
        return certificate.getSubjectX500Principal().getName().substring("CN=".length());
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(
            String subject,
            KeyPair own,
            String issuer,
            KeyPair signer,
            Dates dates,
            @Nullable KeyPurposeId purpose,
            GeneralName... names)
            throws Exception {
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(dates.from()),
                Date.from(dates.until()),
                new X500Name("CN=" + subject),
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(purpose == null));
        if (purpose != null) {
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        }
        if (names.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }
}
