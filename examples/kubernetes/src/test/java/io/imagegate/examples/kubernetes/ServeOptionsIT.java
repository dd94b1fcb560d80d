package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pod that names an option which the server does not have never starts. */
class ServeOptionsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"base/deployment.yaml, Deployment", "kubeadm/imagegate.yaml, Pod"})
    void areThoseOfTheServer(String file, String kind) throws Exception {
        List<String> arguments = arguments(file, kind);
        assertThat(arguments.get(0)).isEqualTo("serve");
        assertThat(arguments.subList(1, arguments.size())).allMatch(help()::has);
    }

    @Test
    void areThoseOfTheServerInTheComponent() throws Exception {
        Path patch = Manifests.FOLDER.resolve("components/registries/patches/deployment.yaml");
        assertThat(Manifests.list(patch).stream()
                        .map(operation -> ((Map<?, ?>) operation).get("value"))
                        .filter(String.class::isInstance)
                        .map(String.class::cast))
                .hasSize(1)
                .allMatch(help()::has);
    }

    /** What the server prints about its options. */
    private record Help(String text) {

        boolean has(String argument) {
            String option = argument.replaceAll("=.*", "");
            return Pattern.compile(Pattern.quote(option) + "\\b(?!-)")
                    .matcher(text)
                    .find();
        }
    }

    private static List<String> arguments(String file, String kind) throws IOException {
        Manifest manifest = Manifests.file(Manifests.FOLDER.resolve(file)).one(kind, "imagegate");
        return PodRules.container(manifest.podSpec().findFirst().orElseThrow()).texts("args");
    }

    private Help help() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command.Result help =
                Command.run(folder, List.of(java, "-jar", System.getProperty("imagegate.jar"), "serve", "--help"));
        assertThat(help.status()).as(help.output()).isZero();
        return new Help(help.output());
    }
}
