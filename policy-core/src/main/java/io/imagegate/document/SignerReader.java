package io.imagegate.document;

import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.SignerCertificate;
import io.imagegate.signer.SignerKey;
import io.imagegate.signer.SignerKeys;
import io.imagegate.signer.SignerTrust;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;

/** Reads one signer: exactly one of keys, keyless and certificate. */
final class SignerReader {

    private static final List<String> KINDS = List.of("keys", "keyless", "certificate", "notation");
    private static final String EXPECTED = "expected exactly one of keys, keyless and certificate";

    private final BesideFile files;
    private final TrustReader trusts;
    private final KeylessReader keyless;

    SignerReader(Source source, TrustReader trusts, PolicyWarnings warnings) {
        this.files = new BesideFile(source);
        this.trusts = trusts;
        this.keyless = new KeylessReader(trusts, warnings);
    }

    Optional<NamedSigner> read(String name, YamlNode node) {
        int before = node.problems().count();
        Optional<NamedSigner> signer = node.fields("keys", "keyless", "certificate", "notation", "trust")
                .flatMap(fields -> read(name, fields));
        return node.problems().count() > before ? Optional.empty() : signer;
    }

    private Optional<NamedSigner> read(String name, Fields fields) {
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
            case "certificate" ->
                node.fields("roots", "subject", "identity", "timestamps", "trust")
                        .flatMap(inner -> certificate(name, inner));
            default -> {
                node.problem("signatures of Notation are not supported yet, " + EXPECTED);
                yield Optional.empty();
            }
        };
    }

    private Optional<SignerKeys> keys(String name, YamlNode list, Fields fields) {
        Optional<SignerTrust> trust = fields.get("trust").flatMap(trusts::other);
        return list.list(item -> item.fields("file", "notAfter").flatMap(this::key))
                .map(keys -> new SignerKeys(name, keys, trust));
    }

    private Optional<SignerKey> key(Fields fields) {
        Optional<SignerKey> key =
                fields.require("file").flatMap(file -> files.read(file, text -> SignerKey.of(PemFile.publicKey(text))));
        Optional<Instant> notAfter = fields.get("notAfter").flatMap(SignerReader::last);
        return key.map(k -> notAfter.map(k::withNotAfter).orElse(k));
    }

    /** {@return an instant, or the end of a day in UTC} */
    static Optional<Instant> last(YamlNode node) {
        return node.text().filter(text -> text.contains("T")).isPresent()
                ? node.instant()
                : ExceptionReader.date(node)
                        .map(day -> day.plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                                .minusNanos(1));
    }

    private Optional<NamedSigner> certificate(String name, Fields fields) {
        Optional<List<X509Certificate>> roots = fields.require("roots").flatMap(this::certificates);
        Optional<String> subject = fields.get("subject").flatMap(node -> node.parse(SignerReader::subject));
        Optional<PathGlob> identity = fields.get("identity").flatMap(node -> node.parse(PathGlob::parse));
        Optional<List<X509Certificate>> timestamps = fields.get("timestamps").flatMap(this::certificates);
        Optional<SignerTrust> trust = fields.get("trust").flatMap(trusts::other);
        Function<List<X509Certificate>, NamedSigner> made =
                found -> new SignerCertificate(name, found, subject, identity, timestamps.orElse(List.of()), trust);
        boolean read = subject.isPresent() == fields.has("subject")
                && identity.isPresent() == fields.has("identity")
                && timestamps.isPresent() == fields.has("timestamps")
                && trust.isPresent() == fields.has("trust");
        return read ? roots.flatMap(found -> fields.owner().make(() -> made.apply(found))) : Optional.empty();
    }

    private static String subject(String text) {
        try {
            if (!text.isBlank()) {
                new X500Principal(text);
                return text;
            }
        } catch (IllegalArgumentException e) {
            // The message is about the position in the text, in terms of Java.
        }
        throw new IllegalArgumentException(
                YamlNode.quote(text) + ", expected a subject as RFC 4514 writes it, such as CN=release,O=acme");
    }

    private Optional<List<X509Certificate>> certificates(YamlNode list) {
        return list.list(item -> item.fields("file")
                        .flatMap(fields -> fields.require("file"))
                        .flatMap(file -> files.read(file, SignerReader::authorities)))
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    /** Certificates of version 1 cannot say whether they are those of an authority. */
    private static List<X509Certificate> authorities(String text) {
        List<X509Certificate> certificates = PemFile.certificates(text);
        if (certificates.stream().anyMatch(root -> root.getVersion() > 1 && root.getBasicConstraints() < 0)) {
            throw new IllegalArgumentException(
                    "a certificate that is not that of an authority, expected one with CA:TRUE");
        }
        return certificates;
    }
}
