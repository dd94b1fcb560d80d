package io.imagegate.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an input finds in a text, as lines, and what becomes of it. */
public final class FoundInText implements InputListener {

    public final List<String> lines = new ArrayList<>();
    public final List<InputObject> objects = new ArrayList<>();
    /** Place and name of what is not read. */
    public final List<String> unread = new ArrayList<>();

    /** {@return a line for each image, with its object, path, place and text, and one for what is wrong} */
    public static List<String> lines(Input input, String text) throws IOException {
        return of(input, InputFile.stream("f", () -> new ByteArrayInputStream(text.getBytes(UTF_8)))).lines;
    }

    public static FoundInText of(Input input, InputFile file) throws IOException {
        FoundInText found = new FoundInText();
        try {
            input.read(file, found);
        } catch (InputException problem) {
            found.lines.add(problem.getMessage());
        }
        return found;
    }

    /** {@return the file after each image that can be replaced is in a mirror} */
    public static String mirrored(Input input, Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        InputFile.Opener opener = () -> Files.newInputStream(file);
        FoundInText found = of(input, InputFile.named("f", file, opener).replaceable(opener));
        for (InputObject object : found.objects) {
            for (ReviewedImage image : object.images()) {
                try {
                    input.replace(object, image, ImageReference.parse("mirror.example/" + image.text()));
                } catch (InputException refused) {
                    found.lines.add(refused.getMessage());
                }
            }
        }
        List<InputException> refused = new ArrayList<>();
        List<ChangedFile> changes = input.changes(refused::add);
        return refused.isEmpty() && changes.size() == 1 ? changes.get(0).after() : refused + " " + changes;
    }

    @Override
    public void object(InputObject object) {
        objects.add(object);
        for (int i = 0; i < object.images().size(); i++) {
            ReviewedImage image = object.images().get(i);
            lines.add(object.title() + " | " + image.place() + " | "
                    + (object.file(i).equals("f") ? "" : object.file(i) + ":") + object.line(i) + ":" + object.column(i)
                    + " | " + image.text()
                    + image.unknown().map(variable -> " | unknown " + variable).orElse(""));
        }
    }

    @Override
    public void unread(String what, InputException why) {
        lines.add("unread " + what);
    }

    @Override
    public void unreadPart(String what, String where, String why) {
        unread.add(where);
    }

    @Override
    public void skipped(String why) {
        lines.add("skipped: " + why);
    }

    @Override
    public void problem(InputException problem) {
        lines.add(problem.getMessage());
    }
}
