package io.imagegate.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dockerfiles and Containerfiles: the images that their stages are built from, copy from and mount. */
final class Dockerfiles extends TextInput {

    private static final Pattern START = Pattern.compile("(?i)(FROM|ARG)[ \\t]+\\S.*");
    private static final List<String> KINDS = List.of("dockerfile", "containerfile");
    /** Endings of files beside a Dockerfile. */
    private static final List<String> OTHERS = List.of(".dockerignore", ".containerignore", ".md");

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return !Manifests.areIn(file)
                && OTHERS.stream().noneMatch(name::endsWith)
                && KINDS.stream()
                        .anyMatch(
                                kind -> name.equals(kind) || name.startsWith(kind + ".") || name.endsWith("." + kind));
    }

    /** A file that a user named, and a stream, may also begin like a Dockerfile. */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        if (path != null && isNamed(path)) {
            return true;
        }
        return file.isNamed() && (path == null || !Manifests.areIn(path)) && startsLikeOne(file);
    }

    private static boolean startsLikeOne(InputFile file) throws IOException {
        return PlainText.start(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> START.matcher(line).matches())
                .isPresent();
    }

    @Override
    boolean isPlain() {
        return true;
    }

    @Override
    void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        if (Stream.of(".in", ".j2", ".tmpl").anyMatch(file::endsWith)) {
            throw new ManifestException(
                    file, 1, 1, "a template of a Dockerfile: expected the Dockerfile that is made of it");
        }
        new DockerfileReader(file, PlainText.read(file, content), Set.of(), objects).read();
    }
}
