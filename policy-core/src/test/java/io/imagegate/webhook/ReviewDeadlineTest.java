package io.imagegate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewDeadlineTest {

    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "'', 8000",
        "timeout=10s, 8000",
        "timeout=5s, 4500",
        "a=b&timeout=1s, 900",
        "timeout=1s&a=b, 900",
        "timeout=0m2s, 1800",
        "timeout=1m0s, 8000",
        "timeout=0s, 8000",
        "timeout=, 8000",
        "timeout=5, 8000",
        "timeout=s, 8000",
        "timeout=-5s, 8000",
        "timeout=99999999999999s, 8000",
        "notimeout=1s, 8000",
        "a=timeout=1s, 8000",
    })
    void nineTenthsOfTheTimeThatTheQueryGives(String query, long millis) {
        assertThat(ReviewDeadline.of(query, Duration.ofSeconds(8))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "{0} ms after its arrival: {1} ms")
    @CsvSource({"0, 4500", "4000, 500", "4498, 2", "4500, 1", "60000, 1"})
    void timeSinceTheArrivalOfTheRequestCounts(long waited, long millis) {
        assertThat(ReviewDeadline.of("timeout=5s", Duration.ofSeconds(8), Duration.ofMillis(waited)))
                .isEqualTo(Duration.ofMillis(millis));
    }
}
