package io.imagegate.kubernetes;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes the objects of a source that must have one. Not thread-safe.
 *
 * @param <T> the type of objects
 * @since 0.1
 */
public final class SingleObject<T> implements Consumer<T> {

    /** What messages call the source. */
    public static final String NAME = "object";

    private @Nullable T first;
    private int count;

    @Override
    public void accept(T object) {
        if (first == null) {
            first = object;
        }
        count++;
    }

    /**
     * {@return the object}
     *
     * @param problem makes an exception of a sentence
     * @param <X> the type of the exception
     * @throws X if there is none, or there are several
     */
    public <X extends Exception> T get(Function<String, X> problem) throws X {
        if (first == null || count > 1) {
            throw problem.apply("expected one Kubernetes object, got " + count);
        }
        return first;
    }
}
