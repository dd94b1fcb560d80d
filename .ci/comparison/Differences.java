package comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints how many documents each reader accepted and refused, and which of them two builds read differently. Writes all of them to a file. Fails if one of
 * these differences is not a known one, or if fewer than a fifth of the documents of a reader were accepted or refused.
 */
final class Differences {

    private static final int SHOWN = 20;

    private final List<Known> known;
    private final StringBuilder unknown = new StringBuilder();
    private final StringBuilder all = new StringBuilder();
    private boolean failed;

    /** A difference that is wanted: the reader, what is found in the lines before and after, and how many there were. */
    private static final class Known {
        final String reader;
        final Pattern before;
        final Pattern after;
        final String reason;
        int times;

        /** @param block a line with the reader, one with each pattern, and lines with the reason */
        Known(String block) {
            String[] lines = block.split("\n", 4);
            reader = lines[0];
            before = Pattern.compile(lines[1].substring("before ".length()));
            after = Pattern.compile(lines[2].substring("after ".length()));
            reason = lines[3].strip();
        }
    }

    private Differences(List<Known> known) {
        this.known = known;
    }

    public static void main(String[] words) throws IOException {
        List<Known> known = new ArrayList<>();
        for (String block : Files.readString(Path.of(words[2])).strip().split("\n\n+")) {
            if (!block.isBlank() && !block.startsWith("#")) {
                known.add(new Known(block));
            }
        }
        Differences differences = new Differences(known);
        Path before = Path.of(words[0]);
        Path after = Path.of(words[1]);
        System.out.printf(
                "%-24s %9s %9s %9s %11s %9s%n", "reader", "documents", "accepted", "refused", "differences", "unknown");
        List<Path> files;
        try (Stream<Path> all = Files.list(before.resolve("outcomes"))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            differences.compare(file, after.resolve("outcomes").resolve(file.getFileName()));
        }
        differences.compareNames(Files.readAllLines(before.resolve("names")), Files.readAllLines(after.resolve("names")));
        known.forEach(one -> System.out.println(
                one.times + " times in " + one.reader + ": " + one.reason.replaceAll("\\s*\n\\s*", " ")));
        System.out.print(differences.unknown);
        Files.writeString(Path.of(words[3]), differences.all);
        System.exit(differences.failed ? 1 : 0);
    }

    private void compare(Path before, Path after) throws IOException {
        String reader = before.getFileName().toString();
        List<String> old = Files.readAllLines(before);
        List<String> now = Files.readAllLines(after);
        if (old.size() != now.size()) {
            throw new IllegalStateException(reader + ": " + old.size() + " outcomes and " + now.size());
        }
        int accepted = (int) old.stream().filter(line -> line.startsWith("accepted")).count();
        int refused = old.size() - accepted;
        int different = 0;
        int notKnown = 0;
        for (int i = 0; i < old.size(); i++) {
            if (!old.get(i).equals(now.get(i))) {
                different++;
                if (!isKnown(reader, old.get(i), now.get(i))) {
                    show(reader + " document " + i, old.get(i), now.get(i), notKnown++ < SHOWN);
                }
            }
        }
        System.out.printf("%-24s %9d %9d %9d %11d %9d%n", reader, old.size(), accepted, refused, different, notKnown);
        if (accepted * 5 < old.size() || refused * 5 < old.size()) {
            System.out.println("  fewer than a fifth were " + (accepted < refused ? "accepted" : "refused"));
            failed = true;
        }
    }

    private void compareNames(List<String> before, List<String> after) {
        before.stream().filter(name -> !after.contains(name)).forEach(name -> compareName(name, ""));
        after.stream().filter(name -> !before.contains(name)).forEach(name -> compareName("", name));
        System.out.println(before.size() + " names of metrics, their labels and fields of the log");
    }

    private void compareName(String before, String after) {
        if (!isKnown("names", before, after)) {
            show("names", before, after, true);
        }
    }

    private boolean isKnown(String reader, String before, String after) {
        for (Known one : known) {
            if (one.reader.equals(reader) && one.before.matcher(before).find() && one.after.matcher(after).find()) {
                one.times++;
                return true;
            }
        }
        return false;
    }

    private void show(String where, String before, String after, boolean printed) {
        failed = true;
        String difference = where + "\n  before: " + before + "\n  after:  " + after + "\n";
        all.append(difference);
        if (printed) {
            unknown.append(difference);
        }
    }
}
