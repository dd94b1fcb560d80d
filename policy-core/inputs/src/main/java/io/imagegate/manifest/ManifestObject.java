package io.imagegate.manifest;

import io.imagegate.admission.CheckedObject;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectListener;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.kubernetes.SingleObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Object in a manifest, or a recorded review. {@link io.imagegate.object.ApiObject} is one that a program holds. Immutable and thread-safe.
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

    private final String file;
    private final int line;
    private final CheckedObject object;
    /** Where each image is written, null where one is missing; empty if all are in the text of the object. */
    private final List<@Nullable ManifestNode> nodes;

    private final String source;
    /** The column of a text that the object stands in; 0 if it stands in none. */
    private final int textColumn;

    private ManifestObject(
            String file,
            int line,
            CheckedObject object,
            List<@Nullable ManifestNode> nodes,
            String source,
            int textColumn) {
        this.file = file;
        this.line = line;
        this.object = object;
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
        SingleObject<ManifestObject> single = new SingleObject<>();
        ManifestReader.read(SingleObject.NAME, content, single);
        return single.get(problem -> new ManifestException(SingleObject.NAME, 1, 1, problem));
    }

    /** {@return what makes objects of a file} */
    static ObjectListener listener(String file, Consumer<ManifestObject> objects) {
        return new ObjectListener() {
            @Override
            public void object(int line, KubernetesObject object) {
                accept(line, CheckedObject.of(object));
            }

            @Override
            public void review(int line, ReviewRequest request) {
                accept(line, CheckedObject.recorded(request));
            }

            private void accept(int line, CheckedObject object) {
                objects.accept(new ManifestObject(file, line, object, List.of(), "", 0));
            }
        };
    }

    /** {@return a copy that knows the values that were read} */
    ManifestObject madeOf(NodeCursor cursor) {
        List<@Nullable ManifestNode> read = new ArrayList<>();
        for (int i = 0; i < images().size(); i++) {
            read.add(cursor.node(offset(i)));
        }
        return new ManifestObject(file, line, object, read, source, 0);
    }

    /** {@return a copy that was made from a file, such as a Helm template; the same if there is none} */
    ManifestObject from(String other) {
        return other.isEmpty() ? this : new ManifestObject(file, line, object, nodes, other, 0);
    }

    /** {@return a copy that stands in a text of a file, which is the place of all its images} */
    ManifestObject inTextAt(int otherLine, int column) {
        return new ManifestObject(file, otherLine, object, nodes, source, column);
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
        return object.isReview();
    }

    /**
     * {@return the kind and its API group, such as {@code Deployment.apps} or {@code Pod}; of an AdmissionReview that of
     * the object reviewed}
     */
    @Override
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

    /** {@return the uid of an object on a {@linkplain ManifestReader#readPage page of a list}; else empty} */
    public String uid() {
        return object.object().map(KubernetesObject::uid).orElse("");
    }

    /**
     * {@return the uid of the owner that is the controller of an object on a {@linkplain ManifestReader#readPage page of a
     * list}; else empty} Whoever may write an object may also write its owners: that there is such an owner has to be checked.
     */
    public String controllerUid() {
        return object.object().map(KubernetesObject::controllerUid).orElse("");
    }

    /** {@return every image in the object} */
    @Override
    public List<ReviewedImage> images() {
        return object.images();
    }

    /**
     * {@return the line of an image, from 1; for an ImageReview the line where the review starts; 0 on a page of a list}
     *
     * @param image position in {@link #images()}
     */
    @Override
    public int line(int image) {
        return line == 0 || textColumn > 0 || isMissing(image)
                ? line
                : object.object().map(read -> read.line(image)).orElse(line);
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
        return isMissing(image)
                ? 1
                : object.object().map(read -> read.column(image)).orElse(1);
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
        return textColumn > 0
                ? -1
                : object.object().map(read -> read.offset(image)).orElse(-1);
    }

    /** {@return kind, namespace and name, such as {@code Pod shop/web}} */
    @Override
    public String title() {
        return object.title();
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
    @Override
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
    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        return object.decideAsync(gate, defaultNamespace, limit);
    }

    /** {@return the recorded request as it is, or else the creation of the object} */
    ReviewRequest request(String defaultNamespace) {
        return object.request(defaultNamespace);
    }

    /** {@return file, line, kind, namespace and name} */
    @Override
    public String toString() {
        return file + ":" + line + ": " + object;
    }
}
