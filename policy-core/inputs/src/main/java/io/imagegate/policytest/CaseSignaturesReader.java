package io.imagegate.policytest;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PredicateJson;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policytest.CaseSignatures.Stated;
import io.imagegate.predicate.PredicateReader;
import io.imagegate.signer.AttestationType;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads who signed and attested an image in a case of a policy test. */
final class CaseSignaturesReader {

    private final Source source;
    private final BesideFile files;
    private final List<YamlNode> names = new ArrayList<>();

    CaseSignaturesReader(Source source) {
        this.source = source;
        this.files = new BesideFile(source);
    }

    /** {@return the names of signers that were read, whose policies may not be known yet} */
    List<YamlNode> names() {
        return names;
    }

    CaseSignatures read(Fields facts) {
        Optional<List<Stated>> signatures = facts.get("signedBy").flatMap(list -> list.list(this::signature));
        Optional<List<List<Stated>>> attestations =
                facts.get("attestations").flatMap(list -> list.list(this::attestation));
        return new CaseSignatures(
                signatures.orElse(List.of()),
                attestations.orElse(List.of()).stream().flatMap(List::stream).toList());
    }

    /** A name alone, or a mapping that says more. */
    private Optional<Stated> signature(YamlNode item) {
        if (!item.isMapping()) {
            return name(item)
                    .map(name -> new Stated(name, Optional.empty(), Optional.empty(), Map.of(), Optional.empty()));
        }
        return item.fields("by", "at", "annotations").flatMap(fields -> {
            Optional<Instant> at = fields.get("at").flatMap(Dates::instant);
            Map<String, String> annotations = fields.texts("annotations");
            return fields.require("by")
                    .flatMap(this::name)
                    .map(name -> new Stated(name, Optional.empty(), at, annotations, Optional.empty()));
        });
    }

    private Optional<List<Stated>> attestation(YamlNode item) {
        return item.fields("type", "by", "at", "predicate").flatMap(fields -> {
            Optional<AttestationType> type = fields.require("type").flatMap(node -> node.parse(AttestationType::parse));
            Optional<List<String>> by = fields.require("by").flatMap(list -> list.list(this::name));
            Optional<Instant> at = fields.get("at").flatMap(Dates::instant);
            Optional<PredicateReader> predicate = fields.get("predicate")
                    .flatMap(node -> node.fields("file", "json"))
                    .flatMap(this::predicate)
                    .map(json -> PredicateReader.of(() -> new ByteArrayInputStream(json)));
            return type.flatMap(of -> by.map(all -> all.stream()
                    .map(name -> new Stated(name, Optional.of(of), at, Map.of(), predicate))
                    .toList()));
        });
    }

    /** Reads a predicate, which is in a file or in the case itself. */
    private Optional<byte[]> predicate(Fields fields) {
        boolean inFile = fields.has("file");
        if (inFile == fields.has("json")) {
            String found = inFile ? "file and json" : "neither file nor json";
            fields.owner().problem(found + ", expected exactly one of them");
            return Optional.empty();
        }
        return inFile
                ? fields.require("file")
                        .flatMap(files::text)
                        .flatMap(text -> PredicateJson.check(text.file(), text.content(), source.problems()))
                : fields.require("json").flatMap(node -> node.text().flatMap(text -> PredicateJson.check(node, text)));
    }

    private Optional<String> name(YamlNode node) {
        Optional<String> name = node.text();
        name.ifPresent(text -> names.add(node));
        return name;
    }
}
