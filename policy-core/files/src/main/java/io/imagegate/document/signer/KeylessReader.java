package io.imagegate.document.signer;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Trust;
import io.imagegate.text.Suggestion;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads keyless signers. */
final class KeylessReader {

    private static final List<String> FORGES = List.of("https://github.com/", "https://gitlab.com/");
    private static final List<String> FORGE_ISSUERS =
            List.of("https://token.actions.githubusercontent.com", "https://gitlab.com");

    private final TrustReader trusts;
    private final PolicyWarnings warnings;

    KeylessReader(TrustReader trusts, PolicyWarnings warnings) {
        this.trusts = trusts;
        this.warnings = warnings;
    }

    Optional<KeylessSigner> read(String name, YamlNode node) {
        return node.fields("trust", "issuer", "identity", "certificate").flatMap(fields -> read(name, fields));
    }

    private Optional<KeylessSigner> read(String name, Fields fields) {
        Optional<Trust> trust = fields.require("trust").flatMap(trusts::keyless);
        Optional<String> issuer = fields.require("issuer").flatMap(node -> node.parse(KeylessReader::issuer));
        Optional<PathGlob> identity = fields.require("identity").flatMap(node -> node.parse(PathGlob::parse));
        Map<CertificateField, PathGlob> certificate = new EnumMap<>(CertificateField.class);
        fields.get("certificate").ifPresent(node -> certificate(node, certificate));
        if (trust.isEmpty() || issuer.isEmpty() || identity.isEmpty()) {
            return Optional.empty();
        }
        YamlNode named = fields.require("trust").orElseThrow();
        Optional<KeylessSigner> signer =
                named.make(() -> new KeylessSigner(name, trust.get(), issuer.get(), identity.get(), certificate));
        signer.ifPresent(read -> warn(fields, read));
        return signer;
    }

    private static String issuer(String text) {
        if (text.isBlank() || text.contains("*")) {
            throw new IllegalArgumentException(
                    YamlNode.quote(text) + ", expected the exact URL of an issuer, without wildcards");
        }
        return text;
    }

    private static void certificate(YamlNode node, Map<CertificateField, PathGlob> target) {
        Optional<Fields> fields = node.anyFields();
        fields.ifPresent(all -> all.all()
                .forEach((key, value) -> field(value, key)
                        .ifPresent(field -> value.parse(PathGlob::parse).ifPresent(glob -> target.put(field, glob)))));
        if (fields.filter(all -> all.all().isEmpty()).isPresent()) {
            node.problem("empty, expected at least one of " + String.join(", ", keys()));
        }
    }

    private static Optional<CertificateField> field(YamlNode value, String key) {
        Optional<CertificateField> field = Stream.of(CertificateField.values())
                .filter(known -> known.key().equals(key))
                .findFirst();
        if (field.isEmpty()) {
            value.problem("unknown field " + YamlNode.quote(key) + " of a certificate", Suggestion.oneOf(key, keys()));
        }
        return field;
    }

    private static List<String> keys() {
        return Stream.of(CertificateField.values()).map(CertificateField::key).toList();
    }

    private void warn(Fields fields, KeylessSigner signer) {
        if (signer.subject().matchesEverything()) {
            warnings.add(fields.owner(), "identity ** is everybody whom the issuer knows: name who may sign");
        }
        boolean forge = FORGE_ISSUERS.contains(signer.issuer())
                || FORGES.stream().anyMatch(signer.subject().toString()::startsWith);
        if (forge && !signer.certificate().containsKey(CertificateField.SOURCE_REPOSITORY)) {
            warnings.add(
                    fields.owner(),
                    "the identity is that of a workflow, whichever repository calls it: write"
                            + " certificate: {sourceRepository: …} for the repositories whose builds may sign");
        }
    }
}
