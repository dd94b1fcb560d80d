package io.imagegate.registry.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChallengeTest {

    @Test
    @DisplayName("parameters are read quoted or not, in any order, and the first of two counts")
    void parameters() {
        assertThat(Challenge.of(List.of("bEaReR service=s , realm=\"https://a/\\\"b\",realm=\"x\"")))
                .contains(new Challenge("bearer", Map.of("service", "s", "realm", "https://a/\"b")));
    }

    @Test
    @DisplayName("a bearer token is preferred, and unknown schemes are passed over")
    void choice() {
        assertThat(Challenge.of(List.of("Negotiate", "Basic realm=\"x\"", "Bearer realm=\"y\""))
                        .map(Challenge::scheme))
                .contains("bearer");
        assertThat(Challenge.of(List.of("Negotiate", "Basic realm=\"x\"")).map(Challenge::scheme))
                .contains("basic");
        assertThat(Challenge.of(List.of("Negotiate", "", "=", "\"Bearer\""))).isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("a header made to be slow is read in linear time")
    void hostile() {
        List<String> slow = List.of(
                "Bearer a=\"" + "\\".repeat(200_000),
                "Bearer " + "a=b,".repeat(50_000),
                "Bearer" + " ".repeat(200_000) + "a",
                "Bearer " + "a".repeat(200_000),
                "Basic ".repeat(100_000));
        // In quadratic time they take longer.
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> slow.forEach(header -> Challenge.of(List.of(header))));
    }
}
