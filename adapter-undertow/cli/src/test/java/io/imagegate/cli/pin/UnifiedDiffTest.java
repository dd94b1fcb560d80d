package io.imagegate.cli.pin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A diff applied to the old text gives the new one. */
class UnifiedDiffTest {

    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+(\\d+),(\\d+) @@\n");

    @Test
    void showsLinesWithTheirEnds() {
        assertThat(UnifiedDiff.of("a\nb", "1\r\n2\r\n3", "1\r\nx\r\ny").replace("\r\n", "CRLF\n"))
                .isEqualTo("""
                --- a\\u000ab
                +++ a\\u000ab
                @@ -1,3 +1,3 @@
                 1CRLF
                -2CRLF
                -3
                \\ No newline at end of file
                +xCRLF
                +y
                \\ No newline at end of file
                """);
        assertThat(UnifiedDiff.of("a", "1\n", "1\n")).isEmpty();
    }

    @Test
    void appliedItGivesTheNewText() {
        for (int seed = 0; seed < 3_000; seed++) {
            appliedItGivesTheNewText(new Random(seed));
        }
    }

    private static void appliedItGivesTheNewText(Random random) {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        boolean shorter = random.nextBoolean();
        int changes = 1 + random.nextInt(15);
        for (int left = random.nextInt(40); left > 0; left--) {
            String line = random.nextInt(3) + (left == 1 && random.nextBoolean() ? "" : "\n");
            boolean changed = random.nextInt(changes) == 0;
            before.append(line);
            if (!changed || !shorter || random.nextBoolean()) {
                after.append(changed ? "x" : "").append(line);
            }
        }
        String diff = UnifiedDiff.of("f", before.toString(), after.toString());
        assertThat(apply(before.toString(), diff)).isEqualTo(after.toString());
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Applies hunks strictly: each line must be where the hunk says. */
    private static String apply(String before, String diff) {
        List<String> old = lines(before);
        StringBuilder result = new StringBuilder();
        int at = 0;
        List<String> lines = lines(diff.replace("\n\\ No newline at end of file\n", "\u0000"));
        int removed = 0;
        int added = 0;
        int produced = 0;
        for (String joined : lines.isEmpty() ? lines : lines.subList(2, lines.size())) {
            Matcher hunk = HUNK.matcher(joined);
            if (hunk.matches()) {
                assertThat(removed).isZero();
                assertThat(added).isZero();
                for (int from = Integer.parseInt(hunk.group(1)) - 1; at < from; at++) {
                    result.append(old.get(at));
                    produced++;
                }
                assertThat(Integer.parseInt(hunk.group(3)) - 1).isEqualTo(produced);
                removed = Integer.parseInt(hunk.group(2));
                added = Integer.parseInt(hunk.group(4));
                continue;
            }
            for (String line : joined.split("(?<=\u0000)", -1)) {
                if (line.isEmpty()) {
                    continue;
                }
                String text = line.substring(1).replace("\u0000", "");
                if (line.charAt(0) != '+') {
                    assertThat(old.get(at++)).isEqualTo(text);
                    removed--;
                }
                if (line.charAt(0) != '-') {
                    result.append(text);
                    produced++;
                    added--;
                }
            }
        }
        assertThat(removed).isZero();
        assertThat(added).isZero();
        old.subList(at, old.size()).forEach(result::append);
        return result.toString();
    }
}
