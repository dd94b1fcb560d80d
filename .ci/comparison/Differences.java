package comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prints how many documents each reader accepted and refused, and which of them two builds read differently. */
final class Differences {

    private static final int SHOWN = 20;

    private Differences() {}

    public static void main(String[] words) throws IOException {
        Path old = Path.of(words[0]);
        boolean failed = false;
        System.out.printf("%-24s %9s %9s %9s %11s%n", "reader", "documents", "accepted", "refused", "differences");
        StringBuilder differences = new StringBuilder();
        List<Path> files;
        try (Stream<Path> all = Files.list(old)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String reader = file.getFileName().toString();
            List<String> before = Files.readAllLines(file);
            List<String> after = Files.readAllLines(Path.of(words[1]).resolve(reader));
            if (before.size() != after.size()) {
                throw new IllegalStateException(reader + ": " + before.size() + " outcomes and " + after.size());
            }
            long accepted = before.stream().filter(line -> line.startsWith("accepted")).count();
            int different = 0;
            for (int i = 0; i < before.size(); i++) {
                if (!before.get(i).equals(after.get(i)) && different++ < SHOWN) {
                    differences.append(reader).append(" document ").append(i)
                            .append("\n  before: ").append(before.get(i))
                            .append("\n  after:  ").append(after.get(i)).append('\n');
                }
            }
            long refused = before.size() - accepted;
            System.out.printf("%-24s %9d %9d %9d %11d%n", reader, before.size(), accepted, refused, different);
            if (accepted * 5 < before.size() || refused * 5 < before.size()) {
                System.out.println("  fewer than a fifth were " + (accepted < refused ? "accepted" : "refused"));
                failed = true;
            }
            failed |= different > 0;
        }
        System.out.print(differences);
        System.exit(failed ? 1 : 0);
    }
}
