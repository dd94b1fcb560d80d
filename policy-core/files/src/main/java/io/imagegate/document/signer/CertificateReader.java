package io.imagegate.document.signer;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SubjectPattern;
import io.imagegate.signer.Trust;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads signers with certificates of an own authority, and the certificates of authorities. */
final class CertificateReader {

    private final PemReader pem;
    private final TrustReader trusts;

    CertificateReader(PemReader pem, TrustReader trusts) {
        this.pem = pem;
        this.trusts = trusts;
    }

    Optional<Signer> read(String name, YamlNode node) {
        return node.fields("roots", "subject", "identity", "timestamps", "trust")
                .flatMap(fields -> certificate(name, fields));
    }

    private Optional<Signer> certificate(String name, Fields fields) {
        Optional<List<X509Certificate>> roots = fields.require("roots").flatMap(this::authorities);
        Optional<String> subject = fields.get("subject").flatMap(node -> node.parse(CertificateReader::subject));
        Optional<PathGlob> identity = fields.get("identity").flatMap(node -> node.parse(PathGlob::parse));
        Optional<List<X509Certificate>> timestamps = fields.get("timestamps").flatMap(this::authorities);
        Optional<Trust> trust = fields.get("trust").flatMap(trusts::other);
        Function<List<X509Certificate>, Signer> made =
                found -> new CertificateSigner(name, found, subject, identity, timestamps.orElse(List.of()), trust);
        boolean read = subject.isPresent() == fields.has("subject")
                && identity.isPresent() == fields.has("identity")
                && timestamps.isPresent() == fields.has("timestamps")
                && trust.isPresent() == fields.has("trust");
        return read ? roots.flatMap(found -> fields.owner().make(() -> made.apply(found))) : Optional.empty();
    }

    private static String subject(String text) {
        return SubjectPattern.parse(text).requirePossible().toString();
    }

    Optional<List<X509Certificate>> authorities(YamlNode list) {
        return list.list(item ->
                        PemReader.fields(item).flatMap(fields -> pem.read(fields, CertificateReader::certificates)))
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /** Certificates of version 1 cannot say whether they are those of an authority, and are not verified. */
    private static List<X509Certificate> certificates(String text) {
        List<X509Certificate> certificates = PemFile.certificates(text);
        if (certificates.stream().anyMatch(root -> root.getBasicConstraints() < 0)) {
            throw new IllegalArgumentException(
                    "a certificate that is not that of an authority, expected one with CA:TRUE");
        }
        return certificates;
    }
}
