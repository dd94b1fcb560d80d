package io.imagegate.manifest;

import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.input.edit.EditableText;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Content of a file of manifests, in which images can be replaced. Everything else stays byte for byte: comments, quotes,
 * layout. Not thread-safe.
 *
 * <pre>{@code
 * ManifestText text = ManifestText.read("pod.yaml", in.readAllBytes(), policies.workloads(), null);
 * ManifestObject pod = text.objects().get(0);
 * text.replace(pod, pod.images().get(0), ImageReference.parse("mirror.internal/hub/nginx:1.27"));
 * byte[] changed = text.content();
 * }</pre>
 *
 * @since 0.1
 */
public final class ManifestText {

    private final EditableText<ManifestObject> text;

    private ManifestText(EditableText<ManifestObject> text) {
        this.text = text;
    }

    /**
     * Reads a file as {@link ManifestReader} does.
     *
     * @param file name of the file, for messages
     * @param content content of the file; copied
     * @param workloads where images stand in objects of each kind
     * @param kindless receives the reason why a document or an element of a list is not an object with a kind; null if
     *     that is an error
     * @return the text
     * @throws InputException if it cannot be read to its end as manifests
     */
    public static ManifestText read(
            String file, byte[] content, Workloads workloads, @Nullable Consumer<? super InputException> kindless)
            throws InputException {
        return new ManifestText(EditableText.read(
                file,
                content.clone(),
                false,
                (bytes, objects) ->
                        ManifestReader.read(file, new ByteArrayInputStream(bytes), workloads, objects, kindless)));
    }

    /** {@return the objects, in order} */
    public List<ManifestObject> objects() {
        return text.objects();
    }

    /**
     * Replaces an image. One that an alias names is replaced where its value stands.
     *
     * @param object one of {@link #objects()}
     * @param image one of its images
     * @param name the new name
     * @throws InputException if an alias needs another name for the same value, or the object is a recorded review
     */
    public void replace(ManifestObject object, ReviewedImage image, ImageReference name) throws InputException {
        text.replace(object, image, name);
    }

    /** {@return whether an image was replaced} */
    public boolean isChanged() {
        return text.isChanged();
    }

    /**
     * {@return the content with the new images}
     *
     * @throws InputException if an image has a form that cannot be replaced, or something else would change
     */
    public byte[] content() throws InputException {
        return text.content();
    }
}
