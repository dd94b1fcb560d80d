package io.imagegate.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Lists that are part of the program: text with an entry in each line, and comments in lines of their own.
 *
 * @since 0.1
 */
public final class ResourceLines {

    private ResourceLines() {}

    /**
     * Reads a list.
     *
     * @param resource the text in UTF-8, as {@link Class#getResourceAsStream} opens it; it is closed
     * @return its lines in order, but for blank ones and those that begin with {@code #}
     */
    public static List<String> read(@Nullable InputStream resource) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Objects.requireNonNull(resource, "resource"), UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
