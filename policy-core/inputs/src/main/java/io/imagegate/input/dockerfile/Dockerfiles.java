package io.imagegate.input.dockerfile;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.TextPlaces;
import io.imagegate.input.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dockerfiles and Containerfiles: the images that their stages are built from, copy from and mount. */
public final class Dockerfiles extends TextInput {

    private static final Pattern START = Pattern.compile("(?i)(FROM|ARG)[ \\t]+\\S.*");
    private static final Pattern NAME =
            Pattern.compile("(dockerfile|containerfile)([._-].+)?|.+\\.(dockerfile|containerfile)");
    private static final Set<String> SURE = Set.of("dockerfile", "containerfile");
    /** Endings of files beside a Dockerfile. */
    private static final List<String> OTHERS = List.of(".dockerignore", ".containerignore", ".md", ".xml");

    private static final Pattern TEMPLATE =
            Pattern.compile(".*\\.(in|j2|jinja2?|tmpl|gotmpl|tpl|template|erb|ejs|hbs|mustache|m4)");
    private static final String WHY = "a template of a Dockerfile: expected the Dockerfile that is made of it";

    @Override
    public String name() {
        return "dockerfile";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        String name = name(file);
        return !Manifests.areIn(file)
                && OTHERS.stream().noneMatch(name::endsWith)
                && NAME.matcher(name).matches();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /**
     * A file that a user named, and a stream, may also begin like a Dockerfile. One of a folder has to, unless its name is sure: others
     * have such names, too, like sources of programs that read Dockerfiles.
     */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        if (path != null && isNamed(path)) {
            return file.isNamed() || SURE.contains(name(path)) || isTemplate(path) || startsLikeOne(file);
        }
        return file.isNamed() && (path == null || !Manifests.areIn(path)) && startsLikeOne(file);
    }

    private static boolean isTemplate(Path file) {
        return TEMPLATE.matcher(name(file)).matches();
    }

    private static boolean startsLikeOne(InputFile file) throws IOException {
        String start = PlainText.start(file);
        try {
            PlacedText first = new DockerfileLines(new TextPlaces(file.name(), start), start).next();
            return first == null
                    ? file.start().length == InputFile.LOOKED_AT
                    : START.matcher(first.toString().strip()).matches();
        } catch (InputException directive) {
            // Of a Dockerfile, where it is a problem when the whole is read.
            return true;
        }
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        if (file.path() != null && isTemplate(file.path())) {
            found.unread("Dockerfile template", new InputException(file.name(), WHY));
        } else {
            super.read(file, found);
        }
    }

    @Override
    protected boolean isPlain() {
        return true;
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        new DockerfileReader(file, PlainText.read(file, content), Map.of(), objects).read();
    }
}
