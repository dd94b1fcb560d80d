package io.imagegate.manifest;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the objects of a source that must have one. Not thread-safe. */
final class SingleObject implements Consumer<ManifestObject> {

    /** What messages call the source. */
    static final String NAME = "object";

    private @Nullable ManifestObject first;
    private int count;

    @Override
    public void accept(ManifestObject object) {
        if (first == null) {
            first = object;
        }
        count++;
    }

    <X extends Exception> ManifestObject get(Function<String, X> problem) throws X {
        if (first == null || count > 1) {
            throw problem.apply("expected one Kubernetes object, got " + count);
        }
        return first;
    }
}
