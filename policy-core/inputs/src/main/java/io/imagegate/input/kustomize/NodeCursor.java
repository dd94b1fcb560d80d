package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks over a tree. The offset of a value is its number in {@link #node}. Not thread-safe. */
final class NodeCursor implements Cursor<InputException> {

    private final SyntaxLimits limits;
    private final Deque<Iterator<?>> open = new ArrayDeque<>();
    private final List<ManifestNode> numbered = new ArrayList<>();
    private ManifestNode value;
    private @Nullable ManifestNode text;
    private @Nullable ManifestNode structure;

    NodeCursor(ManifestNode value, SyntaxLimits limits) {
        this.value = value;
        this.limits = limits;
    }

    /** {@return the value whose offset was asked for; null for none} */
    @Nullable
    ManifestNode node(int offset) {
        return offset < 0 ? null : numbered.get(offset);
    }

    /** {@return a text that was read although a kustomization changes it in a way that is not known; null if there is none} */
    @Nullable
    ManifestNode unknownText() {
        return text;
    }

    /** {@return an object or array that was looked at although what is in it is not known; null if there is none} */
    @Nullable
    ManifestNode unknownStructure() {
        return structure;
    }

    private void look() {
        if (value.changedBy != null && value.isScalar()) {
            text = value;
        } else if (value.changedBy != null) {
            structure = value;
        }
    }

    @Override
    public ValueType type() {
        look();
        return value.type;
    }

    @Override
    public void enterObject() throws InputException {
        enter(value.fields.entrySet().iterator());
    }

    @Override
    public void enterArray() throws InputException {
        enter(value.elements.iterator());
    }

    private void enter(Iterator<?> values) throws InputException {
        open.push(values);
        if (open.size() > limits.nesting()) {
            throw malformed("nested too deeply: expected " + limits.nesting() + " levels at most");
        }
    }

    @Override
    public @Nullable String field() {
        if (!open.element().hasNext()) {
            open.pop();
            return null;
        }
        Map.Entry<?, ?> field = (Map.Entry<?, ?>) open.element().next();
        value = (ManifestNode) field.getValue();
        return (String) field.getKey();
    }

    @Override
    public boolean element() {
        if (!open.element().hasNext()) {
            open.pop();
            return false;
        }
        value = (ManifestNode) open.element().next();
        return true;
    }

    @Override
    public String scalar() throws InputException {
        look();
        if (value.text.length() > limits.stringChars()) {
            throw malformed(
                    "expected a text of " + limits.stringChars() + " characters at most, got " + value.text.length());
        }
        return value.text;
    }

    @Override
    public void skip() {
        // The next field or element is the next of its iterator, whatever became of this one.
    }

    @Override
    public int line() {
        return value.line;
    }

    @Override
    public int column() {
        return value.column;
    }

    @Override
    public int offset() {
        numbered.add(value);
        return numbered.size() - 1;
    }

    @Override
    public InputException malformed(String problem) {
        return value.malformed(problem);
    }
}
