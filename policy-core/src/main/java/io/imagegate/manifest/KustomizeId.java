package io.imagegate.manifest;

/**
 * What patches find an object by.
 *
 * @param apiVersion its API version
 * @param kind its kind
 * @param namespace its namespace; {@code default} for none
 * @param name its name
 */
record KustomizeId(String apiVersion, String kind, String namespace, String name) {

    static KustomizeId of(ManifestNode object) {
        ManifestNode metadata = object.field("metadata");
        String namespace = metadata == null ? "" : metadata.text("namespace");
        return new KustomizeId(
                object.text("apiVersion"),
                object.text("kind"),
                namespace.isEmpty() ? "default" : namespace,
                metadata == null ? "" : metadata.text("name"));
    }

    int length() {
        return apiVersion.length() + kind.length() + namespace.length() + name.length();
    }
}
