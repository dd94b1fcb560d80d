package io.imagegate.cel;

import dev.cel.common.types.CelType;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Property of a variable.
 *
 * @param path the variable and its own name, such as {@code image.tag}
 * @param type its type
 * @param isFact whether it is looked up
 * @param value finds its value; null if that is not told, or the image does not have it
 * @param tellsKey whether a mapping that is told in part tells a key; null for all others
 */
record Property(
        String path,
        CelType type,
        boolean isFact,
        Function<Subject, @Nullable Object> value,
        @Nullable BiPredicate<Subject, String> tellsKey) {

    Property(String path, CelType type, boolean isFact, Function<Subject, @Nullable Object> value) {
        this(path, type, isFact, value, null);
    }

    String variable() {
        return path.substring(0, path.indexOf('.'));
    }

    String name() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** {@return whether it is the registry of the image, which is unknown if a client may read it as an address} */
    boolean isRegistry() {
        return path.equals("image.registry");
    }

    /** {@return whether nobody told the value, or the fact is not known} */
    boolean isUnknown(Subject subject) {
        return isFact ? subject.metadata() == null : value.apply(subject) == null;
    }
}
