package io.imagegate.manifest;

import io.imagegate.admission.CheckedImages;
import io.imagegate.admission.ReviewStage;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Object in a manifest, or a recorded review. Immutable and thread-safe.
 *
 * <pre>{@code
 * ManifestReader.read("deployment.yaml", in, object -> {
 *     Decision decision = object.decide(policies, "default");
 *     System.out.println(object + ": " + decision);
 * });
 * }</pre>
 *
 * @since 0.1
 */
public final class ManifestObject implements InputObject {

    /** What envsubst and Flux replace, in objects of any kind. */
    private static final String SUBSTITUTED = "\\$\\{.*?(?:}|$)";

    private static final Pattern VARIABLE = Pattern.compile(SUBSTITUTED, Pattern.DOTALL);
    /** Controllers of custom resources give parameters such as those of Tekton and Argo their values. */
    private static final Pattern PARAMETER =
            Pattern.compile(SUBSTITUTED + "|\\$\\(.*?(?:\\)|$)|\\{\\{.*?(?:}}|$)", Pattern.DOTALL);

    private static final int LONGEST_VARIABLE = 100;

    private final String file;
    private final int line;
    private final @Nullable KubernetesObject object;
    private final @Nullable ReviewRequest recorded;
    /** Where each image is written, null where one is missing; empty if all are in the text of the object. */
    private final List<@Nullable ManifestNode> nodes;

    private final String source;
    /** The column of a text that the object stands in; 0 if it stands in none. */
    private final int textColumn;

    private ManifestObject(
            String file,
            int line,
            @Nullable KubernetesObject object,
            @Nullable ReviewRequest recorded,
            List<@Nullable ManifestNode> nodes,
            String source) {
        this(file, line, object, recorded, nodes, source, 0);
    }

    private ManifestObject(
            String file,
            int line,
            @Nullable KubernetesObject object,
            @Nullable ReviewRequest recorded,
            List<@Nullable ManifestNode> nodes,
            String source,
            int textColumn) {
        this.file = file;
        this.line = line;
        this.object = object;
        this.recorded = recorded;
        this.nodes = nodes;
        this.source = source;
        this.textColumn = textColumn;
    }

    /**
     * Reads the one object of a stream, in YAML or JSON, by the places of {@link Workloads#wellKnown}.
     *
     * @param content the stream; not closed
     * @return the object
     * @throws ManifestException if it is not one object
     * @throws IOException if the stream fails
     */
    public static ManifestObject read(InputStream content) throws IOException, ManifestException {
        SingleObject single = new SingleObject();
        ManifestReader.read(SingleObject.NAME, content, single);
        return single.get(problem -> new ManifestException(SingleObject.NAME, 1, 1, problem));
    }

    /**
     * Reads an object that the program holds as maps and collections, as JSON parsers and Kubernetes clients make them, by the
     * places of {@link Workloads#wellKnown}.
     *
     * @param object the object; not kept
     * @return the object, with 1 for every line
     * @throws IllegalArgumentException if it is not an object with a kind, or has a value of another type than
     *     {@code Map}, {@code Collection}, text, date, number and {@code Boolean}
     */
    public static ManifestObject of(Map<String, ?> object) {
        return of(object, Workloads.wellKnown());
    }

    /**
     * Reads an object as {@link #of(Map)} does, for policies that name workloads of their own: {@code ManifestObject.of(object,
     * policies.workloads()).decide(policies, "default")}.
     *
     * @param object the object; not kept
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()}
     * @return the object, with 1 for every line
     * @throws IllegalArgumentException as {@link #of(Map)} does
     */
    public static ManifestObject of(Map<String, ?> object, Workloads workloads) {
        return single(objects -> ManifestReader.readMap(object, null, workloads, objects));
    }

    /**
     * Reads an object as {@link #of(Map)} does. The items of a typed list have no kind of their own.
     *
     * @param object the object; not kept
     * @param kind the kind and API group of an object that names none, such as {@code Deployment.apps} or {@code Pod}
     * @return the object, with 1 for every line
     * @throws IllegalArgumentException if it is not an object, or has a value of another type than {@code Map},
     *     {@code Collection}, text, date, number and {@code Boolean}
     */
    public static ManifestObject of(Map<String, ?> object, String kind) {
        ObjectKind given = ObjectKind.parse(kind);
        return single(objects -> ManifestReader.readMap(object, given, Workloads.wellKnown(), objects));
    }

