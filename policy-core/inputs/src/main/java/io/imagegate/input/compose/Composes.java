package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compose files: the images of their services. */
public final class Composes extends TextInput {

    private static final Pattern NAME = Pattern.compile("((docker|podman)-)?compose([.-].*)?\\.ya?ml");
    private static final Pattern SERVICES = Pattern.compile("services[ \\t]*:[ \\t]*(.*)");
    private static final Pattern OBJECT = Pattern.compile("(?m)^(apiVersion|kind)[ \\t]*:");

    /** Files of this run. */
    private final ComposeRun run = new ComposeRun();

    private final UnreadParts unread = new UnreadParts();

    /** Where each file is; a stream is nowhere. */
    private final Map<String, Path> paths = new HashMap<>();

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public Set<Path> sources(Path file) throws InputException {
        return ComposeSources.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                .matches();
    }

    @Override
    public void announce(Path file) {
        run.add(file, isNamed(file));
    }

    /** A file that a user named may have another name, if it has services. Kubernetes objects are none of Compose. */
    @Override
    public boolean recognises(InputFile file) throws IOException {
        boolean named = file.path() != null && isNamed(file.path());
        if (!named && !file.isNamed()) {
            return false;
        }
        String start = PlainText.start(file);
        return !OBJECT.matcher(start).find() && (named || hasServices(start));
    }

    /** Services are an object here: GitLab has an array of this name. */
    private static boolean hasServices(String text) {
        boolean found = false;
        for (String line : text.lines().toList()) {
            String content = line.strip();
            if (found && !content.isEmpty() && !content.startsWith("#")) {
                return !content.startsWith("-") && Character.isWhitespace(line.charAt(0));
            }
            Matcher services = SERVICES.matcher(line);
            if (services.matches()) {
                String value = services.group(1);
                found = value.isEmpty() || value.startsWith("#");
                if (!found) {
                    return value.startsWith("{");
                }
            }
        }
        return false;
    }

    /** Values that come by a merge or an alias stand elsewhere: only images are compared after they were replaced. */
    @Override
    protected boolean isPlain() {
        return true;
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        if (file.path() != null) {
            paths.put(file.name(), file.path());
        }
        unread.of(found);
        super.read(file, found);
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        Path path = paths.get(file);
        ComposeFiles others = new ComposeFiles(path, run);
        new ComposeReader(others, objects, unread).read(others.root(file, path, PlainText.read(file, content)));
    }
}
