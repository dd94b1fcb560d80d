package io.imagegate.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the objects of a kustomization by {@code kubectl kustomize}, or by {@code kustomize build} where there is no kubectl. */
final class KustomizeTool {

    /** The last version that kubectl prints is that of kustomize. */
    private static final Pattern VERSION = Pattern.compile("v[0-9][0-9A-Za-z.+-]*(?=\\s*$)");

    private final Confinement confinement;
    private final String program;
    private final String command;
    private final String version;

    private KustomizeTool(Confinement confinement, String program, String command, String version) {
        this.confinement = confinement;
        this.program = program;
        this.command = command;
        this.version = version;
    }

    static KustomizeTool open(Confinement confinement) throws IOException {
        if (confinement.find("kubectl").isEmpty()
                && confinement.find("kustomize").isPresent()) {
            return open(confinement, "kustomize", "build", List.of("version"));
        }
        return open(confinement, "kubectl", "kustomize", List.of("version", "--client"));
    }

    private static KustomizeTool open(Confinement confinement, String program, String command, List<String> version)
            throws IOException {
        Confinement.Output output = confinement.run(program, version, confinement.own());
        if (output.status() != 0) {
            throw new IOException(program + " does not start: " + output.error());
        }
        Matcher matcher = VERSION.matcher(output.line());
        return new KustomizeTool(confinement, program, command, matcher.find() ? matcher.group() : "");
    }

    /** {@return what was run, in which version of kustomize} */
    String title() {
        return (program + " " + command + " " + version).strip();
    }

    /** {@return what it prints for a folder of the copy} */
    Confinement.Output build(Path folder) throws IOException {
        return confinement.run(program, List.of(command, "."), folder);
    }
}
