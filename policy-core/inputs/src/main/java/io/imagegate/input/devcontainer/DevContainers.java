package io.imagegate.input.devcontainer;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.edit.TextSyntax;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.JsonComments;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Development containers, in JSON with comments: {@code image}, and the images that {@code build.cacheFrom} names. Variables have no
 * value. Features are no images, and Dockerfiles and Compose files are files by themselves. Not thread-safe.
 */
public final class DevContainers extends TreeInput {

    private static final String NAME = "devcontainer.json";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{.*?(?:}|$)", Pattern.DOTALL);
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    @Override
    public String name() {
        return "devcontainer";
    }

    @Override
    public boolean isNamed(Path file) {
        return file.endsWith(NAME) || file.endsWith("." + NAME);
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && isNamed(file.path());
    }

    /** Comments become spaces. */
    @Override
    protected List<Node> documents(String file, byte[] content) throws InputException {
        byte[] text = Arrays.copyOfRange(content, markLength(content), content.length);
        JsonCursor<InputException> cursor =
                JsonCursor.of(JsonComments.removed(text), text.length, LIMITS, TextSyntax.problems(file));
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
