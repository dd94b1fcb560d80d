package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** A format whose images are written as they are: each is replaced at its offset. Not thread-safe. */
abstract class TextInput implements Input {

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

    /**
     * Reads the objects of a file.
     *
     * @param file name of the file, for messages
     * @param content its content
     * @param objects called with each object
     * @param kindless called with what is none; null if that is an error
     */
    abstract void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException;

    /**
     * {@return whether only images are compared after they were replaced. Offsets count code points. For texts that are neither YAML
     * nor JSON, and for YAML of which one value may stand for several}
     */
    boolean isPlain() {
        return false;
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, ManifestException {
        read(file, found::object, null);
    }

    /** Reads a file. One in which images can be replaced is read once, whatever names lead to it. */
    final void read(
            InputFile file, Consumer<InputObject> objects, @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
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
    public void replace(InputObject object, ReviewedImage image, ImageReference name) throws ManifestException {
        OpenFile file = owners.get(object);
        if (file == null) {
            throw new ManifestException(object.file(), object.line(), 1, "its images cannot be replaced");
        }
        file.text.replace(object, image, name);
        file.images++;
    }

    @Override
    public List<ChangedFile> changes(Consumer<ManifestException> refused) {
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
            } catch (ManifestException unchangeable) {
                refused.accept(unchangeable);
            }
        }
        return changes;
    }
}