    /**
     * Reads an object that the program holds in a type of its Kubernetes client, from its JSON, by the places of {@link
     * Workloads#wellKnown}.
     *
     * @param json the object in JSON
     * @return the object
     * @throws IllegalArgumentException if it is not one object with a kind
     */
    public static ManifestObject ofJson(String json) {
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
    public static ManifestObject ofJson(String json, Workloads workloads) {
        return single(objects -> ManifestReader.readJson(json, null, workloads, objects));
    }

    /**
     * Reads an object as {@link #ofJson(String)} does. The items of a typed list have no kind of their own.
     *
     * @param json the object in JSON
     * @param kind the kind and API group of an object that names none, such as {@code Deployment.apps} or {@code Pod}
     * @return the object
     * @throws IllegalArgumentException if it is not one object
     */
    public static ManifestObject ofJson(String json, String kind) {
        ObjectKind given = ObjectKind.parse(kind);
        return single(objects -> ManifestReader.readJson(json, given, Workloads.wellKnown(), objects));
    }

    private static ManifestObject single(Consumer<Consumer<ManifestObject>> source) {
        SingleObject single = new SingleObject();
        source.accept(single);
        return single.get(problem -> new IllegalArgumentException(SingleObject.NAME + ": " + problem));
    }

    static ManifestObject of(String file, int line, KubernetesObject object) {
        Pattern unknown = object.kind().isWorkload() ? VARIABLE : PARAMETER;
        KubernetesObject marked = object.withImages(image -> {
            Matcher variable = unknown.matcher(image.text());
            return variable.find() ? image.withUnknown(SafeText.cut(variable.group(), LONGEST_VARIABLE)) : image;
        });
        return new ManifestObject(file, line, marked, null, List.of(), "");
    }

    static ManifestObject recorded(String file, int line, ReviewRequest request) {
        KubernetesObject object = request instanceof AdmissionRequest admission ? admission.object() : null;
        return new ManifestObject(file, line, object, request, List.of(), "");
    }

    /** {@return a copy that knows the values that were read} */
    ManifestObject madeOf(NodeCursor cursor) {
        List<@Nullable ManifestNode> read = new ArrayList<>();
        for (int i = 0; i < images().size(); i++) {
            read.add(cursor.node(offset(i)));
        }
        return new ManifestObject(file, line, object, recorded, read, source);
    }

    /** {@return a copy that was made from a file, such as a Helm template; the same if there is none} */
    ManifestObject from(String other) {
        return other.isEmpty() ? this : new ManifestObject(file, line, object, recorded, nodes, other);
    }

    /** {@return a copy that stands in a text of a file, which is the place of all its images} */
    ManifestObject inTextAt(int otherLine, int column) {
        return new ManifestObject(file, otherLine, object, recorded, nodes, source, column);
    }

    /** {@return the name of the file, as passed to the reader} */
    @Override
    public String file() {
        return file;
    }

    /** {@return the line where the object starts, from 1; 0 on a page of a list} */
    @Override
    public int line() {
        return line;
    }

    /** {@return whether this is a recorded review, which may be about another operation than CREATE} */
    @Override
    public boolean isReview() {
        return recorded != null;
    }

    /**
     * {@return the kind and its API group, such as {@code Deployment.apps} or {@code Pod}; of an AdmissionReview that of
     * the object reviewed}
     */
    @Override
    public String kind() {
        if (recorded instanceof AdmissionRequest admission) {
            return admission.kind().toString();
        }
        return (object == null
                        ? ObjectKind.of(ReviewReader.IMAGE_REVIEW_VERSION, ReviewReader.IMAGE_REVIEW)
                        : object.kind())
                .toString();
    }

    /** {@return the namespace; empty if there is none} */
    public String namespace() {
        return review("").namespace();
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    public String name() {
        return review("").name().orElse(object == null ? "" : object.name());
    }

    /** {@return the uid of an object on a {@linkplain ManifestReader#readPage page of a list}; else empty} */
    public String uid() {
        return object == null ? "" : object.uid();
    }

    /**
     * {@return the uid of the owner that is the controller of an object on a {@linkplain ManifestReader#readPage page of a
     * list}; else empty} Whoever may write an object may also write its owners: that there is such an owner has to be checked.
     */
    public String controllerUid() {
        return object == null ? "" : object.controllerUid();
    }

    /** {@return every image in the object} */
    @Override
    public List<ReviewedImage> images() {
        if (recorded instanceof ImageReviewRequest imageReview) {
            return imageReview.review().images();
        }
        return object == null ? List.of() : object.images();
    }

    /**
     * {@return the line of an image, from 1; for an ImageReview the line where the review starts; 0 on a page of a list}
     *
     * @param image position in {@link #images()}
     */
    @Override
    public int line(int image) {
        return object == null || line == 0 || textColumn > 0 || isMissing(image) ? line : object.line(image);
    }

    /**
     * {@return the column of an image, from 1; in JSON it counts bytes; 1 for an ImageReview, and in a patch in a
     * kustomization}
     *
     * @param image position in {@link #images()}
     */
    @Override
    public int column(int image) {
        if (textColumn > 0) {
            return textColumn;
        }
        return object == null || isMissing(image) ? 1 : object.column(image);
    }

    /**
     * {@return the name of the file that an image is written in: that of a kustomization or patch where one gives it}
     *
     * @param image position in {@link #images()}
     */
    @Override
    public String file(int image) {
        ManifestNode node = nodes.isEmpty() ? null : nodes.get(image);
        return node == null ? file : node.source.name();
    }

    /** Patches of several files may make a container, so the place of its missing image is the object. */
    private boolean isMissing(int image) {
        return !nodes.isEmpty() && nodes.get(image) == null;
    }

    /** {@return the value of an image of a kustomization} */
    ManifestNode node(int image) {
        return Objects.requireNonNull(nodes.get(image));
    }

    /** {@return where an image starts in the text, as its cursor counts; -1 if that is unknown} */
    @Override
    public int offset(int image) {
        return object == null || textColumn > 0 ? -1 : object.offset(image);
    }

    /** {@return kind, namespace and name, such as {@code Pod shop/web}} */
    @Override
    public String title() {
        String namespace = namespace();
        String name = (namespace.isEmpty() ? "" : namespace + "/") + name();
        String kind = kind().split("\\.", 2)[0];
        return (kind + " " + name).strip();
    }

    @Override
    public String source() {
        return source;
    }

    /**
     * {@return the review of the images that are checked: a recorded review as it is, otherwise the creation of the object}
     *
     * @param defaultNamespace the namespace of an object that names none
     */
    @Override
    public ImageReview review(String defaultNamespace) {
        return checkedImages(defaultNamespace).review();
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
    @Override
    public Decision decide(ImageGate gate, String defaultNamespace) {
        return checkedImages(defaultNamespace).decide(gate);
    }

    /**
     * {@return the decision, as {@link ImageGate#decideAsync} makes it: no thread waits while facts are looked up}
     *
     * @param gate decides on the images
     * @param defaultNamespace the namespace of an object that names none
     * @param limit how long to wait for facts
     */
    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return checkedImages(defaultNamespace).decideAsync(gate, limit);
    }

    private CheckedImages checkedImages(String defaultNamespace) {
        return CheckedImages.of(
                request(defaultNamespace), recorded == null ? ReviewStage.MANIFEST : ReviewStage.VALIDATING);
    }

    /** The recorded request as it is, or else the creation of the object. */
    ReviewRequest request(String defaultNamespace) {
        return recorded != null
                ? recorded
                : AdmissionRequest.creating(Objects.requireNonNull(object), defaultNamespace);
    }

    /** {@return file, line, kind, namespace and name} */
    @Override
    public String toString() {
        String namespace = namespace();
        return file + ":" + line + ": " + kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + name();
    }
}
