package io.imagegate.registry.content;

import java.util.Set;
import java.util.TreeSet;

/** Media types of manifests and configurations. */
public final class MediaTypes {

    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    public static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    static final Set<String> MANIFESTS = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);

    /** Configurations of images, in contrast to those of other artifacts. */
    public static final Set<String> IMAGE_CONFIGS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");

    /** All four, since a registry answers 404 for a type that is not accepted. */
    public static final String ACCEPT = String.join(", ", OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST);

    private MediaTypes() {}

    public static boolean isManifest(String type) {
        return INDEXES.contains(type) || MANIFESTS.contains(type);
    }

    public static Set<String> all() {
        Set<String> all = new TreeSet<>(INDEXES);
        all.addAll(MANIFESTS);
        return all;
    }
}
