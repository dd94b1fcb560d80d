package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code imagegate check} says of the chart, by the policy that the chart brings. */
class ChartCheckIT {

    @Test
    void allowsTheFolder() throws Exception {
        Command.Result checked = check("./chart");
        assertThat(checked.status()).as(checked.output()).isZero();
        assertThat(checked.output()).startsWith("allowed: 1 image checked, 0 denied, not judged: ");
    }

    @ParameterizedTest
    @EnumSource
    void allowsTheOutput(ChartForm form) throws Exception {
        Command.Result checked = check(form.golden().toString());
        assertThat(checked.status()).as(checked.output()).isZero();
        assertThat(checked.output())
                .startsWith("allowed: %d image"
                        .formatted(form.manifests().all().stream()
                                .flatMap(Manifest::podSpec)
                                .mapToInt(pod -> pod.each("containers").size())
                                .sum()));
    }

    @Test
    void deniesAnImageThatNoPolicyWouldAllow() throws Exception {
        Command.Result checked = check(
                "--policy", "builtin:restricted", ChartForm.VALIDATING.golden().toString());
        assertThat(checked.status()).as(checked.output()).isOne();
        assertThat(checked.output())
                .contains("imagegate/templates/deployment.yaml", "registry.example/imagegate:0.1.0");
    }

    private static Command.Result check(String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(java, "-jar", System.getProperty("imagegate.jar"), "check");
        return Command.run(
                Manifests.FOLDER,
                Stream.concat(command.stream(), Stream.of(arguments)).toList());
    }
}
