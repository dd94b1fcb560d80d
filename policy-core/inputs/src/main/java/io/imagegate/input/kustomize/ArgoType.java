package io.imagegate.input.kustomize;

import io.imagegate.syntax.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** What Argo CD takes the folder of a source for: as the source says, else as the folder looks. */
enum ArgoType {
    PLUGIN("plugin"),
    HELM("helm"),
    DIRECTORY("directory"),
    KUSTOMIZE("kustomize");

    /** Fields that a source may have and yet be empty. */
    private static final Set<String> UNCOUNTED = Set.of(
            "forceCommonLabels",
            "forceCommonAnnotations",
            "commonAnnotationsEnvsubst",
            "labelWithoutSelector",
            "labelIncludeTemplates");

    private final String field;

    ArgoType(String field) {
        this.field = field;
    }

    static ArgoType of(ManifestNode source, Path folder) {
        for (ArgoType type : values()) {
            if (type.isSaidBy(source)) {
                return type;
            }
        }
        if (Kustomization.isIn(folder)) {
            return KUSTOMIZE;
        }
        return Files.isRegularFile(folder.resolve("Chart.yaml")) ? HELM : DIRECTORY;
    }

    /** {@return whether a source has the field of this type} */
    boolean isSaidBy(ManifestNode source) {
        ManifestNode value = source.field(field);
        return value != null && value.type != ValueType.NULL;
    }

    /**
     * {@return a source without types that say nothing, such as {@code directory: {}}, as Argo CD stores it; itself if it has none:
     * <a href="https://github.com/argoproj/argo-cd/blob/master/util/argo/argo.go">NormalizeSource</a>}
     */
    static ManifestNode withoutEmpty(ManifestNode source) {
        ManifestNode all = source.object();
        for (Map.Entry<String, ManifestNode> entry : source.fields.entrySet()) {
            boolean isType =
                    Set.of(HELM.field, DIRECTORY.field, KUSTOMIZE.field).contains(entry.getKey());
            if (!isType || !isEmpty(entry.getValue())) {
                all.fields.put(entry.getKey(), entry.getValue());
            }
        }
        return all.fields.size() == source.fields.size() ? source : all;
    }

    private static boolean isEmpty(ManifestNode type) {
        return type.fields.entrySet().stream()
                .allMatch(entry -> UNCOUNTED.contains(entry.getKey()) || isEmpty(entry.getKey(), entry.getValue()));
    }

    private static boolean isEmpty(String field, ManifestNode value) {
        return switch (value.type) {
            case OBJECT ->
                field.equals("jsonnet")
                        ? value.fields.values().stream().allMatch(list -> list.elements.isEmpty())
                        : value.fields.isEmpty() && !field.equals("valuesObject");
            case ARRAY -> value.elements.isEmpty();
            case BOOLEAN -> value.text.equals("false");
            default -> value.text.isEmpty();
        };
    }
}
