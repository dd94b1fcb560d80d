package io.imagegate.input.kustomize;

import io.imagegate.syntax.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * What patches find an object by. A part that a kustomization changes in a way that is not known is null.
 *
 * @param apiVersion its API version
 * @param kind its kind
 * @param namespace its namespace; {@code default} for none
 * @param name its name
 */
record KustomizeId(
        @Nullable String apiVersion,
        @Nullable String kind,
        @Nullable String namespace,
        @Nullable String name) {

    static KustomizeId of(ManifestNode object) {
        ManifestNode metadata = object.field("metadata");
        String namespace = metadata == null ? "" : text(metadata, "namespace");
        return new KustomizeId(
                text(object, "apiVersion"),
                text(object, "kind"),
                namespace == null || !namespace.isEmpty() ? namespace : "default",
                metadata == null ? "" : text(metadata, "name"));
    }

    private static @Nullable String text(ManifestNode object, String field) {
        ManifestNode value = object.field(field);
        boolean isKnown = object.changedBy == null && (value == null || value.changedBy == null);
        // Kustomize writes numbers, truth values and dates as JSON, and takes what it then reads.
        return isKnown && (value == null || value.type == ValueType.NULL || value.isText()) ? object.text(field) : null;
    }

    int length() {
        return length(apiVersion) + length(kind) + length(namespace) + length(name);
    }

    private static int length(@Nullable String part) {
        return part == null ? 0 : part.length();
    }

    boolean isKnown() {
        return apiVersion != null && kind != null && namespace != null && name != null;
    }

    /** {@return whether both may be the same} */
    boolean mayBe(KustomizeId other) {
        return mayBe(apiVersion, other.apiVersion)
                && mayBe(kind, other.kind)
                && mayBe(namespace, other.namespace)
                && mayBe(name, other.name);
    }

    private static boolean mayBe(@Nullable String part, @Nullable String other) {
        return part == null || other == null || part.equals(other);
    }
}
