package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTextTest {

    @ParameterizedTest
    @CsvSource({"180d, P180D", "1h, PT1H", "90m, PT90M", "8s, PT8S", "250ms, PT0.25S", "999999999d, P999999999D"})
    void durations(String text, Duration duration) {
        assertThat(DurationText.parse(text)).isEqualTo(duration);
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1Ki, 1024", "500Mi, 524288000", "2Gi, 2147483648", "999999999Gi, 1073741822926258176"})
    void sizes(String text, long bytes) {
        assertThat(SizeText.parse(text)).isEqualTo(bytes);
        assertThat(SizeText.of(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0d", "01d", "-1d", "1", "d", "1 d", "1D", "1w", "1h30m", "1.5h", "1000000000d", "1d\n"})
    void otherTextsAreNoDuration(String text) {
        assertThatThrownBy(() -> DurationText.parse(text)).hasMessageContaining("such as 180d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0Gi", "1", "1G", "1GB", "1gi", "1 Gi", "1.5Gi", "-1Gi", "1000000000Gi"})
    void otherTextsAreNoSize(String text) {
        assertThatThrownBy(() -> SizeText.parse(text)).hasMessageContaining("such as 2Gi");
    }
}
