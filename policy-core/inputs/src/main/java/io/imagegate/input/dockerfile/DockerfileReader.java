package io.imagegate.input.dockerfile;

import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.input.place.PlacedText;
import io.imagegate.input.place.TextPlaces;
import io.imagegate.input.place.Variables;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The images of a Dockerfile by stages, as BuildKit finds them: what a stage is built from, copies from, or mounts, and the image
 * that reads the file. Not thread-safe.
 */
public final class DockerfileReader {

    /** Most images of a file. */
    private static final int MOST = 10_000;

    private static final int SHOWN = 60;
    private static final String SCRATCH = "scratch";
    /** The argument that names the image that reads the file. */
    private static final String SYNTAX = "BUILDKIT_SYNTAX";

    private static final Set<String> OTHERS = Set.of(
            "CMD",
            "ENTRYPOINT",
            "ENV",
            "EXPOSE",
            "HEALTHCHECK",
            "LABEL",
            "MAINTAINER",
            "SHELL",
            "STOPSIGNAL",
            "USER",
            "VOLUME",
            "WORKDIR");
    private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9_.-]*");
    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern DOCUMENT = Pattern.compile("\\d*<<(-?)([^<]+)");
    private static final Pattern TERMINATOR = Pattern.compile("[A-Za-z0-9_.-]+");
    /** Variables beside which every builder finds the same here-documents. */
    private static final Pattern PLAIN_VARIABLE =
            Pattern.compile("\\$\\{[A-Za-z_][A-Za-z0-9_]*(:?[-+][A-Za-z0-9_./:-]*)?\\}");

    /** Arguments that have the values of a build, whatever a Dockerfile says. */
    private static final Set<String> AUTOMATIC = Set.of(
            "BUILDPLATFORM",
            "BUILDOS",
            "BUILDOSVERSION",
            "BUILDARCH",
            "BUILDVARIANT",
            "TARGETPLATFORM",
            "TARGETOS",
            "TARGETOSVERSION",
            "TARGETARCH",
            "TARGETVARIANT",
            "TARGETSTAGE");

    private final TextPlaces places;
    private final DockerfileLines lines;
    private final Variables variables;
    private final Consumer<InputObject> objects;
    /** Names and numbers of the stages before the current one. */
    private final Set<String> names = new HashSet<>();

    /** What a build gives arguments that the file declares. */
    private final Map<String, Variables.Value> given;

    private int stages;
    private int count;
    private int line;
    private String stage = "";
    private final List<InputImage> images = new ArrayList<>();
    /** How many images of the current stage each instruction has named. */
    private final Map<String, Integer> counts = new HashMap<>();

    private record Flags(List<PlacedText> flags, PlacedText rest) {}

    /**
     * Reads the directives.
     *
     * @param file name of the file
     * @param text its text
     * @param arguments values of arguments that a build gives
     * @param objects called with the images of each stage
     */
    public DockerfileReader(
            String file, String text, Map<String, Variables.Value> arguments, Consumer<InputObject> objects)
            throws InputException {
        this.places = new TextPlaces(file, text);
        this.lines = new DockerfileLines(places, text);
        this.variables = Variables.ofDockerfile(places, lines.escape());
        this.objects = objects;
        this.given = arguments;
        for (String name : AUTOMATIC) {
            variables.set(name, new Variables.Value(new PlacedText(), "${" + name + "}"));
        }
    }

    /** Reads the file. */
    public void read() throws InputException {
        PlacedText syntax = lines.syntax();
        Variables.Value other = given.get(SYNTAX);
        if (other != null && (other.missing() != null || !other.text().isEmpty())) {
            line = 1;
            add("# syntax", PlacedText.in(SYNTAX, 0), other);
            pass("syntax");
        } else if (syntax != null) {
            line = places.line(syntax.place());
            add("# syntax", syntax, new Variables.Value(syntax, null));
            pass("syntax");
        }
        for (PlacedText next = lines.next(); next != null; next = lines.next()) {
            instruction(next, false);
        }
        if (stages == 0) {
            throw places.malformed(0, "a Dockerfile: expected FROM");
        }
        passStage();
    }

    private void instruction(PlacedText text, boolean onBuild) throws InputException {
        PlacedText whole = text.strip();
        int end = 0;
        while (end < whole.length() && !isSeparator(whole.charAt(end))) {
            end++;
        }
        String name = whole.part(0, end).toString().toUpperCase(Locale.ROOT);
        PlacedText rest = whole.from(end).strip();
        if (onBuild && (name.equals("FROM") || name.equals("ONBUILD") || name.equals("ARG"))) {
            if (!name.equals("ARG")) {
                throw places.malformed(whole.place(), "ONBUILD: expected an instruction other than " + name);
            }
            return;
        }
        if (stages == 0 && !name.equals("FROM") && !name.equals("ARG")) {
            throw places.malformed(
                    whole.place(), "expected FROM or ARG before the first stage, got " + SafeText.quote(name, SHOWN));
        }
        switch (name) {
            case "FROM" -> from(rest, places.line(whole.place()));
            case "ARG" -> arguments(rest);
            case "ONBUILD" -> instruction(rest, true);
            case "COPY", "ADD" -> {
                copies(name, rest, onBuild);
                skipDocuments(whole, rest);
            }
            case "RUN" -> {
                mounts(rest, onBuild);
                skipDocuments(whole, rest);
            }
            default -> {
                if (!OTHERS.contains(name)) {
                    throw places.malformed(
                            whole.place(),
                            "expected an instruction of a Dockerfile, got " + SafeText.quote(name, SHOWN));
                }
            }
        }
    }

    private void from(PlacedText rest, int at) throws InputException {
        if (stages > 0) {
            passStage();
        }
        List<PlacedText> words = words(flags(rest).rest);
        boolean named = words.size() == 3 && words.get(1).toString().equalsIgnoreCase("as");
        if (words.size() != 1 && !named) {
            throw places.malformed(rest.place(), "FROM: expected an image, or an image AS a name");
        }
        String name = named ? words.get(2).toString().toLowerCase(Locale.ROOT) : "";
        if (named && !STAGE.matcher(name).matches()) {
            throw places.malformed(
                    words.get(2).place(),
                    "expected the name of a stage, which starts with a letter and has letters, digits, -, _ and .");
        }
        line = at;
        stage = named ? name : String.valueOf(stages);
        Variables.Value base = variables.expand(words.get(0));
        if (base.missing() != null || !isStage(base.text().toString())) {
            add("FROM", words.get(0), base);
        }
        stages++;
    }

    /** Passes on the images of the current stage, whose name and number later ones may use. */
    private void passStage() {
        pass("stage " + stage);
        names.add(stage);
        names.add(String.valueOf(stages - 1));
    }

    private void pass(String title) {
        if (!images.isEmpty()) {
            objects.accept(InputObject.of(places.file(), line, title, images));
        }
        images.clear();
        counts.clear();
    }

    /** {@return whether a name is one of an earlier stage} A number is none for FROM and mounts, and FROM knows no capitals. */
    private boolean isStage(String name) {
        return name.equals(SCRATCH)
                || (names.contains(name) && STAGE.matcher(name).matches());
    }

    /** Only those before the first stage have values for FROM. */
    private void arguments(PlacedText rest) throws InputException {
        if (stages > 0) {
            return;
        }
        for (PlacedText word : quotedWords(rest)) {
            int equals = word.indexOf("=");
            String name = word.part(0, equals < 0 ? word.length() : equals).toString();
            if (!ARGUMENT.matcher(name).matches()) {
                throw places.malformed(word.place(), "ARG: expected a name, got " + SafeText.quote(name, SHOWN));
            }
            if (AUTOMATIC.contains(name)) {
                continue;
            }
            Variables.Value own = given.get(name);
            if (own != null) {
                variables.set(name, own);
            } else if (equals < 0) {
                variables.declare(name);
            } else {
                variables.set(name, variables.expand(word.from(equals + 1)));
            }
        }
    }

    private void copies(String instruction, PlacedText rest, boolean onBuild) throws InputException {
        for (PlacedText flag : flags(rest).flags) {
            if (flag.toString().startsWith("--from=")) {
                use(instruction + " --from", flag.from("--from=".length()), onBuild, true);
            }
        }
    }

    private void mounts(PlacedText rest, boolean onBuild) throws InputException {
        for (PlacedText flag : flags(rest).flags) {
            if (flag.toString().startsWith("--mount=")) {
                if (flag.indexOf("\"") >= 0) {
                    throw places.malformed(flag.place(), "--mount: expected fields without quotes");
                }
                int start = "--mount=".length();
                for (int i = start; i <= flag.length(); i++) {
                    if (i == flag.length() || flag.charAt(i) == ',') {
                        PlacedText field = flag.part(start, i);
                        if (field.toString().toLowerCase(Locale.ROOT).startsWith("from=")) {
                            use("RUN --mount", field.from("from=".length()), onBuild, false);
                        }
                        start = i + 1;
                    }
                }
            }
        }
    }

    /**
     * Adds an image that files come from. Stages of an image that is built from this one are not known. BuildKit puts no values of
     * variables there, and other builders do.
     */
    private void use(String instruction, PlacedText from, boolean onBuild, boolean mayBeNumber) throws InputException {
        String name = from.toString();
        int dollar = name.indexOf('$');
        boolean number = mayBeNumber && (onBuild ? name.matches("\\d{1,9}") : names.contains(name));
        if (name.isEmpty() || name.equals(SCRATCH) || number || (!onBuild && isStage(name.toLowerCase(Locale.ROOT)))) {
            return;
        }
        add(
                onBuild ? "ONBUILD " + instruction : instruction,
                from,
                new Variables.Value(from, dollar < 0 ? null : name));
    }

    private void add(String instruction, PlacedText written, Variables.Value value) throws InputException {
        if (++count > MOST) {
            throw places.malformed(written.place(), "expected " + MOST + " images at most in a Dockerfile");
        }
        int index = counts.merge(instruction, 1, Integer::sum) - 1;
        int at = written.place();
        boolean known = value.missing() == null;
        ReviewedImage image = ReviewedImage.of((known ? value.text() : written).toString(), instruction, index);
        if (instruction.equals("FROM") || instruction.equals("# syntax")) {
            image = image.withPath(instruction);
        }
        InputImage found = new InputImage(
                image, places.line(at), places.column(at), known ? value.text().start() : -1);
        images.add(known ? found : found.withUnknown(String.valueOf(value.missing())));
    }

    private void skipDocuments(PlacedText whole, PlacedText rest) throws InputException {
        if (whole.indexOf("<<") < 0) {
            return;
        }
        // A builder that finds JSON looks at nothing behind it.
        PlacedText command = flags(rest).rest.strip();
        boolean isPlain = (command.isEmpty() || command.charAt(0) != '[')
                && !PLAIN_VARIABLE.matcher(whole.toString()).replaceAll("").contains("${");
        for (String document : documents(whole)) {
            Matcher matcher = DOCUMENT.matcher(document);
            if (matcher.matches()) {
                String terminator = withoutQuotes(matcher.group(2));
                if (!isPlain || !TERMINATOR.matcher(terminator).matches()) {
                    throw places.malformed(
                            whole.place(),
                            "a here-document: expected << and a name, and beside it no array and no ${...} but for"
                                    + " ${NAME} and ${NAME:-value}");
                }
                if (!lines.skipDocument(terminator, !matcher.group(1).isEmpty())) {
                    throw places.malformed(
                            whole.place(),
                            "expected the end " + SafeText.quote(terminator, SHOWN) + " of a here-document");
                }
            }
        }
    }

    /** {@return the words of a line with their quotes; none if a quote has no end} */
    private static List<String> documents(PlacedText whole) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < whole.length(); i++) {
            char c = whole.charAt(i);
            if (quote == 0 && PlacedText.isSpace(c)) {
                words.add(word.toString());
                word.setLength(0);
                continue;
            }
            word.append(c);
            if (c == '\\' && quote != '\'' && i + 1 < whole.length()) {
                word.append(whole.charAt(++i));
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        words.add(word.toString());
        return quote == 0 ? words : List.of();
    }

    private static String withoutQuotes(String word) {
        StringBuilder name = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < word.length()) {
                name.append(word.charAt(++i));
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                name.append(c);
            }
        }
        return name.toString();
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000B';
    }

    private static List<PlacedText> words(PlacedText text) {
        List<PlacedText> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSeparator(text.charAt(i))) {
                if (i > start) {
                    words.add(text.part(start, i));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /** {@return words, which have spaces in quotes and after the escape, as they are written} */
    private List<PlacedText> quotedWords(PlacedText text) {
        List<PlacedText> words = new ArrayList<>();
        PlacedText word = new PlacedText();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && PlacedText.isSpace(c)) {
                if (!word.isEmpty()) {
                    words.add(word);
                    word = new PlacedText();
                }
                continue;
            }
            word.add(text, i);
            if (c == lines.escape() && quote != '\'' && i + 1 < text.length()) {
                word.add(text, ++i);
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        if (!word.isEmpty()) {
            words.add(word);
        }
        return words;
    }

    /** {@return the words at the start that begin with {@code --}, without their quotes and escapes, and what follows} */
    private Flags flags(PlacedText text) throws InputException {
        List<PlacedText> flags = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < text.length() && PlacedText.isSpace(text.charAt(at))) {
                at++;
            }
            if (at + 1 >= text.length() || text.charAt(at) != '-' || text.charAt(at + 1) != '-') {
                return new Flags(flags, text.from(at));
            }
            PlacedText flag = new PlacedText();
            char quote = 0;
            for (; at < text.length() && (quote != 0 || !isSeparator(text.charAt(at))); at++) {
                char c = text.charAt(at);
                if (c > '~') {
                    throw places.malformed(flag.isEmpty() ? text.place() : flag.place(), "expected a flag in ASCII");
                } else if (c == '\\') {
                    if (++at < text.length()) {
                        flag.add(text, at);
                    }
                } else if (quote != 0 && c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                } else {
                    flag.add(text, at);
                }
            }
            if (flag.toString().equals("--")) {
                return new Flags(flags, text.from(Math.min(at, text.length())));
            }
            flags.add(flag);
        }
    }
}
