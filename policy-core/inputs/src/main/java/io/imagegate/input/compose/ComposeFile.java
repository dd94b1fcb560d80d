package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.TextPlaces;
import io.imagegate.input.place.UnreadName;
import io.imagegate.input.place.Variables;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Compose file as trees, with the places of its values. */
final class ComposeFile {

    static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(1 << 18, 64).parts(200_000).aliases(100_000).build();
    private static final int SHOWN = 60;
    /** Longest text in which variables are replaced: by aliases it may be that of many services. */
    private static final int LONGEST = 16_384;

    /** Most values that are looked at: services that extend others look at their values again. */
    private static final long MOST_VISITED = 20_000_000;

    /** What a Compose file never has, and a Kubernetes object always. */
    private static final Set<String> OTHERS = Set.of("apiVersion", "kind");

    final @Nullable Path path;
    final TextPlaces places;
    final ComposeEnvironment environment;
    private final Variables variables;
    final List<Node> documents = new ArrayList<>();
    final ComposeTags tags;
    /** Objects of which no field comes twice. */
    private final Set<Node> unambiguous = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What messages call texts, of which one may stand at many places. */
    private final Map<String, String> names = new HashMap<>();

    private long visited;

    private ComposeFile(@Nullable Path path, TextPlaces places, ComposeEnvironment environment) {
        this.path = path;
        this.places = places;
        this.environment = environment;
        this.variables = Variables.ofCompose(places);
        this.tags = new ComposeTags(places.file());
        environment.values().forEach(variables::set);
    }

    /**
     * Reads a file.
     *
     * @param name its name, for messages
     * @param path where it is; null for a stream
     * @param text its text
     * @param environment values of variables
     */
    static ComposeFile of(String name, @Nullable Path path, String text, ComposeEnvironment environment)
            throws InputException {
        YamlCursor<InputException> cursor =
                YamlCursor.of(text, YamlDialect.UNMERGED, LIMITS, FileSyntax.problems(name));
        ComposeFile file = new ComposeFile(path, new TextPlaces(name, text), environment);
        for (Node document = cursor.document(); document != null; document = cursor.document()) {
            Node applied = file.tags.applied(document);
            if (!file.fields(applied, "a Compose file").isEmpty()) {
                file.documents.add(applied);
            }
        }
        for (Node document : file.documents) {
            for (Node.Field field : document.fields()) {
                if (OTHERS.contains(field.name().text())) {
                    throw file.malformed(field.name(), "a Kubernetes object: expected a Compose file");
                }
            }
            ComposeFields.requireKnown(file, document, "file");
        }
        return file;
    }

    String name() {
        return places.file();
    }

    /** {@return the folder of a file that is no stream} */
    Path folder() {
        return Objects.requireNonNull(path, "path").resolveSibling("");
    }

    /** {@return the fields of an object, of which none comes twice; none of a null} */
    List<Node.Field> fields(Node node, String what) throws InputException {
        if (node.type() == ValueType.NULL) {
            return List.of();
        }
        if (node.type() != ValueType.OBJECT) {
            throw malformed(node, what + ": expected an object, got " + node.type());
        }
        visit(node, node.fields().size());
        if (!unambiguous.add(node)) {
            return node.fields();
        }
        Set<String> seen = new HashSet<>();
        for (Node.Field field : node.fields()) {
            if (!seen.add(field.name().text())) {
                throw malformed(
                        field.name(),
                        "the field " + SafeText.quote(field.name().text(), SHOWN) + " comes twice, expected it once");
            }
        }
        return node.fields();
    }

    /** {@return the elements of an array; none if there is none} */
    List<Node> elements(@Nullable Node node, String what) throws InputException {
        if (node == null) {
            return List.of();
        }
        if (node.type() != ValueType.ARRAY) {
            throw malformed(node, what + ": expected an array, got " + node.type());
        }
        visit(node, node.elements().size());
        return node.elements();
    }

    private void visit(Node node, int values) throws InputException {
        visited += values;
        if (visited > MOST_VISITED) {
            throw malformed(node, "services extend others too often: check what docker compose config prints");
        }
    }

    /** {@return the value of a field; null if there is none} */
    @Nullable
    Node field(Node object, String name) throws InputException {
        for (Node.Field field : fields(object, "a value")) {
            if (field.name().text().equals(name)) {
                return field.value().type() == ValueType.NULL ? null : field.value();
            }
        }
        return null;
    }

    /** {@return the text of a scalar with the values of its variables} */
    Variables.Value text(Node node, String what) throws InputException {
        if (!node.isScalar()) {
            throw malformed(node, what + ": expected a text, got " + node.type());
        }
        if (node.text().length() > LONGEST) {
            throw malformed(node, what + ": expected " + LONGEST + " characters at most");
        }
        return variables.expand(raw(node));
    }

    /** {@return what messages and baselines call what a scalar names} */
    String shown(Node node) {
        return names.computeIfAbsent(node.text(), UnreadName::of);
    }

    /** {@return a text with the places of its characters} */
    private static PlacedText raw(Node node) {
        return node.textStart() < 0
                ? PlacedText.in(node.text(), node.offset())
                : PlacedText.of(node.text(), node.offset() + node.textStart());
    }

    /** {@return where the image of a scalar can be replaced, without variables in any form; -1 if it cannot} */
    int start(Node node, Variables.Value value) {
        return node.text().equals(value.text().toString())
                ? node.offset()
                : value.text().start();
    }

    InputException malformed(Node node, String problem) {
        return new InputException(name(), node.line(), node.column(), problem);
    }
}
