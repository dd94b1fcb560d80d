package io.imagegate.input.devcontainer;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.place.UnreadName;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.JsonComments;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Development containers, in JSON with comments: {@code image}, and the images that {@code build.cacheFrom} names. Variables have no
 * value. Features are no images. Dockerfiles and Compose files are files by themselves; one that is not in the run is counted. Not
 * thread-safe.
 */
public final class DevContainers extends TreeInput {

    private static final String NAME = "devcontainer.json";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{.*?(?:}|$)", Pattern.DOTALL);
    private static final List<String> BUILDS = List.of("dockerfile", "dockerFile");
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Set<Path> run = new HashSet<>();
    private final UnreadParts unread = new UnreadParts();
    private @Nullable Path folder;

    @Override
    public String name() {
        return "devcontainer";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return file.endsWith(NAME) || file.endsWith("." + NAME);
    }

    @Override
    public void announce(Path file) {
        run.add(normal(file));
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && isNamed(file.path());
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        Path path = file.path();
        unread.of(found);
        folder = path == null ? null : normal(path).getParent();
        super.read(file, found);
    }

    /** Comments become spaces. */
    @Override
    protected List<Node> documents(String file, byte[] content) throws InputException {
        byte[] text = Arrays.copyOfRange(content, markLength(content), content.length);
        JsonCursor<InputException> cursor =
                JsonCursor.of(JsonComments.removed(text), text.length, LIMITS, FileSyntax.problems(file));
        List<Node> documents = new ArrayList<>();
        for (Node document = cursor.document(); document != null; document = cursor.document()) {
            documents.add(document);
        }
        return documents;
    }

    private static int markLength(byte[] content) {
        return Arrays.mismatch(content, MARK) >= MARK.length || Arrays.equals(content, MARK) ? MARK.length : 0;
    }

    /** The reader of JSON counts bytes. */
    @Override
    protected IntUnaryOperator characters(byte[] content) {
        int start = markLength(content);
        int[] characters = new int[content.length - start + 1];
        for (int at = start; at < content.length; at++) {
            boolean begins = (content[at] & 0xC0) != 0x80;
            characters[at - start + 1] = characters[at - start] + (begins ? 1 : 0);
        }
        return bytes -> characters[bytes];
    }

    @Override
    protected void find(List<Node> documents, FoundImages found) {
        for (Node document : documents) {
            if (!document.isObject()) {
                found.problem(document, "expected an object, got " + document.type());
                continue;
            }
            found.object("devcontainer", document);
            image("image", document.field("image"), found);
            Node build = document.field("build");
            Node cache = build == null ? null : build.field("cacheFrom");
            if (cache != null && cache.isArray()) {
                for (int i = 0; i < cache.elements().size(); i++) {
                    image("build.cacheFrom[" + i + "]", cache.elements().get(i), found);
                }
            } else {
                image("build.cacheFrom", cache, found);
            }
            for (String field : BUILDS) {
                file(document.field(field), found);
                file(build == null ? null : build.field(field), found);
            }
            Node compose = document.field("dockerComposeFile");
            if (compose != null && compose.isArray()) {
                compose.elements().forEach(element -> file(element, found));
            } else {
                file(compose, found);
            }
        }
    }

    /** A text without a place names no files of a run. */
    private void file(@Nullable Node name, FoundImages found) {
        if (name == null || !name.isText() || folder == null || isInRun(folder, name.text())) {
            return;
        }
        unread.add(
                "devcontainer build",
                found.file() + ":" + name.line() + ": " + UnreadName.of(name.text()),
                "expected a file that is also checked: name it in the command");
    }

    private boolean isInRun(Path folder, String name) {
        try {
            return run.contains(normal(folder.resolve(name)));
        } catch (InvalidPathException notOne) {
            return false;
        }
    }

    private static void image(String path, @Nullable Node image, FoundImages found) {
        if (image == null || image.type() == ValueType.NULL) {
            return;
        }
        if (!image.isText()) {
            found.problem(image, path + ": expected an image, got " + image.type());
            return;
        }
        Matcher variable = VARIABLE.matcher(image.text());
        if (variable.find()) {
            found.unknown(path, image, variable.group());
        } else {
            found.image(path, image, 0);
        }
    }
}
