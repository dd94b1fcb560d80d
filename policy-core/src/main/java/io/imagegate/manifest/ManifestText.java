package io.imagegate.manifest;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Content of a file of manifests, in which images can be replaced. Everything else stays byte for byte: comments, quotes,
 * layout. Not thread-safe.
 *
 * <pre>{@code
 * ManifestText text = ManifestText.read("pod.yaml", in.readAllBytes(), null);
 * ManifestObject pod = text.objects().get(0);
 * text.replace(pod, pod.images().get(0), ImageReference.parse("mirror.internal/hub/nginx:1.27"));
 * byte[] changed = text.content();
 * }</pre>
 *
 * @since 0.1
 */
public final class ManifestText {

    private static final int SHOWN = 100;

    private final String file;
    private final byte[] content;
    private final @Nullable Consumer<? super ManifestException> kindless;
    private final List<ManifestObject> objects = new ArrayList<>();
    /** New names by the offset of the image. */
    private final SortedMap<Integer, ScalarReplacement> replacements = new TreeMap<>();

    private ManifestText(String file, byte[] content, @Nullable Consumer<? super ManifestException> kindless) {
        this.file = file;
        this.content = content;
        this.kindless = kindless;
    }

    /**
     * Reads a file as {@link ManifestReader} does.
     *
     * @param file name of the file, for messages
     * @param content content of the file; copied
     * @param kindless receives the reason why a document or an element of a list is not an object with a kind; null if
     *     that is an error
     * @return the text
     * @throws ManifestException if it cannot be read to its end as manifests
     */
    public static ManifestText read(String file, byte[] content, @Nullable Consumer<? super ManifestException> kindless)
            throws ManifestException {
        ManifestText text = new ManifestText(file, content.clone(), kindless);
        objects(file, content, text.objects::add, kindless);
        return text;
    }

    private static void objects(
            String file,
            byte[] content,
            Consumer<ManifestObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws ManifestException {
        try {
            ManifestReader.read(file, new ByteArrayInputStream(content), objects, kindless);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return the objects, in order} */
    public List<ManifestObject> objects() {
        return List.copyOf(objects);
    }

    /**
     * Replaces an image. One that an alias names is replaced where its value stands.
     *
     * @param object one of {@link #objects()}
     * @param image one of its images
     * @param name the new name
     * @throws ManifestException if an alias needs another name for the same value, or the object is a recorded review
     */
    public void replace(ManifestObject object, ReviewedImage image, ImageReference name) throws ManifestException {
        int index = object.images().indexOf(image);
        int offset = index < 0 || object.isReview() ? -1 : object.offset(index);
        int line = index < 0 ? object.line() : object.line(index);
        if (offset < 0) {
            throw problem(line, "this image is not written in a manifest, so it cannot be replaced");
        }
        // The characters of a reference need no escape in any syntax.
        ScalarReplacement replacement =
                replacements.computeIfAbsent(offset, at -> new ScalarReplacement(image.text(), name.text(), line));
        if (!replacement.name.equals(name.text())) {
            throw problem(
                    line,
                    "one value with an anchor would get two names, " + SafeText.quote(name.text(), SHOWN) + " and "
                            + SafeText.quote(replacement.name, SHOWN) + ": write the image at each place");
        }
        replacement.images++;
    }

    /** {@return whether an image was replaced} */
    public boolean isChanged() {
        return !replacements.isEmpty();
    }

    /**
     * {@return the content with the new images}
     *
     * @throws ManifestException if an image has a form that cannot be replaced, or something else would change
     */
    public byte[] content() throws ManifestException {
        if (replacements.isEmpty()) {
            return content.clone();
        }
        byte[] changed = ReplacedText.of(file, content, replacements);
        requireSameObjects(changed);
        return changed;
    }

    /** Reads the new text, and compares its objects and images with what they should be. */
    private void requireSameObjects(byte[] changed) throws ManifestException {
        List<ManifestObject> found = new ArrayList<>();
        objects(file, changed, found::add, kindless == null ? null : problem -> {});
        boolean same = found.size() == objects.size();
        for (int i = 0; same && i < found.size(); i++) {
            same = found.get(i).toString().equals(objects.get(i).toString())
                    && found.get(i).images().equals(expected(objects.get(i)));
        }
        if (!same) {
            throw problem(1, "after the images were replaced, the file would have other objects: nothing is replaced");
        }
    }

    private List<ReviewedImage> expected(ManifestObject object) {
        List<ReviewedImage> images = new ArrayList<>(object.images());
        for (int i = 0; i < images.size() && !object.isReview(); i++) {
            ScalarReplacement replacement = replacements.get(object.offset(i));
            if (replacement != null) {
                images.set(i, images.get(i).withText(replacement.name));
            }
        }
        return images;
    }

    private ManifestException problem(int line, String problem) {
        return new ManifestException(file, line, 1, problem);
    }
}
