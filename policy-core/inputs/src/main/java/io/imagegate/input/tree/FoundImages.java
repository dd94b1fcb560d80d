package io.imagegate.input.tree;

import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Collects the images of a file, object by object. After a problem the other images are still collected; the first problem is thrown at
 * the end. Not thread-safe.
 */
public final class FoundImages {

    /** Most characters of a text of the file in a message or in the name of an object. */
    public static final int SHOWN = 100;

    private static final int MOST_IMAGES = 10_000;

    private final String file;
    private final IntUnaryOperator characters;
    private final Consumer<InputObject> objects;
    /** How often each text of the file is used, by its offset: an alias is where its value is. */
    private final Map<Integer, Integer> texts = new HashMap<>();

    private final List<Found> made = new ArrayList<>();
    private @Nullable Found open;
    private int images;
    private @Nullable InputException first;

    private record Found(String file, int line, String title, List<InputImage> images, List<Integer> texts) {}

    public FoundImages(String file, List<Node> documents, IntUnaryOperator characters, Consumer<InputObject> objects) {
        this.file = file;
        this.characters = characters;
        this.objects = objects;
        Deque<Node> left = new ArrayDeque<>(documents);
        for (Node node = left.poll(); node != null; node = left.poll()) {
            if (node.isScalar() && node.type() != ValueType.NULL) {
                texts.merge(node.offset(), 1, Integer::sum);
            }
            node.fields().forEach(field -> left.push(field.value()));
            node.elements().forEach(left::push);
        }
    }

    /** {@return the name of the file that is read} */
    public String file() {
        return file;
    }

    /**
     * Begins an object, to which the next images belong.
     *
     * @param title what it is, such as {@code job build}
     * @param at where it starts
     */
    public void object(String title, Node at) {
        object(file, title, at);
    }

    /**
     * Begins an object of another file, whose images cannot be replaced.
     *
     * @param in the name of the other file
     * @param title what it is
     * @param at where it starts
     */
    public void object(String in, String title, Node at) {
        open = new Found(in, at.line(), SafeText.cut(title, SHOWN), new ArrayList<>(), new ArrayList<>());
        made.add(open);
    }

    /**
     * Adds an image that is written as it is.
     *
     * @param path its place in the object, which no other has
     * @param text where it is written
     * @param from how many characters of the text are before it
     */
    public void image(String path, Node text, int from) {
        String image = text.text().substring(from);
        add(InputImage.of(image, path, text.line(), text.column()), text, from);
    }

    /**
     * Adds an image whose name is not the text, such as one whose variables were replaced.
     *
     * @param path its place in the object, which no other has
     * @param text where it is written
     * @param image the image
     */
    public void image(String path, Node text, String image) {
        add(InputImage.of(image, path, text.line(), text.column()), text, -1);
    }

    /**
     * Adds an image whose name is not known.
     *
     * @param path its place in the object, which no other has
     * @param text where it is written
     * @param variable what has no value
     */
    public void unknown(String path, Node text, String variable) {
        add(
                InputImage.of(text.text(), path, text.line(), text.column()).withUnknown(SafeText.cut(variable, SHOWN)),
                text,
                -1);
    }

    private void add(InputImage image, Node text, int from) {
        Found object = open;
        if (object == null) {
            throw new IllegalStateException("expected an object before its images");
        }
        images++;
        if (images > MOST_IMAGES) {
            problem(text, "expected " + MOST_IMAGES + " images at most in one file");
            return;
        }
        object.images.add(object.file.equals(file) ? image.at(offset(text, from)) : image);
        object.texts.add(text.offset());
    }

    /** {@return where an image can be replaced; -1 if it cannot} One that is a whole text may have an anchor or escapes. */
    private int offset(Node text, int from) {
        if (from < 0 || text.offset() < 0 || (from > 0 && text.textStart() < 0)) {
            return -1;
        }
        return characters.applyAsInt(text.offset()) + (from == 0 ? 0 : text.textStart() + from);
    }

    /**
     * Records what is wrong with a value.
     *
     * @param at the value
     * @param expected what is wrong, and what was expected
     */
    public void problem(Node at, String expected) {
        problem(file, at, expected);
    }

    /**
     * Records what is wrong with a value in another file.
     *
     * @param in the name of the other file
     * @param at the value
     * @param expected what is wrong, and what was expected
     */
    public void problem(String in, Node at, String expected) {
        problem(TreeInput.problem(in, at, expected));
    }

    /** Records what is wrong with the whole file. */
    public void problem(String expected) {
        problem(new InputException(file, 1, 1, expected));
    }

    /** Records what is wrong. */
    public void problem(InputException problem) {
        if (first == null) {
            first = problem;
        }
    }

    /** Passes the objects on, then throws the first problem. */
    public void end() throws InputException {
        made.stream()
                .filter(object -> object.file.equals(file))
                .flatMap(object -> object.texts.stream())
                .forEach(text -> texts.merge(text, -1, Integer::sum));
        for (Found object : made) {
            List<InputImage> all = new ArrayList<>();
            for (int i = 0; i < object.images.size(); i++) {
                // A text that is also something else, by an alias, is not replaced.
                boolean isOnlyImage = texts.getOrDefault(object.texts.get(i), 0) <= 0;
                all.add(
                        isOnlyImage
                                ? object.images.get(i)
                                : object.images.get(i).at(-1));
            }
            if (!all.isEmpty()) {
                objects.accept(InputObject.of(object.file, object.line, object.title, all));
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
