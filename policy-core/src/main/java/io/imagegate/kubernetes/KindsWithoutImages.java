package io.imagegate.kubernetes;

import io.imagegate.text.ResourceLines;
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
        return KINDS.contains(kind.toString()) || KINDS.contains("*." + kind.group());
    }

    private static Set<String> read() {
        return ResourceLines.read(KindsWithoutImages.class.getResourceAsStream("kinds-without-images.txt")).stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
