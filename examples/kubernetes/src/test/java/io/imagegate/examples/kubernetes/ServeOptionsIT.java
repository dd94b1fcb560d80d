package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
        String help = help();
        List<String> arguments = arguments(file, kind);
        assertThat(arguments.get(0)).isEqualTo("serve");
        for (String argument : arguments.subList(1, arguments.size())) {
            assertThat(help).containsPattern("(?m)" + argument.replaceAll("=.*", "") + "\\b(?!-)");
        }
    }

    private static List<String> arguments(String file, String kind) throws IOException {
        Manifest manifest = Manifests.file(Manifests.FOLDER.resolve(file)).one(kind, "imagegate");
        return PodRules.container(manifest.podSpec().findFirst().orElseThrow()).texts("args");
    }

    private String help() throws IOException, InterruptedException {
        Command.Result help =
                Command.run(folder, List.of("java", "-jar", System.getProperty("imagegate.jar"), "serve", "--help"));
        assertThat(help.status()).as(help.output()).isZero();
        return help.output();
    }
}
