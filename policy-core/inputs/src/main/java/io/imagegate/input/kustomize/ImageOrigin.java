package io.imagegate.input.kustomize;

import org.jspecify.annotations.Nullable;

/**
 * What the {@code images} of kustomizations made an image of.
 *
 * @param written the image in its object or patch
 * @param name the {@code newName} that decides its name; null if the written one does
 * @param version the {@code newTag} or {@code digest} that decides its version; null if the written one does
 */
record ImageOrigin(
        ManifestNode written,
        @Nullable ManifestNode name,
        @Nullable ManifestNode version) {}
