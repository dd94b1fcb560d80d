package io.imagegate.examples.kubernetes;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The kubectl of this machine, for what it does without a cluster. */
final class Kubectl {

    private Kubectl() {}

    /** {@return what it prints} A machine without it leaves the test out. */
    static String run(Object... arguments) throws IOException, InterruptedException {
        Machine.needs("kubectl");
        List<String> command = new ArrayList<>(List.of("kubectl"));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        Path errors = Files.createTempFile("kubectl", ".err");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || Files.size(errors) > 0) {
                throw new AssertionError(command + ": " + Files.readString(errors));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }

    static Manifests kustomize(String name, Path folder) throws IOException, InterruptedException {
        return Manifests.parse("kustomize " + name, run("kustomize", folder));
    }
}
