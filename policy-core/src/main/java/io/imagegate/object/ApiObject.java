package io.imagegate.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.admission.CheckedObject;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ObjectListener;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ObjectWalker;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.kubernetes.SingleObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.MapCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Object of the Kubernetes API that a program holds, or a recorded review. Immutable and thread-safe.
 *
 * <pre>{@code
 * Map<String, Object> pod = Map.of("apiVersion", "v1", "kind", "Pod", "spec", Map.of("containers", List.of()));
 * Decision decision = ApiObject.of(pod, policies.workloads()).decide(policies, "default");
 * }</pre>
 *
 * <p>Objects in files are read by {@code io.imagegate.manifest.ManifestReader}.
 *
 * @since 0.1
 */
public final class ApiObject {

    private static final WireLimits LIMITS = WireLimits.DEFAULTS;
    private static final SyntaxLimits TEXT = SyntaxLimits.of(LIMITS.stringChars(), LIMITS.nesting());

    private final int line;
    private final CheckedObject object;

    private ApiObject(int line, CheckedObject object) {
        this.line = line;
        this.object = object;
    }

    /**
     * Reads an object that the program holds as maps and collections, as JSON parsers and Kubernetes clients make them, by the
     * places of {@link Workloads#wellKnown}.
     *
     * @param object the object; not kept
     * @return the object
     * @throws IllegalArgumentException if it is not an object with a kind, or has a value of another type than
     *     {@code Map}, {@code Collection}, text, date, number and {@code Boolean}
     */
    public static ApiObject of(Map<String, ?> object) {
        return of(object, Workloads.wellKnown());
    }

    /**
     * Reads an object as {@link #of(Map)} does, for policies that name workloads of their own: {@code ApiObject.of(object,
     * policies.workloads()).decide(policies, "default")}.
     *
     * @param object the object; not kept
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()}
     * @return the object
     * @throws IllegalArgumentException as {@link #of(Map)} does
     */
    public static ApiObject of(Map<String, ?> object, Workloads workloads) {
        return read(new MapCursor(object, TEXT), null, workloads);
    }

    /**
     * Reads an object as {@link #of(Map)} does. The items of a typed list have no kind of their own.
     *
     * @param object the object; not kept
     * @param kind the kind and API group of an object that names none, such as {@code Deployment.apps} or {@code Pod}
     * @return the object
     * @throws IllegalArgumentException if it is not an object, or has a value of another type than {@code Map},
     *     {@code Collection}, text, date, number and {@code Boolean}
     */
    public static ApiObject of(Map<String, ?> object, String kind) {
        ObjectKind given = ObjectKind.parse(kind);
        return read(new MapCursor(object, TEXT), given, Workloads.wellKnown());
    }

    /**
     * Reads an object that the program holds in a type of its Kubernetes client, from its JSON, by the places of {@link
     * Workloads#wellKnown}.
     *
     * @param json the object in JSON
     * @return the object
     * @throws IllegalArgumentException if it is not one object with a kind
     */
    public static ApiObject ofJson(String json) {
        return ofJson(json, Workloads.wellKnown());
    }

    /**
     * Reads an object as {@link #ofJson(String)} does, for policies that name workloads of their own.
     *
     * @param json the object in JSON
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()}
     * @return the object
     * @throws IllegalArgumentException if it is not one object with a kind
     */
    public static ApiObject ofJson(String json, Workloads workloads) {
        return readJson(json, null, workloads);
    }

    /**
     * Reads an object as {@link #ofJson(String)} does. The items of a typed list have no kind of their own.
     *
     * @param json the object in JSON
     * @param kind the kind and API group of an object that names none, such as {@code Deployment.apps} or {@code Pod}
     * @return the object
     * @throws IllegalArgumentException if it is not one object
     */
    public static ApiObject ofJson(String json, String kind) {
        ObjectKind given = ObjectKind.parse(kind);
        return readJson(json, given, Workloads.wellKnown());
    }

    private static ApiObject readJson(String json, @Nullable ObjectKind kind, Workloads workloads) {
        byte[] text = json.getBytes(UTF_8);
        JsonCursor<IllegalArgumentException> cursor = JsonCursor.of(
                text,
                text.length,
                LIMITS.text(),
                (line, column, problem) ->
                        new IllegalArgumentException(SingleObject.NAME + ":" + line + ":" + column + ": " + problem));
        Found found = new Found();
        ObjectWalker<IllegalArgumentException> walker = walker(cursor, workloads, found);
        while (cursor.begin()) {
            walker.document(kind);
        }
        return found.get();
    }

    private static ApiObject read(MapCursor cursor, @Nullable ObjectKind kind, Workloads workloads) {
        Found found = new Found();
        walker(cursor, workloads, found).document(kind);
        return found.get();
    }

    private static <X extends Exception> ObjectWalker<X> walker(Cursor<X> cursor, Workloads workloads, Found found) {
        return new ObjectWalker<>(
                cursor, ObjectPlaces.of(workloads), LIMITS.images(), LIMITS.annotations(), found, null);
    }

    /** Takes the one object of a source. */
    private static final class Found implements ObjectListener {

        private final SingleObject<ApiObject> single = new SingleObject<>();

        @Override
        public void object(int line, KubernetesObject object) {
            single.accept(new ApiObject(line, CheckedObject.of(object)));
        }

        @Override
        public void review(int line, ReviewRequest request) {
            single.accept(new ApiObject(line, CheckedObject.recorded(request)));
        }

        ApiObject get() {
            return single.get(problem -> new IllegalArgumentException(SingleObject.NAME + ": " + problem));
        }
    }

    /** {@return whether this is a recorded review, which may be about another operation than CREATE} */
    public boolean isReview() {
        return object.isReview();
    }

    /**
     * {@return the kind and its API group, such as {@code Deployment.apps} or {@code Pod}; of an AdmissionReview that of
     * the object reviewed}
     */
    public String kind() {
        return object.kind();
    }

    /** {@return the namespace; empty if there is none} */
    public String namespace() {
        return object.namespace();
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    public String name() {
        return object.name();
    }

    /** {@return every image in the object} */
    public List<ReviewedImage> images() {
        return object.images();
    }

    /**
     * {@return the review of the images that are checked: a recorded review as it is, otherwise the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    public ImageReview review(String defaultNamespace) {
        return object.review(defaultNamespace);
    }

    /**
     * {@return the decision, as behind webhooks that also rewrite and pin images. An object of an unknown kind is denied unless
     * every policy ignores its kind, or none of its fields could name an image}
     *
     * @param policies the policies
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(PolicySet policies, String defaultNamespace) {
        return decide(ImageGate.of(policies), defaultNamespace);
    }

    /**
     * {@return the decision, as {@link #decide(PolicySet, String)} makes it; waits for facts as
     * {@link ImageGate#decide(ImageReview)} does}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     */
    public Decision decide(ImageGate gate, String defaultNamespace) {
        return object.decide(gate, defaultNamespace);
    }

    /**
     * {@return the decision, as {@link ImageGate#decideAsync} makes it: no thread waits while facts are looked up}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     * @param limit how long to wait for facts
     */
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return object.decideAsync(gate, defaultNamespace, limit);
    }

    /** {@return the line in its text, kind, namespace and name} */
    @Override
    public String toString() {
        return SingleObject.NAME + ":" + line + ": " + object;
    }
}
