package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Reads one signer: exactly one of keys, keyless, certificate and notation. */
public final class SignerReader {

    private static final List<String> KINDS = List.of("keys", "keyless", "certificate", "notation");
    private static final String EXPECTED = "expected exactly one of keys, keyless, certificate and notation";

    private final PemReader pem;
    private final TrustReader trusts;
    private final KeylessReader keyless;
    private final CertificateReader certificates;
    private final NotationSignerReader notation;

    SignerReader(Source source, TrustReader trusts, PolicyWarnings warnings) {
        BesideFile files = new BesideFile(source);
        this.pem = new PemReader(files);
        this.trusts = trusts;
        this.keyless = new KeylessReader(trusts, warnings);
        this.certificates = new CertificateReader(pem, trusts);
        this.notation = new NotationSignerReader(files, pem, certificates, warnings);
    }

    Optional<Signer> read(String name, YamlNode node) {
        int before = node.problems().count();
        Optional<Signer> signer = node.fields("keys", "keyless", "certificate", "notation", "trust")
                .flatMap(fields -> read(name, fields));
        return node.problems().count() > before ? Optional.empty() : signer;
    }

    private Optional<Signer> read(String name, Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.owner().problem((kinds.isEmpty() ? "no signer, " : "several signers in one, ") + EXPECTED);
            return Optional.empty();
        }
        if (fields.has("trust") && !fields.has("keys")) {
            fields.require("trust").ifPresent(node -> node.problem("beside " + kinds.get(0) + ", expected it inside"));
        }
        YamlNode node = fields.require(kinds.get(0)).orElseThrow();
        return switch (kinds.get(0)) {
            case "keys" -> keys(name, node, fields).map(signer -> signer);
            case "keyless" -> keyless.read(name, node).map(signer -> signer);
            case "certificate" -> certificates.read(name, node);
            default -> notation.read(name, node);
        };
    }

    private Optional<KeySigner> keys(String name, YamlNode list, Fields fields) {
        Optional<Trust> trust = fields.get("trust").flatMap(trusts::other);
        return list.list(item -> PemReader.fields(item, "notAfter").flatMap(this::key))
                .map(keys -> new KeySigner(name, keys, trust));
    }

    private Optional<SigningKey> key(Fields fields) {
        Optional<SigningKey> key = pem.read(fields, SigningKey::read);
        Optional<Instant> notAfter = fields.get("notAfter").flatMap(SignerReader::last);
        return key.map(k -> notAfter.map(k::withNotAfter).orElse(k));
    }

    /** {@return an instant, or the end of a day in UTC} */
    public static Optional<Instant> last(YamlNode node) {
        return node.text().filter(text -> text.contains("T")).isPresent()
                ? Dates.instant(node)
                : Dates.date(node)
                        .map(day -> day.plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .minusNanos(1));
    }
}
