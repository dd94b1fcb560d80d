package io.imagegate.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MissesTest {

    private static final Misses FILE = new Misses(
            "## Parsers (2026-12-01)\n\n- parse : look up\n- parse allocates\n\nIt reads\n\n- each twice\n\n## Start\n\n- first review\n\nLate.\n");

    private static Targets.Row row(String what, boolean met) {
        return new Targets.Row(what, "3 : 1 ns", "3", "at most 2", met);
    }

    @Test
    void thePageHasWhatIsAboutRowsThatAreMissed() {
        assertThat(FILE.section(List.of(
                        row("parse : look up", false), row("parse allocates", true), row("first review", true))))
                .isEqualTo(
                        "\n## Misses\n\n### Parsers (2026-12-01)\n\n- parse : look up\n\nIt reads\n\n- each twice\n");
    }

    @Test
    void aMissThatNobodyExplainedIsNamed() {
        assertThat(FILE.section(List.of(row("first review", false), row("resident memory", false))))
                .isEqualTo(
                        "\n## Misses\n\n### Start\n\n- first review\n\nLate.\n\n### Not profiled yet\n\n- resident memory\n");
    }

    @Test
    void withoutAMissThereIsNoSection() {
        assertThat(FILE.section(List.of(row("first review", true)))).isEmpty();
    }

    /** A row that is called otherwise would never get its explanation. */
    @Test
    void theFileIsAboutRowsOfThePage() throws IOException {
        JsonNode published = JsonMapper.builder().build().readTree(Path.of("results.json"));
        assertThat(published
                        .get("targets")
                        .valueStream()
                        .map(target -> target.get("what").stringValue())
                        .collect(Collectors.toSet()))
                .containsAll(Misses.read().rows());
    }
}
