package io.imagegate.document;

import io.imagegate.kubernetes.ObjectKind;
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
 * Well-known kinds whose objects run no images, whatever their fields are called. They stand in the file
 * {@code kinds-without-images.txt} among the resources of this package, each with where it is defined.
 */
final class KindsWithoutImages {

    private static final Set<String> KINDS = read();

    private KindsWithoutImages() {}

    static boolean contains(ObjectKind kind) {
        return KINDS.contains(kind.toString());
    }

    private static Set<String> read() {
        try (InputStream in = KindsWithoutImages.class.getResourceAsStream("kinds-without-images.txt");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
