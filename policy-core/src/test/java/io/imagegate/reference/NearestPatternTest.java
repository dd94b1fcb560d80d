package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "ghcr.io/acmee/api | ghcr.io/acme/** quay.io/acme/** | ghcr.io/acme/**",
                "ghrc.io/acme/api:1 | ghcr.io/acme/** quay.io/acme/** | ghcr.io/acme/**",
                "quay.io/acm/a/b | ghcr.io/acme/** quay.io/acme/** | quay.io/acme/**",
                "ngnix | nginx redis | nginx",
                "library/ngnix:1@sha256:0000000000000000000000000000000000000000000000000000000000000000 | nginx | nginx",
                "nginx:1.3 | nginx:1.2 nginx:1.27 | nginx:1.2",
                "nginx | nginx:1.2? nginx:lates | nginx:lates",
                "acme/web | docker.io/acmee/* | docker.io/acmee/*",
                "eu.mirror.example/a | *.miror.example/* | *.miror.example/*",
                "10.1.2.3:5000/a/bc | 10.1.*:5000/b/bc | 10.1.*:5000/b/bc",
                "ghcr.io/team-x/api | ghcr.io/team-{namespace}/api2 | ghcr.io/team-{namespace}/api2",
                "ghcr.io/acme/api | ghcr.io/acmf/** ghcr.io/acmg/** | ghcr.io/acmf/**",
                "evil.io/nginx | ghcr.io/acme/** docker.io/library/* | none",
                "quay.io/prometheus/prometheus | registry.shop.example/** docker.io/library/* | none",
                "redis:1 | nginx | none",
                "x | '' | none",
            })
    @DisplayName("a pattern is near if few characters differ, apart from its wildcards")
    void nearest(String image, String patterns, String expected) throws Exception {
        PatternSet set = patterns.isEmpty() ? PatternSet.of() : PatternSet.of(patterns.split(" "));
        assertThat(set.nearest(ImageReference.parse(image))
                        .map(ImagePattern::toString)
                        .orElse(null))
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("only the first patterns are compared, and no long ones")
    void bounded() throws Exception {
        List<ImagePattern> others = IntStream.range(0, 100)
                .mapToObj(i -> ImagePattern.parse("quay.io/other" + i + "/**"))
                .toList();
        List<ImagePattern> late = new ArrayList<>(others);
        late.add(ImagePattern.parse("ghcr.io/acme/**"));
        ImageReference image = ImageReference.parse("ghcr.io/acmee/api");
        assertThat(PatternSet.of(late).nearest(image)).isEmpty();
        assertThat(PatternSet.of(late.subList(1, 101)).nearest(image)).isPresent();
        String longest = "a".repeat(90);
        assertThat(PatternSet.of("ghcr.io/" + longest).nearest(ImageReference.parse("ghcr.io/b" + longest)))
                .isPresent();
        assertThat(PatternSet.of("ghcr.io/" + longest + "aaa").nearest(ImageReference.parse("ghcr.io/b" + longest)))
                .isEmpty();
    }
}
