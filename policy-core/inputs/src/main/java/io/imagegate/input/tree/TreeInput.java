package io.imagegate.input.tree;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.text.TextInput;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.SafeText;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A format of another tool in YAML, of which each document is read as a tree, within limits. Not thread-safe. */
public abstract class TreeInput extends TextInput {

    private static final int MOST_BYTES = 8 << 20;

    /** A field may be looked up many times, but for those of a document. */
    private static final int MOST_FIELDS = 1_000;

    public static final SyntaxLimits LIMITS = SyntaxLimits.builder(
                    FileSyntax.LIMITS.stringChars(), FileSyntax.LIMITS.nesting())
            .aliases(100_000)
            .parts(500_000)
            .build();

    /**
     * Finds the images of a file.
     *
     * @param documents the documents of the file that are not empty
     * @param found called with the images, and with what is wrong
     */
    protected abstract void find(List<Node> documents, FoundImages found);

    @Override
    protected boolean isPlain() {
        return true;
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        byte[] text = content(file, content);
        List<Node> documents = documents(file, text);
        for (Node document : documents) {
            if (document.field("apiVersion") != null && document.field("kind") != null) {
                throw problem(
                        file,
                        document,
                        "an object of Kubernetes, which kubectl would apply: expected a file of its own");
            }
        }
        FoundImages found = new FoundImages(file, documents, characters(text), objects);
        find(documents, found);
        found.end();
    }

    /** {@return the documents of a text but for empty ones} */
    protected List<Node> documents(String file, byte[] content) throws InputException {
        return yaml(file, content);
    }

    /** {@return what makes of an offset in a tree the number of characters before it} */
    protected IntUnaryOperator characters(byte[] content) {
        return IntUnaryOperator.identity();
    }

    /** {@return the whole content, if it is not too long} */
    public static byte[] content(String file, InputStream in) throws IOException, InputException {
        byte[] content = in.readNBytes(MOST_BYTES + 1);
        if (content.length > MOST_BYTES) {
            throw new InputException(file, 1, 1, "expected " + MOST_BYTES + " bytes at most");
        }
        return content;
    }

    /** {@return the documents of a YAML text but for empty ones} Two fields with one name are refused. */
    public static List<Node> yaml(String file, byte[] content) throws InputException {
        try {
            FileSyntax.of(file, new BufferedInputStream(new ByteArrayInputStream(content)));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        YamlCursor<InputException> cursor = YamlCursor.of(
                new ByteArrayInputStream(content), YamlDialect.FOREIGN, LIMITS, FileSyntax.problems(file));
        List<Node> documents = new ArrayList<>();
        for (Node document = cursor.document(); document != null; document = cursor.document()) {
            requireNamesOnce(file, document, Integer.MAX_VALUE);
            if (document.isObject() || document.isArray() || !document.text().isEmpty()) {
                documents.add(document);
            }
        }
        return documents;
    }

    public static InputException problem(String file, Node at, String problem) {
        return new InputException(file, at.line(), at.column(), problem);
    }

    /** Readers differ in which of two fields counts. */
    private static void requireNamesOnce(String file, Node node, int most) throws InputException {
        if (node.fields().size() > most) {
            throw problem(file, node, "expected " + most + " fields at most in one object");
        }
        Set<String> names = new HashSet<>();
        for (Node.Field field : node.fields()) {
            Node name = field.name();
            if (!name.isScalar()) {
                throw problem(file, name, "expected the name of a field, got " + name.type());
            }
            if (!names.add(name.text())) {
                throw problem(
                        file,
                        name,
                        "the field " + SafeText.quote(name.text(), FoundImages.SHOWN)
                                + " comes twice, expected it once");
            }
            requireNamesOnce(file, field.value(), MOST_FIELDS);
        }
        for (Node element : node.elements()) {
            requireNamesOnce(file, element, MOST_FIELDS);
        }
    }
}
