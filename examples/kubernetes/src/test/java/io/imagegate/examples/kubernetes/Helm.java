package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The helm of this machine or of {@code ../shared}, for what it does without a cluster. */
final class Helm {

    static final Path CHART = Manifests.FOLDER.resolve("chart");

    private Helm() {}

    /** {@return where it is} A machine without it leaves the test out. */
    static Path program() throws IOException, InterruptedException {
        Optional<Path> installed = Machine.find("helm");
        return installed.isPresent() ? installed.get() : SharedPrograms.get("helm");
    }

    /** Runs it in the folder of the example; it may fail. */
    static Command.Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(List.of(arguments));
        return Command.run(Manifests.FOLDER, command);
    }

    /** {@return what {@code helm template} prints for a release} */
    static String template(String release, String namespace, String... arguments)
            throws IOException, InterruptedException {
        Command.Result result = templated(release, namespace, arguments);
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    static Manifests manifests(String release, String namespace, String... arguments)
            throws IOException, InterruptedException {
        return Manifests.parse("helm template " + List.of(arguments), template(release, namespace, arguments));
    }

    /** {@return what helm says when it refuses values} */
    static String refusal(String... arguments) throws IOException, InterruptedException {
        Command.Result result = templated("imagegate", "imagegate", arguments);
        assertThat(result.status()).as(result.output()).isOne();
        return result.output();
    }

    /** What is made here is thrown away, so certificates may be generated. */
    private static Command.Result templated(String release, String namespace, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                "template",
                release,
                CHART.toString(),
                "--namespace",
                namespace,
                "--set",
                "certificates.ephemeral=true"));
        words.addAll(List.of(arguments));
        return run(words.toArray(String[]::new));
    }
}
