package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one signer, of exactly one kind. */
public final class SignerReader {

    private static final String KEYS = "keys";
    private static final String TRUST = "trust";

    /** Readers of the kinds of signers, by their keys. A new one is added here. */
    private final Map<String, KindReader> kinds = new LinkedHashMap<>();

    private interface KindReader {
        /** @param beside the fields of the signer, of which the node is one */
        Optional<? extends Signer> read(String name, YamlNode node, Fields beside);
    }

    SignerReader(Source source, TrustReader trusts, PolicyWarnings warnings) {
        BesideFile files = new BesideFile(source);
        PemReader pem = new PemReader(files);
        KeylessReader keyless = new KeylessReader(trusts, warnings);
        CertificateReader certificates = new CertificateReader(pem, trusts);
        NotationSignerReader notation = new NotationSignerReader(files, pem, certificates, warnings);
        kinds.put(KEYS, new KeysReader(pem, trusts)::read);
        kinds.put("keyless", (name, node, beside) -> keyless.read(name, node));
        kinds.put("certificate", (name, node, beside) -> certificates.read(name, node));
        kinds.put("notation", (name, node, beside) -> notation.read(name, node));
    }

    Optional<Signer> read(String name, YamlNode node) {
        int before = node.problems().count();
        String[] keys = Stream.concat(kinds.keySet().stream(), Stream.of(TRUST)).toArray(String[]::new);
        Optional<Signer> signer = node.fields(keys).flatMap(fields -> read(name, fields));
        return node.problems().count() > before ? Optional.empty() : signer;
    }

    private Optional<Signer> read(String name, Fields fields) {
        List<String> written = kinds.keySet().stream().filter(fields::has).toList();
        if (written.size() != 1) {
            fields.owner().problem((written.isEmpty() ? "no signer, " : "several signers in one, ") + expected());
            return Optional.empty();
        }
        String kind = written.get(0);
        if (fields.has(TRUST) && !kind.equals(KEYS)) {
            fields.require(TRUST).ifPresent(node -> node.problem("beside " + kind + ", expected it inside"));
        }
        return Objects.requireNonNull(kinds.get(kind))
                .read(name, fields.require(kind).orElseThrow(), fields)
                .map(signer -> signer);
    }

    private String expected() {
        List<String> names = List.copyOf(kinds.keySet());
        int last = names.size() - 1;
        return "expected exactly one of " + String.join(", ", names.subList(0, last)) + " and " + names.get(last);
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
