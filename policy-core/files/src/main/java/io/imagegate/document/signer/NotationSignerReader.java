package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.NotationSigner.Revocation;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.RevocationList;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SubjectParts;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads signers whose signatures have the form of Notation. */
final class NotationSignerReader {

    private final BesideFile files;
    private final PemReader pem;
    private final CertificateReader certificates;
    private final PolicyWarnings warnings;

    NotationSignerReader(BesideFile files, PemReader pem, CertificateReader certificates, PolicyWarnings warnings) {
        this.files = files;
        this.pem = pem;
        this.certificates = certificates;
        this.warnings = warnings;
    }

    Optional<Signer> read(String name, YamlNode node) {
        return node.fields("roots", "identities", "timestamps", "crls", "revocation")
                .flatMap(fields -> read(name, fields));
    }

    private Optional<Signer> read(String name, Fields fields) {
        Optional<List<X509Certificate>> roots = fields.require("roots").flatMap(certificates::authorities);
        Optional<List<SubjectParts>> identities =
                fields.require("identities").flatMap(list -> list.list(item -> item.parse(SubjectParts::parse)));
        Optional<List<X509Certificate>> timestamps = fields.get("timestamps").flatMap(certificates::authorities);
        Optional<List<RevocationList>> crls = fields.get("crls").flatMap(this::crls);
        Optional<Revocation> revocation = fields.get("revocation").flatMap(node -> node.choice(Revocation.class));
        boolean read = timestamps.isPresent() == fields.has("timestamps")
                && crls.isPresent() == fields.has("crls")
                && revocation.isPresent() == fields.has("revocation");
        return read
                ? roots.flatMap(found -> identities.flatMap(names -> fields.owner()
                        .make(() -> new NotationSigner(
                                name,
                                found,
                                names,
                                timestamps.orElse(List.of()),
                                crls.orElse(List.of()),
                                revocation.orElse(Revocation.GIVEN)))))
                : Optional.empty();
    }

    private Optional<List<RevocationList>> crls(YamlNode list) {
        return list.list(item -> PemReader.fields(item).flatMap(fields -> crl(item, fields)));
    }

    private Optional<RevocationList> crl(YamlNode item, Fields fields) {
        Optional<RevocationList> crl = pem.read(
                fields,
                text -> PemFile.crl(text.getBytes(StandardCharsets.UTF_8)),
                file -> files.readBytes(file, PemFile::crl));
        crl.ifPresent(list -> warnings.ends(
                fields.get("file").orElse(item),
                list.nextUpdate(),
                "the CRL counted until " + list.nextUpdate()
                        + ": signatures that need it are denied, so write the authority's next list "
                        + (fields.has("file") ? "to this file" : "here")));
        return crl;
    }
}
