package io.imagegate.kubernetes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Well-known kinds whose objects run no images, although they may have fields that look like images. The resource
 * {@code kinds-without-images.txt} lists them with their sources. Thread-safe.
 *
 * @since 0.1
 */
public final class KindsWithoutImages {

    private static final Set<String> KINDS = read();

    private KindsWithoutImages() {}

    /**
     * {@return whether objects of a kind are known to run no images}
     *
     * @param kind the kind; its version is ignored
     */
    public static boolean contains(ObjectKind kind) {
        return KINDS.contains(kind.toString());
    }

    private static Set<String> read() {
        try (InputStream in = KindsWithoutImages.class.getResourceAsStream("kinds-without-images.txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
