package io.imagegate.input.kustomize;

import io.imagegate.input.kubernetes.FileObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object that a kustomization makes.
 *
 * @param object the object, which knows the file of each image
 * @param nodes the value of each image; null where one is missing, which patches of several files may make
 */
record MadeObject(FileObject object, List<@Nullable ManifestNode> nodes) {

    /** {@return an object that was just read of a tree} */
    static MadeObject of(FileObject object, NodeCursor cursor) {
        List<@Nullable ManifestNode> nodes = new ArrayList<>();
        List<@Nullable String> files = new ArrayList<>();
        for (int i = 0; i < object.images().size(); i++) {
            ManifestNode node = cursor.node(object.offset(i));
            nodes.add(node);
            files.add(node == null ? null : node.source.name());
        }
        return new MadeObject(object.writtenIn(files), nodes);
    }
}
