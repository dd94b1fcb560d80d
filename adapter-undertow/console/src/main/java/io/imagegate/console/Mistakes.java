package io.imagegate.console;

import io.imagegate.document.DocumentProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;

/** Collects what is wrong with a request to the playground: all of it at once, and at most 100 of it. Not thread-safe. */
final class Mistakes {

    static final String POLICY = "policy";
    static final String ASKED = "asked";
    static final String FACTS = "facts";
    static final String AT = "at";
    static final String NAMESPACE = "namespace";

    private static final int MOST = 100;
    private static final String ERROR = "error";
    private static final String WARNING = "warning";

    private final Locale language;
    private final Map<String, TextLines> texts = new HashMap<>();
    private final List<Mistake> found = new ArrayList<>();
    private int errors;
    private int more;

    /** Makes an empty collection for the texts of a request. */
    Mistakes(JudgeRequest request) {
        this.language = request.language();
        texts.put(POLICY, new TextLines(request.policy()));
        texts.put(ASKED, new TextLines(request.asked()));
        texts.put(FACTS, new TextLines(request.facts()));
        texts.put(AT, new TextLines(request.at()));
        texts.put(NAMESPACE, new TextLines(request.namespace()));
    }

    /** {@return the lines of a text} */
    TextLines lines(String in) {
        return Objects.requireNonNull(texts.get(in), in);
    }

    /** Adds a mistake; line and column are 0 for one of a text as a whole. */
    void error(String in, int line, int column, String text) {
        errors++;
        add(in, line, column, ERROR, text);
    }

    void warning(String in, int line, int column, String text) {
        add(in, line, column, WARNING, text);
    }

    /** Adds a problem of a policy or of facts. */
    void add(String in, DocumentProblem problem, boolean isWarning) {
        errors += isWarning ? 0 : 1;
        TextLines text = lines(in);
        int line = Math.max(1, problem.line());
        int column = Math.max(1, problem.column());
        int end = problem.endColumn() == 0 ? text.end(line, column) : problem.endColumn();
        String meant = problem.suggestion()
                .map(suggestion -> replacement(text.part(line, column, end), suggestion, problem.message()))
                .orElse("");
        add(new Mistake(in, line, column, end, isWarning ? WARNING : ERROR, problem.message(), meant));
    }

    /** {@return what replaces a part of a text; empty if that is not what the message is about} */
    private static String replacement(String part, String suggestion, String message) {
        boolean isQuoted = part.length() > 1 && (part.startsWith("\"") || part.startsWith("'"));
        String written = isQuoted ? part.substring(1, part.length() - 1) : part;
        String quote = isQuoted ? part.substring(0, 1) : "";
        return message.contains("\"" + written + "\"") ? quote + suggestion + quote : "";
    }

    private void add(String in, int line, int column, String severity, String text) {
        int first = Math.max(1, line);
        int start = Math.max(1, column);
        add(new Mistake(in, first, start, lines(in).end(first, start), severity, text, ""));
    }

    private void add(Mistake mistake) {
        if (found.size() == MOST - 1) {
            more++;
        } else {
            found.add(mistake);
        }
    }

    /** {@return whether there is a mistake, not only warnings} */
    boolean hasErrors() {
        return errors > 0;
    }

    void write(JsonGenerator json) {
        if (more > 0) {
            found.add(new Mistake(POLICY, 1, 1, 1, ERROR, Words.MORE.in(language, more), ""));
        }
        json.writeArrayPropertyStart("problems");
        found.forEach(mistake -> Json.object(json, each -> write(each, mistake)));
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Mistake mistake) {
        json.writeStringProperty("in", mistake.in());
        json.writeNumberProperty("line", mistake.line());
        json.writeNumberProperty("column", mistake.column());
        json.writeNumberProperty("endColumn", mistake.endColumn());
        json.writeStringProperty("severity", mistake.severity());
        Json.text(json, "text", mistake.text());
        if (!mistake.suggestion().isEmpty()) {
            json.writeStringProperty("suggestion", mistake.suggestion());
        }
    }
}
