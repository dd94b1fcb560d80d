package io.imagegate.document.policy;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.text.Names;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads the metadata of a document: its name, and labels and annotations for reports. */
public final class Metadata {

    private Metadata() {}

    public static Optional<Fields> fields(YamlNode metadata) {
        return metadata.fields("name", "labels", "annotations");
    }

    public static Optional<YamlNode> name(Fields metadata) {
        return metadata.require("name");
    }

    public static void read(Fields metadata, PolicyBuilder policy) {
        metadata.get("labels").ifPresent(labels -> each(labels, policy::label));
        metadata.get("annotations").ifPresent(annotations -> each(annotations, policy::annotation));
    }

    /** {@return the name of a document that is no policy} Its labels and annotations are not used, but mistakes in them are reported. */
    public static Optional<String> check(Fields metadata, String what) {
        read(metadata, Policy.builder("unused"));
        return name(metadata).flatMap(node -> node.parse(text -> Names.require(what, text)));
    }

    private static void each(YamlNode texts, BiConsumer<String, String> target) {
        texts.anyFields()
                .ifPresent(fields -> fields.all()
                        .forEach((key, value) -> value.parse(text -> {
                            target.accept(key, text);
                            return text;
                        })));
    }
}
