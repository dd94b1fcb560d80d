package io.imagegate.input;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A format of files that name images, for one run: it recognises files, finds their images, and replaces them.
 * {@code Inputs} lists those that Imagegate reads, and an {@link InputFactory} adds another. Not thread-safe.
 *
 * @since 0.1
 */
public interface Input {

    /** {@return the name of the format for {@code --input}, such as {@code kubernetes}; several inputs may share it} */
    String name();

    /** {@return whether a stream can have this format; otherwise only a file can, because it is read with those beside it} */
    default boolean isOfStreams() {
        return true;
    }

    /**
     * {@return whether a file may have this format, by its name alone: then it is read where it is found in a folder}
     *
     * @param file the file
     */
    boolean isNamed(Path file);

    /**
     * Prepares for a file of this run. Called for each before the first is read, by inputs of which one file includes
     * others.
     *
     * @param file the file, which {@link #isNamed} recognises or which a user named
     */
    default void announce(Path file) {}

    /**
     * {@return whether this input reads a file, by its name and content}
     *
     * @param file the file
     * @throws IOException if its start cannot be read
     */
    boolean recognises(InputFile file) throws IOException;

    /**
     * Reads a file. Objects that were passed on before an error remain valid.
     *
     * @param file a file that this input recognises, or that a user says to have this format
     * @param found called with what is in it
     * @throws IOException if it cannot be read
     * @throws InputException if it has not this format
     */
    void read(InputFile file, InputListener found) throws IOException, InputException;

    /**
     * {@return the files on which it depends what is read of a file, whether it can be read or not: the file itself, and those that it
     * names, also where there is none. A baseline has a problem of a file only as long as none of them changes}
     *
     * @param file the file, without links
     * @throws InputException if they are not known; the message says why
     */
    default Set<Path> sources(Path file) throws InputException {
        throw new InputException(file.toString(), 1, 1, "it is not known which other files this format reads");
    }

    /**
     * {@return whether an object was read by this input, from a file in which images can be replaced}
     *
     * @param object an object
     */
    default boolean owns(InputObject object) {
        return false;
    }

    /**
     * Replaces an image where it is written. Nothing is written to a file.
     *
     * @param object one that this input {@linkplain #owns owns}
     * @param image one of its images
     * @param name the new name
     * @throws InputException if it cannot be replaced there; the message says why
     */
    default void replace(InputObject object, ReviewedImage image, ImageReference name) throws InputException {
        throw new InputException(object.file(), object.line(), 1, "its images cannot be replaced");
    }

    /**
     * {@return the files that change, and standard input always. What they become is read again and compared: only the
     * replaced images may differ}
     *
     * @param refused called for each file that cannot be changed
     */
    default List<ChangedFile> changes(Consumer<InputException> refused) {
        return List.of();
    }
}
