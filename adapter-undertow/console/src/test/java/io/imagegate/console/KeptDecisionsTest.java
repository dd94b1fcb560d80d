package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.KeptDecisions.Kept;
import io.imagegate.console.KeptDecisions.Omitted;
import io.imagegate.console.KeptDecisions.Unseen;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of the last decisions. */
class KeptDecisionsTest {

    private static final int MANY_BYTES = 1 << 30;

    private final KeptDecisions kept = new KeptDecisions();

    private void add(int decisions, int rowBytes, int decisionBytes) {
        for (int i = 0; i < decisions; i++) {
            kept.add(new byte[rowBytes], new byte[decisionBytes], Omitted.TOO_LONG);
        }
    }

    private List<Kept> all() {
        return kept.after(0, MANY_BYTES).decisions();
    }

    private String opened(long number) {
        return kept.find(kept.id(number))
                .map(kept::opened)
                .map(bytes -> new String(bytes, UTF_8))
                .orElse("none");
    }

    @Test
    @DisplayName("the last 1,000, in order")
    void count() {
        add(999, 10, 10);
        assertThat(all().size()).isEqualTo(999);
        add(1_502, 10, 10);
        assertThat(all())
                .hasSize(1_000)
                .extracting(Kept::number)
                .startsWith(1_502L)
                .endsWith(2_501L);
        assertThat(opened(1_501)).isEqualTo("none");
        assertThat(opened(1_502)).isNotEqualTo("none");
    }

    @Test
    @DisplayName("at most 8 MiB: the oldest lose what opens")
    void bytes() {
        add(1_000, 1_000, 60_000);
        assertThat(kept.size()).isBetween(7L << 20, (long) KeptDecisions.MOST_BYTES);
        assertThat(all()).hasSize(1_000);
        assertThat(all().get(0).omitted()).isEqualTo(Omitted.OLD);
        assertThat(all().get(999).decision()).isNotNull();
        add(1_000, RowJson.LONGEST, 60_000);
        assertThat(kept.size()).isBetween(7L << 20, (long) KeptDecisions.MOST_BYTES);
        assertThat(all()).hasSize(1_000);
        assertThat(all().get(999).decision()).isNotNull();
        add(1_000, 10, 10);
        assertThat(all()).hasSize(1_000).allMatch(each -> each.decision() != null);
        assertThat(kept.size()).isEqualTo(1_000 * (20 + 128));
    }

    @Test
    @DisplayName("as an object with the row, and what opens or why nothing does")
    void opens() {
        kept.add("\"a\":1".getBytes(UTF_8), "{\"b\":2}".getBytes(UTF_8), Omitted.TOO_LONG);
        kept.add("\"a\":1".getBytes(UTF_8), null, Omitted.TOO_LONG);
        kept.add("\"a\":1".getBytes(UTF_8), null, Omitted.FAILED);
        assertThat(opened(1)).isEqualTo("{\"row\":{\"id\":\"" + kept.id(1) + "\",\"a\":1},\"decision\":{\"b\":2}}");
        assertThat(opened(2)).endsWith(",\"a\":1},\"omitted\":\"size\"}");
        assertThat(opened(3)).endsWith(",\"a\":1},\"omitted\":\"failed\"}");
        add(990, 4_000, 60_000);
        assertThat(opened(10)).endsWith(",\"omitted\":\"memory\"}");
    }

    @Test
    @DisplayName("are read from where somebody stopped, some at a time, with the number of those that were missed")
    void cursor() {
        add(10, 100, 0);
        Unseen first = kept.after(0, 250);
        assertThat(first.decisions()).extracting(Kept::number).containsExactly(1L, 2L, 3L);
        assertThat(kept.after(3, 250).decisions()).extracting(Kept::number).containsExactly(4L, 5L, 6L);
        assertThat(kept.after(10, 250)).isEqualTo(new Unseen(0, List.of()));
        add(1_000, 100, 0);
        assertThat(kept.after(3, 1).missed()).isEqualTo(7);
        assertThat(kept.after(3, 1).decisions()).extracting(Kept::number).containsExactly(11L);
        // Who comes for the first time missed nothing.
        assertThat(kept.after(0, 1).missed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PROCESS-",
                "PROCESS-0",
                "PROCESS-6",
                "PROCESS--1",
                "PROCESS-1 ",
                "PROCESS-01",
                "PROCESS-1x",
                "PROCESS-9223372036854775807",
                "PROCESS-99999999999999999999999999",
                "00000000-1",
                "1",
                "-1",
                "PROCESS-١"
            })
    @DisplayName("have ids that nothing else is taken for")
    void ids(String pattern) {
        add(5, 1, 1);
        String process = kept.id(1).substring(0, 8);
        String id = pattern.replace("PROCESS", process);
        assertThat(kept.number(id)).isZero();
        assertThat(kept.find(id)).isEmpty();
        assertThat(kept.number(process + "-5")).isEqualTo(5);
        assertThat(kept.number(null)).isZero();
    }
}
