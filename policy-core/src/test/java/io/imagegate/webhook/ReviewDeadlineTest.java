package io.imagegate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewDeadlineTest {

    @ParameterizedTest(name = "{0}: {1} ms")
    @CsvSource({
        "/validate, 8000",
        "/validate?timeout=10s, 8000",
        "/validate?timeout=5s, 4500",
        "/validate?a=b&timeout=1s, 900",
        "/validate?timeout=1s&a=b, 900",
        "/validate?timeout=0m2s, 1800",
        "/validate?timeout=1m0s, 8000",
        "/validate?timeout=0s, 8000",
        "/validate?timeout=, 8000",
        "/validate?timeout=5, 8000",
        "/validate?timeout=s, 8000",
        "/validate?timeout=-5s, 8000",
        "/validate?timeout=99999999999999s, 8000",
        "/validate?notimeout=1s, 8000",
        "/timeout=1s, 8000",
    })
    void nineTenthsOfTheTimeThatTheQueryGives(String target, long millis) {
        assertThat(ReviewDeadline.of(target, Duration.ofSeconds(8))).isEqualTo(Duration.ofMillis(millis));
    }
}
