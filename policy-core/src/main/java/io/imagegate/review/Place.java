package io.imagegate.review;

import io.imagegate.text.SafeText;
import org.jspecify.annotations.Nullable;

/**
 * Where in the reviewed object an image stands, for messages. Immutable; the text is made only when it is asked for.
 *
 * @param list path of the list, such as {@code containers} or {@code spec.template.spec.initContainers}
 * @param index position in that list, from 0
 * @param name name of the container or volume, or null where the wire carries none
 * @since 0.1
 */
public record Place(String list, int index, @Nullable String name) {

    private static final int NAME_LIMIT = 100;

    /** {@return the place as messages show it, such as {@code spec.initContainers[0] "migrate"}} */
    @Override
    public String toString() {
        String position = list + "[" + index + "]";
        return name == null ? position : position + " " + SafeText.quote(name, NAME_LIMIT);
    }
}
