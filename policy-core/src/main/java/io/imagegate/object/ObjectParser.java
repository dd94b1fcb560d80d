package io.imagegate.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.admission.CheckedObject;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ObjectListener;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ObjectWalker;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.PolicySet;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.MapCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.TextSyntax;
import io.imagegate.syntax.YamlProvider;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Parses objects of the Kubernetes API: texts in JSON and YAML, and maps. Immutable and thread-safe; cheap to make.
 *
 * <pre>{@code
 * ObjectParser parser = ObjectParser.of(policies.workloads());
 * Decision decision = parser.parse("{\"apiVersion\": \"v1\", \"kind\": \"Service\"}").decide(policies, "default");
 * }</pre>
 *
 * <p>Each {@code parse} expects one object, or a recorded review, and throws an {@link ObjectSyntaxException} for anything else: no
 * object or several, an object without a kind, a field twice, text of over 8 MiB. The syntax of a text is found from its first
 * bytes. YAML needs {@code io.imagegate:policy-files}. {@code io.imagegate.manifest.ManifestReader} reads files with many objects.
 *
 * @since 0.1
 */
public final class ObjectParser {

    private static final WireLimits LIMITS = WireLimits.DEFAULTS;
    private static final int MOST_BYTES = LIMITS.bodyBytes();
    private static final SyntaxLimits SYNTAX = SyntaxLimits.builder(LIMITS.stringChars(), LIMITS.nesting())
            .aliases(100_000)
            .build();

    private final Workloads workloads;
    private final @Nullable ObjectKind defaultKind;

    private ObjectParser(Workloads workloads, @Nullable ObjectKind defaultKind) {
        this.workloads = workloads;
        this.defaultKind = defaultKind;
    }

    /**
     * {@return a parser}
     *
     * @param workloads where images stand in objects of each kind: {@link PolicySet#workloads()} of the policies that decide on them,
     *     or {@link Workloads#wellKnown}
     */
    public static ObjectParser of(Workloads workloads) {
        return new ObjectParser(workloads, null);
    }

    /**
     * {@return a copy that also takes objects without a kind, such as the items of a typed list}
     *
     * @param kind their kind and API group, such as {@code Deployment.apps} or {@code Pod}
     * @throws IllegalArgumentException if the kind is empty
     */
    public ObjectParser withDefaultKind(String kind) {
        if (kind.isBlank()) {
            throw new IllegalArgumentException("default kind: expected one such as Pod or Deployment.apps, got none");
        }
        return new ObjectParser(workloads, ObjectKind.parse(kind));
    }

    /**
     * {@return the object in a text}
     *
     * @param text JSON or YAML
     * @throws ObjectSyntaxException if it is not one object
     */
    public ApiObject parse(String text) {
        return parse(text.getBytes(UTF_8));
    }

    /**
     * {@return the object in a stream} Reads 8 MiB at most.
     *
     * @param in JSON or YAML; not closed
     * @throws ObjectSyntaxException if it is not one object
     * @throws IOException if the stream fails
     */
    public ApiObject parse(InputStream in) throws IOException {
        return parse(in.readNBytes(MOST_BYTES + 1));
    }

    /**
     * {@return the object in a text}
     *
     * @param text JSON or YAML in UTF-8; not kept
     * @throws ObjectSyntaxException if it is not one object
     */
    public ApiObject parse(byte[] text) {
        if (text.length > MOST_BYTES) {
            throw new ObjectSyntaxException("expected " + MOST_BYTES + " bytes at most, got more");
        }
        Found found = new Found();
        DocumentCursor<ObjectSyntaxException> cursor = open(text);
        ObjectWalker<ObjectSyntaxException> walker = walker(cursor, found);
        while (cursor.begin()) {
            walker.document(defaultKind);
        }
        return found.get();
    }

    /**
     * {@return the object that the program holds as maps and collections, as parsers of JSON and Kubernetes clients make them}
     *
     * @param object the object; not kept
     * @throws ObjectSyntaxException if it is not one object, or has a value of another type than {@code Map}, {@code Collection},
     *     text, date, number and {@code Boolean}
     */
    public ApiObject parse(Map<String, ?> object) {
        Found found = new Found();
        walker(new MapCursor<>(object, SYNTAX, ObjectSyntaxException::new), found)
                .document(defaultKind);
        return found.get();
    }

    private static DocumentCursor<ObjectSyntaxException> open(byte[] text) {
        byte[] start = Arrays.copyOf(text, Math.min(text.length, TextSyntax.LOOKED_AT));
        if (TextSyntax.of(start, ObjectSyntaxException::new) == TextSyntax.YAML) {
            return Yaml.PROVIDER
                    .orElseThrow(() -> new ObjectSyntaxException(
                            1, 1, "expected JSON; to read YAML, add the artifact io.imagegate:policy-files"))
                    .open(text, SYNTAX, ObjectSyntaxException::new);
        }
        int mark = TextSyntax.markBytes(start);
        byte[] json = mark == 0 ? text : Arrays.copyOfRange(text, mark, text.length);
        return JsonCursor.of(json, json.length, SYNTAX, ObjectSyntaxException::new);
    }

    private <X extends Exception> ObjectWalker<X> walker(Cursor<X> cursor, Found found) {
        return new ObjectWalker<>(
                cursor, ObjectPlaces.of(workloads), LIMITS.images(), LIMITS.annotations(), found, null);
    }

    /** Looks for the provider when the first text in YAML comes. */
    private static final class Yaml {

        static final Optional<YamlProvider> PROVIDER = ServiceLoader.load(
                        YamlProvider.class, ObjectParser.class.getClassLoader())
                .findFirst();
    }

    /** Takes the one object of a source. */
    private static final class Found implements ObjectListener {

        private @Nullable ApiObject first;
        private int count;

        @Override
        public void object(int line, KubernetesObject object) {
            accept(new ApiObject(line, CheckedObject.of(object)));
        }

        @Override
        public void review(int line, ReviewRequest request) {
            accept(new ApiObject(line, CheckedObject.recorded(request)));
        }

        private void accept(ApiObject object) {
            if (first == null) {
                first = object;
            }
            count++;
        }

        ApiObject get() {
            if (first == null || count > 1) {
                throw new ObjectSyntaxException("expected one Kubernetes object, got " + count);
            }
            return first;
        }
    }
}
