package io.imagegate.document.policy;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.text.Suggestion;
import java.util.List;
import java.util.Optional;

/** Reads the documents of a file, and passes each to the reader of its kind. */
public final class Documents {

    /** How the API versions of all documents begin. */
    public static final String GROUP = "imagegate.io/";

    public static final String API_VERSION = GROUP + "v1alpha1";
    public static final String POLICY = "ImagePolicy";
    public static final String POLICY_TEST = "ImagePolicyTest";
    public static final String IMAGE_SETS = "ImageSets";
    private static final List<String> KINDS = List.of(POLICY, POLICY_TEST, IMAGE_SETS);

    /** A document whose apiVersion and kind are known. */
    public record Typed(String kind, Fields fields) {}

    private Documents() {}

    public static List<Typed> read(Source source, String text) {
        source.problems().begin(source.name());
        int before = source.problems().count();
        List<YamlNode> documents = YamlReader.documents(source.name(), text, source.problems());
        if (documents.isEmpty() && source.problems().count() == before) {
            source.problems().add(source.name(), "an empty file, expected kind: " + String.join(" or kind: ", KINDS));
        }
        return documents.stream().flatMap(node -> typed(node).stream()).toList();
    }

    /** Other keys are checked only if apiVersion and kind are known. */
    private static Optional<Typed> typed(YamlNode document) {
        Optional<Fields> any = document.isMapping()
                ? document.anyFields()
                : document.wrong("a mapping with apiVersion, kind, metadata and spec");
        if (any.filter(fields -> OtherPolicies.refuse(fields, API_VERSION)).isPresent()) {
            return Optional.empty();
        }
        Optional<String> version = any.flatMap(f -> oneOf(f, "apiVersion", List.of(API_VERSION)));
        Optional<String> kind = any.flatMap(f -> oneOf(f, "kind", KINDS));
        return version.flatMap(v -> kind)
                .flatMap(known -> document.fields("apiVersion", "kind", "metadata", "spec")
                        .map(fields -> new Typed(known, fields)));
    }

    private static Optional<String> oneOf(Fields fields, String key, List<String> values) {
        if (!fields.has(key)) {
            fields.owner().problem("missing key \"" + key + "\"", Suggestion.oneOf("", values));
        }
        return fields.get(key).flatMap(node -> node.oneOf(values));
    }
}
