package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Times in log lines. */
class TimeTextTest {

    @Test
    void hasMillisecondsAlways() {
        assertThat(List.of(
                        "2026-11-27T08:30:00Z",
                        "2026-11-27T08:30:00.007999999Z",
                        "2026-11-27T08:30:00.250Z",
                        "2026-11-27T08:30:00.999999999Z",
                        "2026-11-27T08:30:01Z",
                        "2026-11-27T08:30:00.01Z",
                        "1969-12-31T23:59:59.5Z"))
                .map(text -> TimeText.of(Instant.parse(text)))
                .containsExactly(
                        "2026-11-27T08:30:00.000Z",
                        "2026-11-27T08:30:00.007Z",
                        "2026-11-27T08:30:00.250Z",
                        "2026-11-27T08:30:00.999Z",
                        "2026-11-27T08:30:01.000Z",
                        "2026-11-27T08:30:00.010Z",
                        "1969-12-31T23:59:59.500Z");
    }

    @Tag("slow")
    @Test
    void threadsAtTheTurnOfASecondGetTheirOwnTimes() {
        Instant start = Instant.parse("2026-11-27T08:30:00Z");
        assertThat(IntStream.range(0, 200_000).parallel().mapToObj(i -> start.plusMillis(i % 5 * 700L)))
                .allSatisfy(time -> assertThat(Instant.parse(TimeText.of(time))).isEqualTo(time));
    }
}
