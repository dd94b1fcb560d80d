package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Examples of the playground that were changed by chance")
class PlaygroundMutationTest {

    private static final int CHANGED = 400;
    private static final List<String> INSERTED = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ":",
            ": ",
            ",",
            "&a ",
            "*a",
            "!!binary ",
            "|\n",
            "- ",
            "#",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\ufeff",
            "\u2028",
            "\u0085",
            "\u732b",
            "\ud83d\ude00",
            "\ud83d",
            "\u202e",
            "99999999999",
            "null",
            "---\n",
            "...\n",
            "<<: ",
            "$(A)",
            "${A:-b}",
            "{{ a }}",
            "2026-11-25",
            "@sha256:",
            "file: /etc/passwd",
            "\\");

    private final Random random = new Random(36);
    private final Playground playground = PlaygroundRequests.playground();
    private int decided;
    private int mistaken;

    @Test
    @DisplayName("are answered in JSON, and each mistake is at a place in the text")
    void answered() throws IOException {
        List<Map<?, ?>> examples = PlaygroundRequests.examples();
        for (int i = 0; i < CHANGED; i++) {
            Map<?, ?> example = examples.get(random.nextInt(examples.size()));
            List<?> cases = PlaygroundRequests.list(example, "cases");
            check(example, (Map<?, ?>) cases.get(random.nextInt(cases.size())));
        }
        assertThat(decided).as("decided").isPositive();
        assertThat(mistaken).as("mistaken").isPositive();
    }

    private void check(Map<?, ?> example, Map<?, ?> asked) {
        Map<?, ?> text = PlaygroundRequests.fields(asked, "asked");
        int which = random.nextInt(8);
        Map<String, String> texts = Map.of(
                "policy", changed(PlaygroundRequests.text(example, "policy"), which < 4),
                "asked", changed(PlaygroundRequests.text(text, "text"), which > 2 && which < 7),
                "facts", changed(PlaygroundRequests.text(asked, "facts"), which > 5),
                "at", changed(PlaygroundRequests.text(asked, "at"), random.nextInt(20) == 0),
                "namespace", changed(PlaygroundRequests.text(asked, "namespace"), random.nextInt(20) == 0));
        String input = random.nextInt(10) == 0
                ? AskedTexts.INPUTS.get(random.nextInt(AskedTexts.INPUTS.size()))
                : PlaygroundRequests.text(text, "input");
        PlaygroundRequests request = PlaygroundRequests.of(
                        PlaygroundRequests.text(texts, "policy"), input, PlaygroundRequests.text(texts, "asked"))
                .with("facts", PlaygroundRequests.text(texts, "facts"))
                .with("at", PlaygroundRequests.text(texts, "at"))
                .with("namespace", PlaygroundRequests.text(texts, "namespace"))
                .with("language", random.nextBoolean() ? "en" : "zh-CN");
        Map<?, ?> answer;
        try {
            answer = PlaygroundRequests.read(playground.judge(request.bytes()));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(new String(request.bytes(), UTF_8), e);
        }
        decided += PlaygroundRequests.list(answer, "objects").isEmpty() ? 0 : 1;
        mistaken += PlaygroundRequests.list(answer, "problems").isEmpty() ? 0 : 1;
        assertThat(PlaygroundRequests.list(answer, "problems"))
                .as(() -> new String(request.bytes(), UTF_8))
                .allSatisfy(problem -> {
                    String of = PlaygroundRequests.text(texts, PlaygroundRequests.text(problem, "in"));
                    String[] lines = of.split("\r\n|[\r\n]", -1);
                    int line = number(problem, "line");
                    int column = number(problem, "column");
                    assertThat(line).as("line").isBetween(1, lines.length);
                    String there = lines[line - 1];
                    assertThat(column).as("column").isBetween(1, there.codePointCount(0, there.length()) + 1);
                    assertThat(number(problem, "endColumn")).as("end").isGreaterThanOrEqualTo(column);
                    assertThat(PlaygroundRequests.text(problem, "text")).isNotBlank();
                });
    }

    private static int number(Object problem, String name) {
        return Integer.parseInt(String.valueOf(((Map<?, ?>) problem).get(name)));
    }

    private String changed(String text, boolean isMeant) {
        String now = text;
        int changes = isMeant ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < changes; i++) {
            now = changed(now);
        }
        return now;
    }

    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + text.substring(end);
            case 1 -> text.substring(0, end) + text.substring(at);
            case 2 -> text.substring(0, at);
            default -> text.substring(0, at) + INSERTED.get(random.nextInt(INSERTED.size())) + text.substring(at);
        };
    }
}
