package io.imagegate.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an input finds in a file, as tests compare it. */
public final class FoundObjects implements InputListener {

    public final List<InputObject> objects = new ArrayList<>();
    /** What is counted and not read, as {@code kind: place: name}. */
    public final List<String> unread = new ArrayList<>();

    public static FoundObjects in(Input input, String name, String text) throws Exception {
        FoundObjects found = new FoundObjects();
        input.read(InputFile.named(name, Path.of(name), () -> new ByteArrayInputStream(text.getBytes(UTF_8))), found);
        return found;
    }

    /** {@return each image as {@code object image}; with a {@code ?} and what has no value if it is not known} */
    public List<String> images() {
        List<String> images = new ArrayList<>();
        for (InputObject object : objects) {
            for (ReviewedImage image : object.images()) {
                images.add(object.title() + " " + image.text()
                        + image.unknown().map(missing -> " ? " + missing).orElse(""));
            }
        }
        return images;
    }

    /** {@return file, line and column of each image} */
    public List<String> places() {
        List<String> places = new ArrayList<>();
        for (InputObject object : objects) {
            for (int i = 0; i < object.images().size(); i++) {
                places.add(object.file(i) + ":" + object.line(i) + ":" + object.column(i));
            }
        }
        return places;
    }

    @Override
    public void object(InputObject object) {
        objects.add(object);
    }

    @Override
    public void unread(String what, InputException why) {
        throw new AssertionError(what + ": " + why);
    }

    @Override
    public void unreadPart(String what, String where, String why) {
        unread.add(what + ": " + where);
    }

    @Override
    public void skipped(String why) {
        throw new AssertionError(why);
    }

    @Override
    public void problem(InputException problem) {
        throw new AssertionError(problem);
    }
}
