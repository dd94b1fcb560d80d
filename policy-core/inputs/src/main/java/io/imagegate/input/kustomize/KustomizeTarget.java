package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code target} of a patch: which objects it changes. Immutable. */
final class KustomizeTarget {

    private static final Set<String> FIELDS =
            Set.of("group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector");
    /** The label that validators may set, and no other field. */
    private static final String VALIDATED = "validated-by";

    private static final Set<String> SELECTORS = Set.of("labelSelector", "annotationSelector");

    private final Map<String, KustomizePattern> patterns = new HashMap<>();
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final int length;

    private KustomizeTarget(ManifestNode target) throws InputException {
        target.requireFields("target", FIELDS);
        int patternLength = 0;
        for (Map.Entry<String, ManifestNode> field : target.fields.entrySet()) {
            if (SELECTORS.contains(field.getKey())) {
                patternLength += field.getValue().text.length();
            } else if (!target.text(field.getKey()).isEmpty()) {
                KustomizePattern pattern = KustomizePattern.of(field.getValue());
                patternLength += pattern.length();
                patterns.put(field.getKey(), pattern);
            }
        }
        length = patternLength;
        labels = selector(target.field("labelSelector"));
        annotations = selector(target.field("annotationSelector"));
    }

    static KustomizeTarget of(ManifestNode target) throws InputException {
        return new KustomizeTarget(target);
    }

    private static Map<String, String> selector(@Nullable ManifestNode selector) throws InputException {
        Map<String, String> wanted = new HashMap<>();
        if (selector == null || selector.text.isBlank()) {
            return wanted;
        }
        for (String term : selector.text.split(",", -1)) {
            String[] sides = term.split("==?", 2);
            if (sides.length < 2
                    || term.indexOf('!') >= 0
                    || term.indexOf('(') >= 0
                    || KustomizedObject.isOfKustomize(sides[0].strip())
                    || sides[0].strip().equals(VALIDATED)
                    || wanted.put(sides[0].strip(), sides[1].strip()) != null) {
                throw selector.malformed("target: this selector is not read: " + SafeText.quote(selector.text, 60)
                        + "; expected name=value, each name once and none of kustomize's own");
            }
        }
        return wanted;
    }

    /** {@return how long its patterns and selectors are together} */
    int length() {
        return length;
    }

    /** {@return whether it asks for a namespace} */
    boolean hasNamespace() {
        return patterns.containsKey("namespace");
    }

    /**
     * {@return whether the object is one of those}
     *
     * @throws InputException if that depends on what a kustomization changes in a way that is not known
     */
    boolean matches(KustomizedObject object) throws InputException {
        KustomizeId now = object.id();
        KustomizeId first = object.firstId();
        String apiVersion = now.apiVersion();
        int slash = apiVersion == null ? -1 : apiVersion.indexOf('/');
        ManifestNode root = object.root;
        boolean may = mayMatch("group", apiVersion == null ? null : apiVersion.substring(0, Math.max(0, slash)))
                && mayMatch("version", apiVersion == null ? null : apiVersion.substring(slash + 1))
                && mayMatch("kind", now.kind())
                && (mayMatch("name", now.name()) || mayMatch("name", first.name()))
                && mayHaveNamespace(now, first);
        List<ManifestNode> unknown = new ArrayList<>();
        if (!may || !mayHave(root, "labels", labels, unknown) || !mayHave(root, "annotations", annotations, unknown)) {
            return false;
        }
        if (KustomizeScope.mayHaveNone(now)
                && namespaceMatches(now, first) != mayMatch("namespace", KustomizeScope.NONE)
                && !KustomizeScope.hasNone(now)) {
            throw root.malformed(
                    "whether this kind has a namespace depends on the version of kustomize, and a patch looks"
                            + " for one: check what kubectl kustomize prints instead");
        }
        object.requireKnownId(patterns.keySet());
        for (ManifestNode value : unknown) {
            value.requireKnown();
        }
        return true;
    }

    private boolean mayHaveNamespace(KustomizeId now, KustomizeId first) {
        boolean none = KustomizeScope.mayHaveNone(now) && mayMatch("namespace", KustomizeScope.NONE);
        return none || (!KustomizeScope.hasNone(now) && namespaceMatches(now, first));
    }

    private boolean namespaceMatches(KustomizeId now, KustomizeId first) {
        return mayMatch("namespace", now.namespace()) || mayMatch("namespace", first.namespace());
    }

    private boolean mayMatch(String field, @Nullable String text) {
        KustomizePattern pattern = patterns.get(field);
        return pattern == null || text == null || pattern.matches(text);
    }

    private static boolean mayHave(
            ManifestNode root, String field, Map<String, String> wanted, List<ManifestNode> unknown)
            throws InputException {
        ManifestNode metadata = root.field("metadata");
        ManifestNode texts = metadata == null ? null : metadata.field(field);
        for (Map.Entry<String, String> want : wanted.entrySet()) {
            ManifestNode text = texts == null ? null : texts.field(want.getKey());
            List<ManifestNode> changed = Stream.of(metadata, texts, text)
                    .filter(value -> value != null && value.changedBy != null)
                    .toList();
            unknown.addAll(changed);
            if (changed.isEmpty() && text != null) {
                KustomizedObject.requireText(text, "metadata." + field);
            }
            if (changed.isEmpty() && (text == null || !text.text.equals(want.getValue()))) {
                return false;
            }
        }
        return true;
    }
}
