package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What files named {@code .argocd-source.yaml} and {@code .argocd-source-APPLICATION.yaml} in the folder of a source change in it, as
 * <a href="https://github.com/argoproj/argo-cd/blob/master/reposerver/repository/repository.go">Argo CD merges them</a>. Not thread-safe.
 */
final class ArgoOverrides {

    private static final String NAME = ".argocd-source";
    private static final String BEFORE = NAME + "-";
    private static final String AFTER = ".yaml";

    /** The end of a document that is not at the start of a file. */
    private static final Pattern SEPARATOR = Pattern.compile("[\\n\\r](?:---|\\.\\.\\.)(?=[ \\t\\r\\n]|$)");

    /** Where the source stays as the Application has it. */
    private static final Set<String> KEPT =
            Set.of("chart", "path", "repoURL", "targetRevision", "ref", "name", "tagPrefix");

    private static final Set<String> CHANGED = Set.of("helm", "kustomize", "directory", "plugin");

    private static final Set<String> OF_HELM = Set.of(
            "valueFiles",
            "parameters",
            "releaseName",
            "values",
            "fileParameters",
            "version",
            "passCredentials",
            "ignoreMissingValueFiles",
            "skipCrds",
            "valuesObject",
            "namespace",
            "kubeVersion",
            "apiVersions",
            "skipTests",
            "skipSchemaValidation");

    /** Lists of {@code helm} with the fields of their elements. */
    private static final Map<String, Set<String>> OF_ELEMENTS = Map.of(
            "parameters", Set.of("name", "value", "forceString"),
            "fileParameters", Set.of("name", "path"));

    private final DeployedFiles files;
    private final KustomizeBudget budget;
    /** What is in files that were read: one may change very many Applications. */
    private final Map<Path, ManifestNode> read = new HashMap<>();
    /** Sources with their overrides, while there is room: each is asked for whenever it is looked at. */
    private final Map<Key, ManifestNode> merged = new HashMap<>();
    /** Values in {@link #merged}. */
    private int kept;
    /** Files that Applications have something of. */
    private final Set<Path> applied = new HashSet<>();

    ArgoOverrides(DeployedFiles files, KustomizeBudget budget) {
        this.files = files;
        this.budget = budget;
    }

    private record Key(ManifestNode source, Path folder) {}

    /**
     * {@return a source with what files in its folder change in it}
     *
     * @param application the metadata of the Application
     */
    ManifestNode applied(ManifestNode application, ManifestNode source, Path folder) throws InputException {
        Key key = new Key(source, folder);
        ManifestNode known = merged.get(key);
        if (known != null) {
            return known;
        }
        int mark = budget.mark();
        ManifestNode all = merged(application, source, folder);
        int values = budget.mark() - mark;
        if (values <= KustomizeBudget.KEPT - kept) {
            kept += values;
            merged.put(key, all);
        }
        return all;
    }

    private ManifestNode merged(ManifestNode application, ManifestNode source, Path folder) throws InputException {
        ManifestNode all = source;
        for (Path file : files(application, folder, source)) {
            ManifestNode patch = read(file, source);
            for (Map.Entry<String, ManifestNode> field : patch.fields.entrySet()) {
                if (!CHANGED.contains(field.getKey()) && !KEPT.contains(field.getKey())) {
                    throw field.getValue().malformed("what this field makes of an Application is not known");
                }
            }
            for (Map.Entry<String, ManifestNode> field :
                    ManifestNode.in(patch, "helm").fields.entrySet()) {
                if (!OF_HELM.contains(field.getKey())) {
                    throw unknownOfHelm(field.getValue());
                }
                Set<String> known = OF_ELEMENTS.get(field.getKey());
                if (known != null) {
                    requireKnown(field.getValue(), known);
                }
            }
            ManifestNode before = all;
            all = merged(all, patch, false);
            for (String field : KEPT) {
                all.fields.remove(field);
                ManifestNode kept = before.field(field);
                if (kept != null) {
                    all.fields.put(field, kept);
                }
            }
        }
        return all;
    }

    /** {@return whether an Application has what an override says} */
    boolean isApplied(Path override) {
        return applied.contains(override);
    }

    private static InputException unknownOfHelm(ManifestNode value) {
        return value.malformed("what this field of helm makes of values is not known");
    }

