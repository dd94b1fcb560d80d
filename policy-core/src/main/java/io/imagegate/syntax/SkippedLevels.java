package io.imagegate.syntax;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects and arrays around a value that is skipped. Whoever writes an object chooses its depth, so none is a call.
 *
 * @since 0.1
 */
public final class SkippedLevels {

    private final PassedFields fields;
    private final BitSet objects = new BitSet();
    private int depth;

    /** @param fields receives the names of the fields of each object */
    public SkippedLevels(PassedFields fields) {
        this.fields = fields;
    }

    /** {@return how many objects and arrays were entered and not left} */
    public int depth() {
        return depth;
    }

    public boolean isInside() {
        return depth > 0;
    }

    public boolean isInObject() {
        return depth > 0 && objects.get(depth - 1);
    }

    public void enterObject() {
        fields.enter();
        objects.set(depth++);
    }

    public void enterArray() {
        objects.clear(depth++);
    }

    /** {@return whether there is a field, whose name is reported} */
    public boolean name(@Nullable String name) {
        if (name != null) {
            fields.name(name);
        }
        return name != null;
    }

    public void leave() {
        if (isInObject()) {
            fields.leave();
        }
        depth--;
    }
}
