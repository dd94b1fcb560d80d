package io.imagegate.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The list of kinds without images. */
class KindsWithoutImagesTest {

    @Test
    void eachHasASourceStandsOnceAndIsNoWorkload() throws IOException {
        List<String> lines = lines();
        assertThat(lines)
                .hasSizeGreaterThan(100)
                .allMatch(line -> line.matches("([A-Z]\\w+|\\*)(\\.[a-z0-9.-]+)? +\\S.*"));
        List<String> kinds = lines.stream().map(line -> line.split(" ", 2)[0]).toList();
        assertThat(kinds).doesNotHaveDuplicates().allSatisfy(name -> {
            String[] kind = name.split("\\.", 2);
            ObjectKind parsed = new ObjectKind(kind.length == 1 ? "" : kind[1], "v1", kind[0]);
            assertThat(KindsWithoutImages.contains(parsed)).isTrue();
            assertThat(parsed.orWorkload().isWorkload()).isFalse();
        });
    }

    @Test
    void aGroupHasAllOfItsKindsAndNoOther() {
        assertThat(KindsWithoutImages.contains(
                        new ObjectKind("constraints.gatekeeper.sh", "v1beta1", "K8sAllowedRepos")))
                .isTrue();
        for (String group : List.of("", "gatekeeper.sh", "x.constraints.gatekeeper.sh")) {
            assertThat(KindsWithoutImages.contains(new ObjectKind(group, "v1beta1", "K8sAllowedRepos")))
                    .isFalse();
        }
    }

    @Test
    void kindsThatNameImagesAreNotAmongThem() {
        for (String kind : List.of("Prometheus", "Alertmanager", "ThanosRuler")) {
            assertThat(KindsWithoutImages.contains(new ObjectKind("monitoring.coreos.com", "v1", kind)))
                    .isFalse();
        }
        assertThat(KindsWithoutImages.contains(new ObjectKind("keda.sh", "v1", "ScaledJob")))
                .isFalse();
        assertThat(KindsWithoutImages.contains(new ObjectKind("x.example", "v1", "ConfigMap")))
                .isFalse();
    }

    private static List<String> lines() throws IOException {
        try (InputStream in = KindsWithoutImages.class.getResourceAsStream("kinds-without-images.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
