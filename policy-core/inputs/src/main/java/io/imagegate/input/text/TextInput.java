package io.imagegate.input.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.EditableText;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A format whose images are written as they are: it finds them with their {@linkplain io.imagegate.input.InputImage#at offsets}, and
 * each is replaced at its offset, so {@code pin} and {@code check --write} can change the file. Everything else stays byte for byte,
 * which is checked: after images were replaced, the same objects must be found in the text. Not thread-safe.
 *
 * @since 0.1
 */
public abstract class TextInput implements Input {

    private final List<OpenFile> open = new ArrayList<>();
    private final Set<Path> paths = new HashSet<>();
    private final Map<InputObject, OpenFile> owners = new HashMap<>();

    private static final class OpenFile {
        final String name;
        final @Nullable Path path;
        final byte[] content;
        final EditableText<InputObject> text;
        int images;

        OpenFile(String name, @Nullable Path path, byte[] content, EditableText<InputObject> text) {
            this.name = name;
            this.path = path;
            this.content = content;
            this.text = text;
        }
    }

    /** A format of which no file was read yet. */
    protected TextInput() {}

    /**
     * Reads the objects of a file.
     *
     * @param file name of the file, for messages
     * @param content its content
     * @param objects called with each object
     * @param kindless called with what is none; null if that is an error
     * @throws InputException if it cannot be read to its end
     * @throws IOException if the stream fails
     */
    protected abstract void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException;

    /**
     * {@return whether only images are compared after they were replaced. Offsets count code points. For texts that are neither YAML
     * nor JSON, and for YAML of which one value may stand for several}
     */
    protected boolean isPlain() {
        return false;
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        read(file, found::object, null);
    }

    /**
     * Reads a file. One in which images can be replaced is read once, whatever names lead to it.
     *
     * @param file the file
     * @param objects called with each object
     * @param kindless called with what is none; null if that is an error
     * @throws InputException if it cannot be read to its end
     * @throws IOException if the stream fails
     */
    protected final void read(
            InputFile file, Consumer<InputObject> objects, @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        if (!file.isReplaceable()) {
            objects(file.name(), file.in(), objects, kindless);
            return;
        }
        byte[] content = file.in().readAllBytes();
        // The folder may be named by a link; the file itself is none.
        Path path = file.path() == null ? null : file.path().toRealPath();
        if (path != null && !paths.add(path)) {
            return;
        }
        EditableText<InputObject> text = EditableText.read(
                file.name(),
                content,
                isPlain(),
                (bytes, read) -> objects(file.name(), new ByteArrayInputStream(bytes), read, kindless));
        OpenFile kept = new OpenFile(path == null ? "" : file.name(), path, content, text);
        open.add(kept);
        for (InputObject object : text.objects()) {
            owners.put(object, kept);
            objects.accept(object);
        }
    }

    @Override
    public boolean owns(InputObject object) {
        return owners.containsKey(object);
    }

    @Override
    public void replace(InputObject object, ReviewedImage image, ImageReference name) throws InputException {
        OpenFile file = owners.get(object);
        if (file == null) {
            throw new InputException(object.file(), object.line(), 1, "its images cannot be replaced");
        }
        file.text.replace(object, image, name);
        file.images++;
    }

    @Override
    public List<ChangedFile> changes(Consumer<InputException> refused) {
        List<ChangedFile> changes = new ArrayList<>();
        for (OpenFile file : open) {
            try {
                if (file.path == null || file.text.isChanged()) {
                    changes.add(new ChangedFile(
                            file.name,
                            file.path,
                            new String(file.content, UTF_8),
                            new String(file.text.content(), UTF_8),
                            file.images));
                }
            } catch (InputException unchangeable) {
                refused.accept(unchangeable);
            }
        }
        return changes;
    }
}
