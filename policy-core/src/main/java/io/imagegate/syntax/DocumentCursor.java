package io.imagegate.syntax;

import org.jspecify.annotations.Nullable;

/**
 * Cursor over a text with any number of top-level values. Not thread-safe.
 *
 * @param <X> thrown for text that is malformed, has another shape than expected or is over a limit
 * @since 0.1
 */
public interface DocumentCursor<X extends Exception> extends Cursor<X> {

    /**
     * Moves to the next top-level value.
     *
     * @return false if there is none
     * @throws X if the text is malformed
     */
    boolean begin() throws X;

    /**
     * Reads the next top-level value as a tree.
     *
     * @return the value; null if there is none
     * @throws X if the text is malformed or over a limit
     */
    default @Nullable Node document() throws X {
        return begin() ? tree() : null;
    }
}
