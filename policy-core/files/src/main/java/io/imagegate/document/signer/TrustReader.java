package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.Trust;
import io.imagegate.text.Names;
import io.imagegate.text.Suggestion;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the trusted roots of a policy, and names of them. */
final class TrustReader {

    private static final int MOST = 16;

    private final GivenText texts;
    private final Consumer<String> check;
    private final PolicyWarnings warnings;
    private final Map<String, Optional<Trust>> trusts = new LinkedHashMap<>();
    private final Set<String> withSct = new HashSet<>();

    TrustReader(Source source, Consumer<String> check, PolicyWarnings warnings) {
        this.texts = new GivenText(new BesideFile(source), "json");
        this.check = check;
        this.warnings = warnings;
    }

    void define(YamlNode node) {
        node.anyFields().ifPresent(fields -> fields.all().forEach(this::define));
    }

    private void define(String name, YamlNode node) {
        node.parse(name, text -> Names.require("trust", text));
        trusts.put(name, node.fields("file", "json", "require", "confirmed").flatMap(fields -> trust(name, fields)));
    }

    private Optional<Trust> trust(String name, Fields fields) {
        int before = fields.owner().problems().count();
        Optional<Trust> trust = texts.read(fields, text -> {
            check.accept(text);
            return Trust.of(name, text);
        });
        Optional<Fields> require = fields.get("require").flatMap(node -> node.fields("log", "timestamp", "sct"));
        int log = number(require, "log", 1);
        int timestamp = number(require, "timestamp", 0);
        int sct = number(require, "sct", 1);
        require.ifPresent(written -> written.requireAny("log", "timestamp", "sct"));
        if (require.filter(written -> written.has("sct")).isPresent() && sct > 0) {
            withSct.add(name);
        }
        Optional<LocalDate> confirmed = fields.get("confirmed").flatMap(Dates::date);
        confirmed.ifPresent(day -> warnings.ends(
                fields.owner(),
                day.plusDays(Trust.CONFIRMED_DAYS),
                "the trusted root was confirmed on " + day + ", more than " + Trust.CONFIRMED_DAYS
                        + " days ago: compare it with its source and write today's date"));
        Optional<Trust> demanding = trust.map(root -> root.withRequired(log, timestamp, sct))
                .map(root -> confirmed.map(root::withConfirmed).orElse(root));
        return fields.owner().problems().count() > before ? Optional.empty() : demanding;
    }

    private static int number(Optional<Fields> require, String key, int byDefault) {
        return require.flatMap(fields -> fields.get(key))
                .flatMap(node -> node.integer(0, MOST))
                .orElse(byDefault);
    }

    /** {@return the trust that a keyless signer names} */
    Optional<Trust> keyless(YamlNode name) {
        return name.text().flatMap(text -> find(name, text));
    }

    /** {@return the trust that another signer names; it demands nothing that only keyless certificates have} */
    Optional<Trust> other(YamlNode name) {
        return name.text().flatMap(text -> {
            if (withSct.contains(text)) {
                name.problem("trust " + YamlNode.quote(text) + " requires sct, which only keyless certificates have;"
                        + " expected a trust without it");
                return Optional.empty();
            }
            return find(name, text);
        });
    }

    private Optional<Trust> find(YamlNode name, String text) {
        Optional<Trust> trust = trusts.get(text);
        if (trust == null) {
            name.problem(
                    "unknown trust " + YamlNode.quote(text), Suggestion.oneOf(text, trusts.keySet(), "spec.trust"));
            return Optional.empty();
        }
        return trust;
    }
}
