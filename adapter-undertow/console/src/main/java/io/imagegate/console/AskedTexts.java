package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects in the text that names images. It is read as a stream, so that nothing beside it can be read, and by the formats
 * of Imagegate alone. Not thread-safe.
 */
final class AskedTexts implements InputListener {

    /** The formats that a text alone can have. */
    static final List<String> INPUTS = Inputs.builtin(Workloads.wellKnown()).stream()
            .filter(Input::isOfStreams)
            .map(Input::name)
            .distinct()
            .toList();

    private static final String KUBERNETES = "kubernetes";

    /** Of which a kubectl user may think that it can be pasted, too. Its input says what to paste. */
    private static final String KUSTOMIZE = "kustomize";

    /** Those whose readers of JSON count columns in bytes. */
    private static final Set<String> IN_JSON = Set.of(KUBERNETES, "helm-values", "devcontainer", "terraform-plan");

    private static final int MOST_OBJECTS = 1_000;
    private static final int MOST_UNREAD = 100;
    private static final String NAME = "the text";
    private static final Pattern PLACE = Pattern.compile("^" + NAME + ":([0-9]{1,9}): ");

    private final Mistakes mistakes;
    private final Locale language;
    private final boolean inBytes;
    private final List<InputObject> objects = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private int more;

    private AskedTexts(JudgeRequest request, Mistakes mistakes) {
        this.mistakes = mistakes;
        this.language = request.language();
        String text = request.asked().stripLeading();
        this.inBytes = IN_JSON.contains(request.input()) && (text.startsWith("{") || text.startsWith("["));
    }

    /**
     * Reads what is asked.
     *
     * @param request the request
     * @param workloads where images stand in objects
     * @param mistakes gets what is wrong
     * @return what was read
     */
    static AskedTexts read(JudgeRequest request, Workloads workloads, Mistakes mistakes) {
        AskedTexts read = new AskedTexts(request, mistakes);
        byte[] text = request.asked().getBytes(UTF_8);
        InputFile file = InputFile.stream(NAME, () -> new ByteArrayInputStream(text));
        try {
            input(request.input(), workloads, file).read(file, read);
        } catch (InputException malformed) {
            read.problem(malformed);
        } catch (IOException unreadable) {
            read.error(1, 1, String.valueOf(unreadable.getMessage()));
        }
        return read;
    }

    private static Input input(String name, Workloads workloads, InputFile file) throws IOException {
        List<Input> inputs = Inputs.builtin(workloads).stream()
                .filter(input -> input.name().equals(name)
                        || (name.equals(KUBERNETES) && input.name().equals(KUSTOMIZE)))
                .toList();
        for (Input input : inputs) {
            if (input.recognises(file)) {
                return input;
            }
        }
        // Of several that share a name the last is the one for all files.
        return inputs.get(inputs.size() - 1);
    }

    /** {@return the first objects, in order} */
    List<InputObject> objects() {
        return objects;
    }

    /** {@return the number of further objects} */
    int more() {
        return more;
    }

    /** {@return what may name images and was not read} */
    List<String> unread() {
        return unread;
    }

    @Override
    public void object(InputObject object) {
        if (object.kind().equals("Status")) {
            mistakes.error(Mistakes.ASKED, object.line(), 1, Words.STATUS.in(language));
        } else if (objects.size() < MOST_OBJECTS) {
            objects.add(object);
        } else {
            more++;
        }
    }

    @Override
    public void unreadPart(String what, String where, String why) {
        if (unread.size() < MOST_UNREAD) {
            boolean isElsewhere = what.equals(INCLUDED);
            unread.add(
                    isElsewhere
                            ? Words.NOT_READ.in(language, placed(where))
                            : Words.PART_NOT_READ.in(language, placed(where), why));
        }
    }

    private String placed(String text) {
        Matcher place = PLACE.matcher(text);
        return place.find() ? Words.LINE.in(language, place.group(1)) + ": " + text.substring(place.end()) : text;
    }

    @Override
    public void problem(InputException problem) {
        error(problem.line(), problem.column(), problem.problem());
    }

    private void error(int line, int column, String problem) {
        int shown = inBytes ? mistakes.lines(Mistakes.ASKED).columnOfByte(line, column) : column;
        mistakes.error(Mistakes.ASKED, line, shown, problem);
    }
}
