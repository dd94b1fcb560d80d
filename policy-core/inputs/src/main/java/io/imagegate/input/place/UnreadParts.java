package io.imagegate.input.place;

import io.imagegate.input.InputListener;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what files have and is not read, each part once: a file is read again after its images were replaced, and with others that
 * include it. Not thread-safe.
 */
public final class UnreadParts {

    /** What to check instead of a chart. */
    public static final String RENDERED =
            "expected what Helm makes of it, as in helm template CHART | imagegate check --policy FILE -";

    private static final String NOT_HERE = "expected a local file or folder with objects";

    private final Set<String> told = new HashSet<>();
    private @Nullable InputListener listener;

    /** Tells the next parts to the listener of a file; before, none is told. */
    public void of(@Nullable InputListener found) {
        listener = found;
    }

    /** {@return whom parts were told to; the next ones are told to nobody} */
    public @Nullable InputListener pause() {
        InputListener before = listener;
        listener = null;
        return before;
    }

    /**
     * Tells of what a file includes that is not here.
     *
     * @param where its place and name
     */
    public void include(String where) {
        include(where, where);
    }

    /**
     * Tells of what a file includes that is not here.
     *
     * @param key what it is told once by
     * @param where its place and name, by which it may be one of several
     */
    public void include(String key, String where) {
        add(key, InputListener.INCLUDED, where, NOT_HERE);
    }

    /**
     * Tells of a part.
     *
     * @param what what it is, as {@link InputListener#unreadPart} has it
     * @param where its place and name
     * @param why what to check instead
     */
    public void add(String what, String where, String why) {
        add(where, what, where, why);
    }

    private void add(String key, String what, String where, String why) {
        if (listener != null && told.add(key)) {
            listener.unreadPart(what, where, why);
        }
    }
}
