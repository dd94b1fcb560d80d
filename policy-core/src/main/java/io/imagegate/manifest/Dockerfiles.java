package io.imagegate.manifest;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Dockerfiles, which are recognised by their names, and not read. */
final class Dockerfiles implements Input {

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !Manifests.areIn(file)
                && Stream.of("dockerfile", "containerfile")
                        .anyMatch(
                                kind -> name.equals(kind) || name.startsWith(kind + ".") || name.endsWith("." + kind));
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && isNamed(file.path());
    }

    @Override
    public void read(InputFile file, InputListener found) {
        found.unread(
                "Dockerfile",
                "a Dockerfile, which is not read yet: expected a manifest, or the image that is built from it");
    }
}
