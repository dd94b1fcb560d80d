package io.imagegate.input.bazel;

import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.input.bazel.StarlarkStatement.Argument;
import io.imagegate.input.bazel.StarlarkToken.Kind;
import io.imagegate.input.place.TextPlaces;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads one file. Bazel allows assignments, calls and comprehensions there, and no other statements. A call of {@code oci.pull} is
 * read where it is a statement of its own; anywhere else, where it may have any images, it is a problem.
 */
final class BazelReader {

    private static final int MOST = 10_000;
    private static final int SHOWN = 100;

    private static final String EXTENSION = "use_extension";
    private static final String OCI = "oci";
    private static final String OCI_FILE = "//oci:extensions.bzl";
    private static final String PULL = "pull";

    /** Take an extension as their first argument, and pull nothing. */
    private static final Set<String> USES = Set.of("use_repo", "override_repo", "inject_repo");

    private static final String ALONE =
            ": expected a statement such as oci.pull(name = \"base\", image = \"gcr.io/distroless/base\", digest = \"sha256:...\"),"
                    + " with oci = use_extension(\"@rules_oci//oci:extensions.bzl\", \"oci\")";

    private final TextPlaces places;
    private final String text;
    private final Consumer<InputObject> objects;
    /** Names of extensions, and whether each is that of rules_oci; it is not known of those that no texts name. */
    private final Map<String, Boolean> extensions = new HashMap<>();

    private int images;

    BazelReader(String file, String text, Consumer<InputObject> objects) {
        this.places = new TextPlaces(file, text);
        this.text = text;
        this.objects = objects;
    }

    void read() throws InputException {
        List<StarlarkToken> words = new ArrayList<>();
        for (StarlarkToken word : new StarlarkWords(places, text).split()) {
            if (word.kind() != Kind.END) {
                words.add(word);
            } else if (!words.isEmpty()) {
                read(new StarlarkStatement(words));
                words = new ArrayList<>();
            }
        }
    }

    private void read(StarlarkStatement statement) throws InputException {
        String name = statement.word(0);
        if (statement.isAssignment() && statement.has(2, EXTENSION) && statement.isCall(3)) {
            List<Argument> arguments = statement.arguments(3);
            Optional<String> file = literal(arguments, 0, "extension_bzl_file");
            Optional<String> extension = literal(arguments, 1, "extension_name");
            boolean isKnown = file.isPresent() && extension.isPresent();
            if (isKnown && !(file.get().endsWith(OCI_FILE) && extension.get().equals(OCI))) {
                extensions.remove(name);
            } else {
                extensions.put(name, isKnown);
            }
        } else if (extensions.containsKey(name) && statement.has(1, ".") && statement.isCall(3)) {
            if (statement.has(2, PULL)) {
                if (!Boolean.TRUE.equals(extensions.get(name))) {
                    throw wrong(statement.words().get(0), name + "." + PULL + ALONE);
                }
                pull(statement, name + "." + PULL);
            }
            requireNoUse(statement, 3);
        } else {
            requireNoUse(statement, USES.contains(name) && statement.isCall(1) && statement.has(3, ",") ? 3 : 0);
            if (statement.isAssignment()) {
                extensions.remove(name);
            }
        }
    }

    private static Optional<String> literal(List<Argument> arguments, int position, String name) {
        for (int i = 0; i < arguments.size(); i++) {
            Argument argument = arguments.get(i);
            if (argument.name().isEmpty() ? i == position : argument.name().equals(name)) {
                return argument.isText() ? Optional.of(argument.value().get(0).text()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Refuses what may pull images by the extension in another way. */
    private void requireNoUse(StarlarkStatement statement, int start) throws InputException {
        List<StarlarkToken> words = statement.words();
        for (int i = start; i < words.size(); i++) {
            StarlarkToken word = words.get(i);
            boolean isText = word.kind() == Kind.TEXT || word.kind() == Kind.OTHER_TEXT;
            boolean isOther = i > 0 && words.get(i - 1).is(".");
            boolean isKey = i > 0 && statement.has(i + 1, "=") && !statement.has(i + 2, "=");
            boolean isUsed = word.isName()
                    && !isOther
                    && !isKey
                    && (extensions.containsKey(word.text()) || word.text().equals(EXTENSION));
            if (isText ? word.text().endsWith(OCI_FILE) : isUsed && !isOtherExtension(statement, i)) {
                throw wrong(word, SafeText.quote(word.text(), SHOWN) + ALONE);
            }
        }
    }

    /** {@return whether it is {@code use_extension(…)} with texts, in a place where its result is not one that is known here} */
    private static boolean isOtherExtension(StarlarkStatement statement, int index) {
        return statement.has(index, EXTENSION)
                && statement.has(index + 1, "(")
                && index + 4 < statement.words().size()
                && statement.words().get(index + 2).kind() == Kind.TEXT
                && statement.has(index + 3, ",")
                && statement.words().get(index + 4).kind() == Kind.TEXT;
    }

    private void pull(StarlarkStatement statement, String call) throws InputException {
        StarlarkToken first = statement.words().get(0);
        if (++images > MOST) {
            throw wrong(first, "expected " + MOST + " images at most in a file");
        }
        Map<String, Argument> arguments = new HashMap<>();
        for (Argument argument : statement.arguments(3)) {
            if (argument.name().isEmpty() || arguments.put(argument.name(), argument) != null) {
                throw wrong(argument.value().get(0), call + ": expected arguments with names, each once");
            }
        }
        arguments.values().removeIf(Argument::isNone);
        PulledImage image = new PulledImage(arguments);
        Optional<String> problem = image.problem();
        if (problem.isPresent()) {
            throw wrong(first, call + ": " + problem.get());
        }
        int place = image.place();
        InputImage found = InputImage.of(image.text(), "image", places.line(place), places.column(place));
        Optional<String> unknown = image.unknown();
        InputImage read = unknown.map(found::withUnknown).orElse(image.isInOnePiece() ? found.at(place) : found);
        Argument name = arguments.get("name");
        objects.accept(InputObject.of(
                places.file(),
                places.line(first.start()),
                call + (name == null ? "" : " " + name.value().get(0).text()),
                List.of(read)));
    }

    private InputException wrong(StarlarkToken word, String problem) {
        return places.malformed(word.start(), problem);
    }
}
