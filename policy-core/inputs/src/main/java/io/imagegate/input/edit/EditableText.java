package io.imagegate.input.edit;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Content of a file in which images can be replaced. Everything else stays byte for byte. Not thread-safe. */
public final class EditableText<O extends InputObject> {

    private static final int SHOWN = 100;

    private final String file;
    private final byte[] content;
    private final boolean plain;
    private final Reader<O> reader;
    private final List<O> objects = new ArrayList<>();
    /** New names by the offset of the image. */
    private final SortedMap<Integer, ScalarReplacement> replacements = new TreeMap<>();
    /** New names of images that are written in parts. */
    private final Map<InputObject, String> made = new HashMap<>();

    /** Reads the objects of a content. */
    public interface Reader<O> {
        void read(byte[] content, Consumer<O> objects) throws IOException, InputException;
    }

    private EditableText(String file, byte[] content, boolean plain, Reader<O> reader) {
        this.file = file;
        this.content = content;
        this.plain = plain;
        this.reader = reader;
    }

    /**
     * Reads the objects of a content.
     *
     * @param plain whether only images are compared after they were replaced, as {@code TextInput.isPlain} says
     */
    public static <O extends InputObject> EditableText<O> read(
            String file, byte[] content, boolean plain, Reader<O> reader) throws InputException {
        EditableText<O> text = new EditableText<>(file, content, plain, reader);
        text.read(content, text.objects::add);
        return text;
    }

    private void read(byte[] text, Consumer<O> found) throws InputException {
        try {
            reader.read(text, found);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public List<O> objects() {
        return List.copyOf(objects);
    }

    /** Replaces an image. One that an alias names is replaced where its value stands. */
    public void replace(InputObject object, ReviewedImage image, ImageReference name) throws InputException {
        List<WrittenInParts.Edit> edits = object instanceof WrittenInParts parts ? parts.edits(name) : List.of();
        if (!edits.isEmpty()) {
            for (WrittenInParts.Edit edit : edits) {
                replace(edit);
            }
            made.put(object, name.text());
            return;
        }
        int index = object.images().indexOf(image);
        int offset = index < 0 || object.isReview() ? -1 : object.offset(index);
        int line = index < 0 ? object.line() : object.line(index);
        if (offset < 0) {
            throw new InputException(
                    index < 0 ? file : object.file(index),
                    line,
                    1,
                    "this image is not written here as a whole, or is by an alias also something else: it cannot be replaced");
        }
        replace(WrittenInParts.Edit.of(offset, line, image.text(), name.text()));
    }

    /** The characters of a reference need no escape in any syntax. */
    private void replace(WrittenInParts.Edit edit) throws InputException {
        ScalarReplacement known = replacements.get(edit.offset());
        if (known != null && !known.after().equals(edit.after())) {
            throw problem(
                    edit.line(),
                    "one value with an anchor would get two names, " + SafeText.quote(edit.after(), SHOWN) + " and "
                            + SafeText.quote(known.after(), SHOWN) + ": write the image at each place");
        }
        replacements.put(edit.offset(), known == null ? ScalarReplacement.of(edit) : known.again());
    }

    public boolean isChanged() {
        return !replacements.isEmpty();
    }

    /** {@return the content with the new images} */
    public byte[] content() throws InputException {
        if (replacements.isEmpty()) {
            return content.clone();
        }
        byte[] changed = plain
                ? ReplacedText.ofPlain(file, content, replacements)
                : ReplacedText.of(file, content, replacements);
        requireSameObjects(changed);
        return changed;
    }

    /** Reads the new text, and compares its objects and images with what they should be. */
    private void requireSameObjects(byte[] changed) throws InputException {
        List<O> found = new ArrayList<>();
        read(changed, found::add);
        boolean same = found.size() == objects.size();
        for (int i = 0; same && i < found.size(); i++) {
            same = isSame(found.get(i), objects.get(i)) && found.get(i).images().equals(expected(objects.get(i)));
        }
        if (!same) {
            throw problem(1, "after the images were replaced, the file would have other objects: nothing is replaced");
        }
    }

    private static boolean isSame(InputObject one, InputObject other) {
        return one.line() == other.line()
                && one.kind().equals(other.kind())
                && one.title().equals(other.title());
    }

    private List<ReviewedImage> expected(InputObject object) {
        List<ReviewedImage> images = new ArrayList<>(object.images());
        String whole = made.get(object);
        if (whole != null) {
            images.set(0, images.get(0).withText(whole));
            return images;
        }
        for (int i = 0; i < images.size() && !object.isReview(); i++) {
            ScalarReplacement replacement = replacements.get(object.offset(i));
            if (replacement != null) {
                images.set(i, images.get(i).withText(replacement.after()));
            }
        }
        return images;
    }

    private InputException problem(int line, String problem) {
        return new InputException(file, line, 1, problem);
    }
}
