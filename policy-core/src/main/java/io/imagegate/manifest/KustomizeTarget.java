package io.imagegate.manifest;

import io.imagegate.text.SafeText;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code target} of a patch: which objects it changes. Immutable. */
final class KustomizeTarget {

    private static final Set<String> FIELDS =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    private static final Set<String> SELECTORS = Set.of("labelSelector", "annotationSelector");

    private final Map<String, KustomizePattern> patterns = new HashMap<>();
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final int length;

    private KustomizeTarget(ManifestNode target) throws ManifestException {
        if (!target.isObject()) {
            throw target.malformed("target: expected an object");
        }
        int patternLength = 0;
        for (Map.Entry<String, ManifestNode> field : target.fields.entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                throw field.getValue()
                        .malformed(
                                "target: expected kind, name and the like, got " + SafeText.quote(field.getKey(), 60));
            }
            patternLength += field.getValue().text.length();
            if (!SELECTORS.contains(field.getKey())
                    && !target.text(field.getKey()).isEmpty()) {
                patterns.put(field.getKey(), KustomizePattern.of(field.getValue()));
            }
        }
        length = patternLength;
        labels = selector(target.field("labelSelector"));
        annotations = selector(target.field("annotationSelector"));
    }

    static KustomizeTarget of(ManifestNode target) throws ManifestException {
        return new KustomizeTarget(target);
    }

    private static Map<String, String> selector(@Nullable ManifestNode selector) throws ManifestException {
        Map<String, String> wanted = new HashMap<>();
        if (selector == null || selector.text.isBlank()) {
            return wanted;
        }
        for (String term : selector.text.split(",", -1)) {
            String[] sides = term.split("==?", 2);
            if (sides.length < 2 || term.indexOf('!') >= 0 || term.indexOf('(') >= 0) {
                throw selector.malformed("target: this selector is not read: " + SafeText.quote(selector.text, 60)
                        + "; expected name=value");
            }
            wanted.put(sides[0].strip(), sides[1].strip());
        }
        return wanted;
    }

    /** {@return how long its patterns are together} */
    int length() {
        return length;
    }

    boolean matches(KustomizedObject object) {
        ManifestNode root = object.root;
        String apiVersion = root.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        return matches("group", apiVersion.substring(0, Math.max(0, slash)))
                && matches("version", apiVersion.substring(slash + 1))
                && matches("kind", root.text("kind"))
                && object.ids().stream().anyMatch(this::matches)
                && has(root, "labels", labels)
                && has(root, "annotations", annotations);
    }

    private boolean matches(KustomizeId id) {
        return matches("name", id.name()) && matches("namespace", id.namespace());
    }

    private boolean matches(String field, String text) {
        KustomizePattern pattern = patterns.get(field);
        return pattern == null || pattern.matches(text);
    }

    private static boolean has(ManifestNode root, String field, Map<String, String> wanted) {
        ManifestNode metadata = root.field("metadata");
        ManifestNode texts = metadata == null ? null : metadata.field(field);
        return wanted.isEmpty()
                || (texts != null
                        && wanted.entrySet().stream()
                                .allMatch(want -> texts.fields.containsKey(want.getKey())
                                        && texts.text(want.getKey()).equals(want.getValue())));
    }
}
