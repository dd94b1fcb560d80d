package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of a kustomization, as far as they concern images. Immutable. */
final class Kustomization {

    /** The names of files of kustomizations. */
    static final List<String> FILES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final String GROUP = "kustomize.config.k8s.io/";

    /** Fields that change images in no way, and none of what decides about them. */
    private static final Set<String> OTHERS =
            Set.of("apiVersion", "kind", "metadata", "sortOptions", "helmGlobals", "validators", "inventory");

    private static final Set<String> READ = Set.of(
            "openapi",
            "crds",
            "configurations",
            "resources",
            "bases",
            "components",
            "configMapGenerator",
            "secretGenerator",
            "generatorOptions",
            "patches",
            "patchesStrategicMerge",
            "patchesJson6902",
            "namespace",
            "namePrefix",
            "nameSuffix",
            "labels",
            "commonLabels",
            "commonAnnotations",
            "replicas",
            "images",
            "imageTags",
            "replacements",
            "transformers",
            "vars",
            "buildMetadata");

    /** Fields whose objects are unknown here. */
    private static final List<String> UNREAD = List.of("helmCharts", "helmChartInflationGenerator", "generators");

    /** The folder. */
    final Path folder;

    final ManifestNode root;

    Kustomization(Path folder, ManifestNode root) {
        this.folder = folder;
        this.root = root;
    }

    /**
     * Makes a kustomization.
     *
     * @param folder its folder, without links
     * @param source its file
     * @param documents what is in it
     */
    static Kustomization of(Path folder, ManifestSource source, List<ManifestNode> documents) throws InputException {
        if (documents.size() != 1 || !documents.get(0).isObject()) {
            throw new InputException(source.name(), 1, 1, "a kustomization: expected one object");
        }
        ManifestNode root = documents.get(0);
        for (Map.Entry<String, ManifestNode> field : root.fields.entrySet()) {
            String name = field.getKey();
            if (!OTHERS.contains(name)
                    && !READ.contains(name)
                    && !UNREAD.contains(name)
                    && isFilled(field.getValue())) {
                throw field.getValue()
                        .malformed("what " + SafeText.quote(name, 60)
                                + " makes of images is not known: check what kubectl kustomize prints instead");
            }
        }
        return new Kustomization(folder, root);
    }

    private static boolean isFilled(ManifestNode value) {
        return value.isScalar() ? value.type != ValueType.NULL : !value.fields.isEmpty() || !value.elements.isEmpty();
    }

    /** {@return whether a document in a file with such a name is one: other tools name files so, too} */
    static boolean is(ManifestNode document) {
        String apiVersion = document.text("apiVersion");
        return apiVersion.isEmpty() || apiVersion.startsWith(GROUP);
    }

    boolean isComponent() {
        return root.text("kind").equals("Component");
    }

    /** {@return what messages call it} */
    String title() {
        ManifestNode metadata = root.field("metadata");
        String name = metadata == null ? "" : metadata.text("name");
        return ((isComponent() ? "Component " : "Kustomization ") + name).strip();
    }

    /** {@return files and folders with objects} */
    List<ManifestNode> resources() throws InputException {
        return texts("resources", "bases");
    }

    List<ManifestNode> components() throws InputException {
        return texts("components");
    }

    /** {@return what makes objects that are not read} */
    List<ManifestNode> unread() throws InputException {
        List<ManifestNode> unread = new ArrayList<>();
        for (String field : UNREAD) {
            unread.addAll(elements(field));
        }
        return unread;
    }

    /** {@return whether a folder has one} */
    static boolean isIn(Path folder) {
        return FILES.stream().anyMatch(file -> Files.isRegularFile(folder.resolve(file)));
    }

    /** {@return the files of patches} */
    List<ManifestNode> patchFiles() throws InputException {
        List<ManifestNode> files = new ArrayList<>();
        for (ManifestNode patch : texts("patchesStrategicMerge")) {
            if (!isInline(patch)) {
                files.add(patch);
            }
        }
        for (String field : List.of("patches", "patchesJson6902")) {
            for (ManifestNode element : elements(field)) {
                ManifestNode path = element.field("path");
                if (path != null && path.type == ValueType.STRING) {
                    files.add(path);
                }
            }
        }
        return files;
    }

    /** {@return whether a patch is written in the kustomization, and is no name of a file} */
    static boolean isInline(ManifestNode patch) {
        return patch.text.indexOf('\n') >= 0 || patch.text.indexOf('{') >= 0;
    }

    List<ImageEntry> images() throws InputException {
        List<ImageEntry> images = new ArrayList<>();
        for (String field : List.of("images", "imageTags")) {
            for (ManifestNode entry : elements(field)) {
                images.add(ImageEntry.of(entry));
            }
        }
        return images;
    }

    /** {@return the fields of an object of texts} */
    Map<String, ManifestNode> pairs(String field) {
        ManifestNode object = root.field(field);
        return object == null ? Map.of() : object.fields;
    }

    List<ManifestNode> elements(String field) throws InputException {
        ManifestNode list = root.field(field);
        if (list == null || list.type == ValueType.NULL) {
            return List.of();
        }
        if (!list.isArray()) {
            throw list.malformed(field + ": expected an array, got " + list.type);
        }
        return list.elements;
    }

    private List<ManifestNode> texts(String... fields) throws InputException {
        List<ManifestNode> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            for (ManifestNode element : elements(field)) {
                if (element.type != ValueType.STRING || element.text.isEmpty()) {
                    throw element.malformed(field + ": expected a text");
                }
                if (!seen.add(element.text)) {
                    throw element.malformed(field + ": " + SafeText.quote(element.text, 60) + " comes twice");
                }
                texts.add(element);
            }
        }
        return texts;
    }
}
