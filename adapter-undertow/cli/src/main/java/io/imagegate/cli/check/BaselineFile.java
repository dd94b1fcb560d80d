package io.imagegate.cli.check;

import io.imagegate.cli.check.report.ReportFile;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.SafeText;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.io.JsonStringEncoder;

/** Reads and writes baselines: JSON with a finding or problem a line, so that differences are easy to read. */
public final class BaselineFile {

    /** Longest file, in bytes. */
    static final int LONGEST = 32 << 20;

    private static final String PROBLEMS = "problems";
    private static final int LONGEST_TEXT = 8_192;
    private static final String SEPARATOR = ",\n  ";

    /** Bytes before and behind findings and problems. */
    private static final int ROOM = 100;

    private static final int SHOWN = 60;
    private static final int NESTING = 3;

    /** A name and a value for each value of a finding, and the start and end of each. */
    private static final int PARTS = 2 * 14 * (Baseline.MOST + 1);

    private final String name;

    private BaselineFile(String name) {
        this.name = name;
    }

    /**
     * Reads a baseline.
     *
     * @param name of the file
     * @return the baseline
     * @throws IOException if it cannot be read or is no baseline; the message says what, where and what was expected
     */
    public static Baseline read(String name) throws IOException {
        return new BaselineFile(name).baseline();
    }

    private Baseline baseline() throws IOException {
        byte[] text = content();
        SyntaxLimits limits =
                SyntaxLimits.builder(LONGEST_TEXT, NESTING).parts(PARTS).build();
        JsonCursor<IOException> cursor = JsonCursor.of(
                text,
                text.length,
                limits,
                (line, column, problem) -> problem(line, column, "not a baseline: " + problem));
        Node root = cursor.document();
        if (root == null || cursor.begin()) {
            throw problem(1, 1, "expected one JSON object, such as imagegate check --write-baseline writes");
        }
        return baseline(root);
    }

