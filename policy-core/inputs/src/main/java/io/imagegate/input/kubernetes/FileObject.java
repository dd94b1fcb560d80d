package io.imagegate.input.kubernetes;

import io.imagegate.admission.CheckedObject;
import io.imagegate.input.ManifestObject;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectListener;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An object in a file, on a page of a list or in a text of a file, or a recorded review. Immutable and thread-safe. */
public final class FileObject implements ManifestObject {

    private final String file;
    private final int line;
    private final CheckedObject object;
    /** The file in which each image is written, null where one is missing; empty if all are in the text of the object. */
    private final List<@Nullable String> files;

    private final String source;
    /** The column of a text that the object stands in; 0 if it stands in none. */
    private final int textColumn;

    private FileObject(
            String file, int line, CheckedObject object, List<@Nullable String> files, String source, int textColumn) {
        this.file = file;
        this.line = line;
        this.object = object;
        this.files = files;
        this.source = source;
        this.textColumn = textColumn;
    }

    /** {@return what makes objects of a file} */
    public static ObjectListener listener(String file, Consumer<? super FileObject> objects) {
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
                objects.accept(new FileObject(file, line, object, List.of(), "", 0));
            }
        };
    }

    /** {@return a copy whose images are written in other files; null where one is written nowhere} */
    public FileObject writtenIn(List<@Nullable String> others) {
        return new FileObject(file, line, object, others, source, 0);
    }

    /** {@return a copy that was made from a file, such as a Helm template; the same if there is none} */
    public FileObject from(String other) {
        return other.isEmpty() ? this : new FileObject(file, line, object, files, other, 0);
    }

    /** {@return a copy that stands in a text of a file, which is the place of all its images} */
    public FileObject inTextAt(int otherLine, int column) {
        return new FileObject(file, otherLine, object, files, source, column);
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
    @Override
    public String namespace() {
        return object.namespace();
    }

    /** {@return the name, or the prefix from which the API server generates it; empty if there is neither} */
    @Override
    public String name() {
        return object.name();
    }

    /** {@return the uid of an object on a page of a list; else empty} */
    @Override
    public String uid() {
        return object.object().map(KubernetesObject::uid).orElse("");
    }

    /**
     * {@return the uid of the owner that is the controller of an object on a page of a list; else empty} Whoever may write an object
     * may also write its owners: that there is such an owner has to be checked.
     */
    @Override
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
        String other = files.isEmpty() ? null : files.get(image);
        return other == null ? file : other;
    }

    /** Patches of several files may make a container, so the place of its missing image is the object. */
    private boolean isMissing(int image) {
        return !files.isEmpty() && files.get(image) == null;
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
     * {@return the decision, as {@link #decide(io.imagegate.policy.PolicySet, String)} makes it; waits for facts as
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
    public ReviewRequest request(String defaultNamespace) {
        return object.request(defaultNamespace);
    }

    /** {@return file, line, kind, namespace and name} */
    @Override
    public String toString() {
        return file + ":" + line + ": " + object;
    }
}
