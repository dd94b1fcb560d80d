package io.imagegate.syntax;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** The fields of a large object, which are found by their names. Immutable. */
final class ManyFields extends AbstractList<Node.Field> implements RandomAccess {

    /** How many fields are looked through. */
    static final int FEW = 16;

    private final List<Node.Field> fields;
    /** The first of each name. Most objects are never asked for a field. */
    private volatile @Nullable Map<String, Node> byName;

    ManyFields(List<Node.Field> fields) {
        this.fields = fields;
    }

    @Override
    public Node.Field get(int index) {
        return fields.get(index);
    }

    @Override
    public int size() {
        return fields.size();
    }

    /** {@return the value of the first field with a name; null if there is none} */
    @Nullable
    Node first(String name) {
        Map<String, Node> known = byName;
        if (known == null) {
            known = new HashMap<>();
            for (Node.Field field : fields) {
                if (field.name().isText()) {
                    known.putIfAbsent(field.name().text(), field.value());
                }
            }
            byName = known;
        }
        return known.get(name);
    }
}