    private byte[] content() throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new IOException(name + ": expected a file, not a folder");
        }
        try (InputStream in = new FileInputStream(name)) {
            byte[] content = in.readNBytes(LONGEST + 1);
            if (content.length > LONGEST) {
                throw new IOException(name + ": expected " + LONGEST + " bytes at most");
            }
            return content;
        } catch (FileNotFoundException missing) {
            throw new IOException(
                    name + (Files.exists(path) ? ": permission to read it is denied" : ": no such file"), missing);
        }
    }

    private Baseline baseline(Node root) throws IOException {
        require(root, root.isObject(), "an object with version and findings");
        requireNames(root, List.of("version", "findings", PROBLEMS));
        Node version = value(root, "version");
        require(version, version.text().equals("1") && !version.isText(), "version 1");
        Set<BaselineEntry> entries = new HashSet<>();
        for (Node finding : list(root, "findings")) {
            entries.add(entry(finding));
        }
        Set<ProblemEntry> problems = new HashSet<>();
        for (Node problem : root.field(PROBLEMS) == null ? List.<Node>of() : list(root, PROBLEMS)) {
            problems.add(problem(problem));
        }
        return Baseline.of(entries, problems);
    }

    private List<Node> list(Node root, String what) throws IOException {
        Node list = value(root, what);
        require(list, list.isArray(), "a list of " + what);
        require(list, list.elements().size() <= Baseline.MOST, Baseline.MOST + " " + what + " at most");
        return list.elements();
    }

    private ProblemEntry problem(Node problem) throws IOException {
        require(problem, problem.isObject(), "an object with " + String.join(", ", ProblemEntry.NAMES));
        requireNames(problem, ProblemEntry.NAMES);
        return new ProblemEntry(
                text(problem, "code"), text(problem, "version"), text(problem, "file"), text(problem, "digest"));
    }

    private BaselineEntry entry(Node finding) throws IOException {
        require(finding, finding.isObject(), "an object with " + String.join(", ", BaselineEntry.NAMES));
        requireNames(finding, BaselineEntry.NAMES);
        return new BaselineEntry(
                text(finding, "policy"),
                text(finding, "rule"),
                finding.field(BaselineEntry.FILE) == null ? null : text(finding, BaselineEntry.FILE),
                text(finding, "object"),
                text(finding, "container"),
                text(finding, "image"));
    }

    private String text(Node finding, String key) throws IOException {
        Node text = value(finding, key);
        require(text, text.isText(), key + " as text");
        return text.text();
    }

    private void requireNames(Node object, List<String> names) throws IOException {
        for (Node.Field field : object.fields()) {
            if (!names.contains(field.name().text())) {
                throw problem(
                        field.value().line(),
                        field.value().column(),
                        "unknown key " + SafeText.quote(field.name().text(), SHOWN) + ", expected "
                                + String.join(", ", names));
            }
        }
    }

    private Node value(Node object, String key) throws IOException {
        Node value = object.field(key);
        if (value == null) {
            throw problem(object.line(), object.column(), key + " is missing");
        }
        return value;
    }

    private void require(Node node, boolean holds, String expected) throws IOException {
        if (!holds) {
            throw problem(node.line(), node.column(), "expected " + expected);
        }
    }

    private IOException problem(int line, int column, String problem) {
        return new IOException(name + ":" + line + ":" + column + ": " + problem);
    }

    /**
     * Writes what a baseline collected.
     *
     * @param name of the file
     * @param baseline the baseline
     * @return what was written, such as {@code findings: 3, problems: 1}
     * @throws IOException if it cannot be written, or has too many findings; the message names the file
     */
    public static String write(String name, Baseline baseline) throws IOException {
        List<String> findings = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            baseline.found().forEach(entry -> findings.add(line(BaselineEntry.NAMES, entry.values())));
            baseline.foundProblems().forEach(entry -> problems.add(line(ProblemEntry.NAMES, entry.values())));
            requireReadable(baseline.more(), findings, problems);
        } catch (IllegalArgumentException unreadable) {
            throw new IOException(name + ": not written: expected " + unreadable.getMessage(), unreadable);
        }
        try (ReportFile file = new ReportFile(Path.of(name))) {
            write(file.out(), findings, problems);
            file.commit();
            return "findings: " + findings.size() + (problems.isEmpty() ? "" : ", problems: " + problems.size());
        } catch (IOException failed) {
            throw new IOException(name + ": cannot be written: " + failed.getMessage(), failed);
        }
    }

    private static void requireReadable(long more, List<String> findings, List<String> problems) {
        if (more > 0) {
            throw new IllegalArgumentException(Baseline.MOST + " findings at most, got " + (Baseline.MOST + more));
        }
        long bytes = Stream.concat(findings.stream(), problems.stream())
                .mapToLong(line -> line.getBytes(StandardCharsets.UTF_8).length + SEPARATOR.length())
                .sum();
        if (bytes > LONGEST - ROOM) {
            throw new IllegalArgumentException("findings of " + (LONGEST - ROOM) + " bytes at most, got " + bytes);
        }
    }

    private static void write(PrintWriter out, List<String> findings, List<String> problems) {
        out.print("{\"version\": 1, \"findings\": [" + lines(findings) + "\n]");
        out.print(problems.isEmpty() ? "" : ", \"" + PROBLEMS + "\": [" + lines(problems) + "\n]");
        out.print("}\n");
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "" : "\n  " + String.join(SEPARATOR, lines);
    }

    private static String line(List<String> names, List<String> values) {
        StringBuilder line = new StringBuilder("{");
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).length() > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "texts of " + LONGEST_TEXT + " characters at most, got a longer one in a finding");
            }
            line.append(i == 0 ? "\"" : ", \"").append(names.get(i)).append("\": \"");
            JsonStringEncoder.getInstance().quoteAsString(values.get(i), line);
            line.append('"');
        }
        return line.append('}').toString();
    }
}
