package io.imagegate.document.signer;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.Signer;
import io.imagegate.text.Names;
import io.imagegate.text.Suggestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the signers of a policy, and lists that refer to them. */
public final class SignerSets {

    private static final String REFERENCE = "$";

    private final TrustReader trusts;
    private final SignerReader reader;
    private final Map<String, Optional<Signer>> signers = new LinkedHashMap<>();

    public SignerSets(Source source, Consumer<String> check, PolicyWarnings warnings) {
        this.trusts = new TrustReader(source, check, warnings);
        this.reader = new SignerReader(source, trusts, warnings);
    }

    public void define(Fields spec) {
        spec.get("trust").ifPresent(trusts::define);
        spec.get("signers")
                .flatMap(YamlNode::anyFields)
                .ifPresent(fields -> fields.all().forEach(this::define));
    }

    private void define(String name, YamlNode node) {
        node.parse(name, text -> Names.require("signer", text));
        signers.put(name, reader.read(name, node));
    }

    /** {@return the signers that could be read} */
    public List<Signer> all() {
        return signers.values().stream().flatMap(Optional::stream).toList();
    }

    /** {@return the signers that a list refers to} */
    public Optional<List<Signer>> list(YamlNode list) {
        return list.list(this::signer);
    }

    private Optional<Signer> signer(YamlNode item) {
        return item.text().flatMap(text -> {
            boolean reference = text.startsWith(REFERENCE);
            Optional<Signer> signer = reference ? signers.get(text.substring(1)) : null;
            if (signer == null) {
                List<String> names =
                        signers.keySet().stream().map(REFERENCE::concat).toList();
                String unknown = (reference ? "unknown signer " : "") + YamlNode.quote(text);
                if (names.isEmpty()) {
                    item.problem(unknown + ", expected $ and a name in spec.signers, but there are none");
                } else {
                    item.problem(unknown, Suggestion.oneOf(text, names));
                }
                return Optional.empty();
            }
            return signer;
        });
    }
}