    /** Argo CD also reads names of fields in another case. */
    private static void requireKnown(ManifestNode list, Set<String> known) throws InputException {
        for (ManifestNode element : list.elements) {
            for (Map.Entry<String, ManifestNode> field : element.fields.entrySet()) {
                if (!known.contains(field.getKey())) {
                    throw unknownOfHelm(field.getValue());
                }
            }
        }
    }

    private List<Path> files(ManifestNode application, Path folder, ManifestNode source) throws InputException {
        List<Path> found = new ArrayList<>();
        String name = application.text("name");
        add(folder, NAME + AFTER, found);
        if (name.contains("{{") || name.contains("${")) {
            requireNone(folder, "", source, "the names that generators and variables give to Applications");
        } else if (!name.isEmpty()) {
            add(folder, BEFORE + name + AFTER, found);
            requireNone(folder, "_" + name, source, "the namespace in which it runs");
        }
        return found;
    }

    private static void add(Path folder, String name, List<Path> found) {
        try {
            Path file = folder.resolve(name);
            // Argo CD passes over folders, and follows links.
            if (folder.equals(file.getParent()) && Files.exists(file) && !Files.isDirectory(file)) {
                found.add(file);
            }
        } catch (InvalidPathException none) {
            // No Application has such a name.
        }
    }

    private void requireNone(Path folder, String end, ManifestNode source, String reason) throws InputException {
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder)) {
            for (Path other : others) {
                String name = String.valueOf(other.getFileName());
                if (name.startsWith(BEFORE) && name.endsWith(end + AFTER)) {
                    throw source.malformed(
                            "whether Argo CD reads " + files.paths.shown(other) + " depends on " + reason);
                }
            }
        } catch (IOException unreadable) {
            throw source.malformed("the folder cannot be read: " + unreadable.getMessage());
        }
    }

    /** {@return whether a file has the name of one} */
    static boolean isOne(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(NAME + AFTER) || (name.startsWith(BEFORE) && name.endsWith(AFTER));
    }

    private ManifestNode read(Path file, ManifestNode source) throws InputException {
        Path real = files.paths.inTree(file);
        if (real == null) {
            throw source.malformed(files.paths.shown(file) + " is a link out of the repository");
        }
        applied.add(real);
        ManifestNode known = read.get(real);
        if (known != null) {
            return known;
        }
        List<ManifestNode> documents = files.documents(real);
        // Argo CD reads the first document, also where that is empty.
        if (SEPARATOR.matcher(new String(files.content(real), ISO_8859_1)).find()
                || documents.size() != 1
                || !documents.get(0).isObject()) {
            throw source.malformed(files.paths.shown(file) + ": expected one object with fields of a source");
        }
        read.put(real, documents.get(0));
        return documents.get(0);
    }

    /**
     * Merges as a JSON merge patch whose outcome is then read into the source that is there: what the outcome does not have stays, also
     * in the elements of lists.
     *
     * @param isFree whether it is a value without a type, in which null removes
     */
    private ManifestNode merged(@Nullable ManifestNode before, ManifestNode patch, boolean isFree)
            throws InputException {
        budget.keep(patch, 1);
        if (patch.isObject()) {
            ManifestNode all = patch.object();
            if (before != null && before.isObject()) {
                all.fields.putAll(before.fields);
            }
            for (Map.Entry<String, ManifestNode> field : patch.fields.entrySet()) {
                String name = field.getKey();
                ManifestNode value = field.getValue();
                if (value.type != ValueType.NULL) {
                    all.fields.put(name, merged(all.field(name), value, isFree || name.equals("valuesObject")));
                } else if (isFree) {
                    all.fields.remove(name);
                }
            }
            return all;
        }
        if (!patch.isArray() || isFree || patch.elements.stream().noneMatch(ManifestNode::isObject)) {
            return patch;
        }
        ManifestNode all = patch.array();
        for (int i = 0; i < patch.elements.size(); i++) {
            boolean hasOld = before != null && i < before.elements.size();
            ManifestNode old = hasOld && before != null ? before.elements.get(i) : null;
            ManifestNode element = patch.elements.get(i);
            all.elements.add(element.isObject() ? merged(old, element, false) : element);
        }
        return all;
    }
}
