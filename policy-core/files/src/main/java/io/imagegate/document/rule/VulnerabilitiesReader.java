package io.imagegate.document.rule;

import io.imagegate.document.signer.SignerReader;
import io.imagegate.document.signer.SignerSets;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.rule.Vulnerabilities;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads which vulnerabilities a scan result must not have. */
final class VulnerabilitiesReader {

    private final SignerSets signers;
    private final PolicyWarnings warnings;

    VulnerabilitiesReader(SignerSets signers, PolicyWarnings warnings) {
        this.signers = signers;
        this.warnings = warnings;
    }

    /** {@return the condition; none if it cannot be read} */
    List<Vulnerabilities> read(YamlNode node) {
        int before = node.problems().count();
        Optional<Vulnerabilities> read =
                node.fields("deny", "ignore", "fixable", "vex").flatMap(this::read);
        return node.problems().count() > before ? List.of() : read.stream().toList();
    }

    private Optional<Vulnerabilities> read(Fields fields) {
        Optional<Vulnerabilities> denied = fields.require("deny")
                .flatMap(list -> list.list(item -> item.choice(VulnerabilitySeverity.class)))
                .map(severities -> Vulnerabilities.deny(severities.toArray(VulnerabilitySeverity[]::new)));
        Optional<List<Signer>> vex = fields.get("vex").flatMap(signers::list);
        Optional<String> fixable = fields.get("fixable")
                .flatMap(node -> node.isText() ? node.oneOf(List.of("only")) : node.wrong("the word \"only\""));
        List<YamlNode> ignored = fields.get("ignore").map(YamlNode::items).orElse(List.of());
        // Everything is read even without severities, so that all problems are found.
        Vulnerabilities read = denied.orElseGet(() -> Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL));
        for (YamlNode item : ignored) {
            read = ignore(read, item).orElse(read);
        }
        Vulnerabilities of = fixable.isPresent() ? read.withFixableOnly() : read;
        return vex.isEmpty()
                ? Optional.of(of)
                : fields.require("vex")
                        .flatMap(node -> node.make(() -> of.withVex(vex.get().toArray(Signer[]::new))));
    }

    /** An id alone, or a mapping that says until when and why. */
    private Optional<Vulnerabilities> ignore(Vulnerabilities of, YamlNode item) {
        return item.isMapping()
                ? item.fields("id", "until", "reason").flatMap(fields -> ignore(of, fields))
                : item.parse(of::withIgnored);
    }

    private Optional<Vulnerabilities> ignore(Vulnerabilities of, Fields fields) {
        fields.get("reason").ifPresent(ExceptionReader::reason);
        Optional<Instant> until = fields.get("until").flatMap(SignerReader::last);
        until.ifPresent(last -> fields.get("until")
                .ifPresent(node -> warnings.ends(
                        node,
                        last,
                        "the vulnerability is no longer ignored: remove the entry, or write a later date")));
        return fields.require("id").flatMap(id -> id.parse(text -> of.withIgnored(text, until.orElse(Instant.MAX))));
    }
}
