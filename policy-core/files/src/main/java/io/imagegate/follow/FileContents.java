package io.imagegate.follow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of some files, or why they could not be read.
 *
 * @param files in the order in which they were named
 */
public record FileContents(List<Content> files) implements Snapshot {

    /**
     * The content of a file.
     *
     * @param file the file
     * @param text its bytes, one character each, which makes them comparable; empty if it could not be read
     * @param problem why it could not be read, or null
     */
    public record Content(Path file, String text, @Nullable String problem) {

        private static Content read(Path file) {
            try {
                return new Content(file, new String(RegularFile.read(file), ISO_8859_1), null);
            } catch (IOException failed) {
                return new Content(file, "", String.valueOf(failed.getMessage()));
            }
        }

        /** {@return the bytes of the file} */
        public byte[] bytes() {
            return text.getBytes(ISO_8859_1);
        }
    }

    /**
     * Reads files.
     *
     * @param files of at most 1 MiB each
     * @return their contents
     */
    public static FileContents read(List<Path> files) {
        return new FileContents(files.stream().map(Content::read).toList());
    }

    @Override
    public boolean isCurrent() {
        return equals(read(files.stream().map(Content::file).toList()));
    }

    /** {@return the content of one of the files} */
    public Content get(int index) {
        return files.get(index);
    }
}
