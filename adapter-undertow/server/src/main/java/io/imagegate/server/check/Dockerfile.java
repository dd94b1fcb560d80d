package io.imagegate.server.check;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Recognizes Dockerfiles by their names. */
final class Dockerfile {

    static final String NAME = "Dockerfile";

    private Dockerfile() {}

    /** {@return whether a file is named like a Dockerfile} */
    static boolean is(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !ManifestFolder.isManifest(file)
                && Stream.of("dockerfile", "containerfile")
                        .anyMatch(
                                kind -> name.equals(kind) || name.startsWith(kind + ".") || name.endsWith("." + kind));
    }

    /** {@return why a file that was named is not read} */
    static String refusal(String name) {
        return name + ": a Dockerfile, which is not read yet: expected a manifest, or the image that is built from it";
    }
}
