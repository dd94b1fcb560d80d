package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.rule.Candidate;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Expressions that were changed anywhere: each is refused, or gives a finding; nothing else is thrown, also on a small stack. */
@Tag("slow")
class ChangedExpressionsTest {

    private static final int TRIES = 5_000;
    private static final long STACK = 512 * 1024;

    private static final List<String> EXPRESSIONS = List.of(
            "image.registry == 'ghcr.io' && !image.tag.startsWith('dev')",
            "image.tag.matches('^[a-z]{1,10}(-[0-9]+)*$') ? request.user != '' : size(image.text) < 5",
            "request.groups.exists(g, g.split('-')[0] in ['sre', \"dev\"]) || now > timestamp('2026-11-28T00:00:00Z')",
            "image.created > now - duration('24h') && has(image.labels.team) && image.size / 2 % 3 == 1",
            "{'a': [1, 2.5, 3u]}.a.map(x, dyn(x) + 1).filter(y, type(y) == int).size() >= 0x1F",
            "request.annotations['a'].substring(1).upperAscii() == b'x'.size() + r'\\x' + '''y'''");

    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ".",
            ",",
            "'",
            "\"",
            "\\",
            "&&",
            "||",
            "!",
            "-",
            "+",
            "* ",
            "? ",
            ":",
            "in ",
            "x",
            "1",
            "image",
            "request.labels",
            "has(",
            ".all(x, ",
            ".map(x, ",
            "\n",
            "\0",
            "\u00e9",
            "\ud83d\ude00",
            "\ud83d",
            "null",
            "b'",
            "r'''",
            "//",
            "matches(",
            "{9}",
            "9223372036854775807",
            "1e308",
            "0u",
            ".size()",
            "google.protobuf.",
            "`a`",
            ".?a",
            "[?0]");

    @Test
    @DisplayName("findings, or where the fault is")
    void changed() throws InterruptedException {
        List<Throwable> thrown = new ArrayList<>();
        Thread thread = new Thread(null, this::changeAll, "small stack", STACK);
        thread.setUncaughtExceptionHandler((of, failure) -> thrown.add(failure));
        thread.start();
        thread.join();
        assertThat(thrown).isEmpty();
    }

    private void changeAll() {
        Random random = new Random(7);
        List<Candidate> images = List.of(
                Checks.image("nginx:1.27"),
                Checks.told("ghcr.io/acme/api:dev-1"),
                Checks.with(
                        Checks.told("nginx"),
                        Checks.platform("linux/amd64")
                                .withLabels(Map.of("team", "pay"))
                                .withSize(7)));
        int compiled = 0;
        for (int i = 0; i < TRIES; i++) {
            String text = change(EXPRESSIONS.get(random.nextInt(EXPRESSIONS.size())), random);
            try {
                CelRule rule = CelRule.of(text);
                compiled++;
                for (Candidate image : images) {
                    Finding finding = image.findingOf(rule);
                    assertThat(finding.toString()).doesNotContain("\n");
                }
            } catch (CelSyntaxException refused) {
                assertThat(refused.faults()).isNotEmpty().allSatisfy(fault -> {
                    assertThat(fault.offset()).isBetween(0, text.length());
                    assertThat(fault.sentence())
                            .isNotBlank()
                            .doesNotContain("\n")
                            .hasSizeLessThan(2_000);
                });
            } catch (RuntimeException | StackOverflowError e) {
                Assertions.fail(text, e);
            }
        }
        assertThat(compiled).isGreaterThan(TRIES / 50).isLessThan(TRIES);
    }

    private static String change(String expression, Random random) {
        StringBuilder text = new StringBuilder(expression);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
            }
        }
        return text.toString();
    }
}
