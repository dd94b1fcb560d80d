package io.imagegate.input;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file in which images are replaced.
 *
 * @param name its name, as it was given or is reached; that of a stream is empty
 * @param path the file, without links; null for a stream
 * @param before its content as it was read
 * @param after its new content
 * @param images number of images that get another name
 * @since 0.1
 */
public record ChangedFile(String name, @Nullable Path path, String before, String after, int images) {}
