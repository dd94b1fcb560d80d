package io.imagegate.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the objects of a chart by {@code helm template}. */
final class HelmTool {

    private static final String NAME = "helm";

    private final Confinement confinement;
    private final List<String> arguments;
    private final String title;

    private HelmTool(Confinement confinement, List<String> arguments, String title) {
        this.confinement = confinement;
        this.arguments = arguments;
        this.title = title;
    }

    /** Finds helm, and gives it copies of the files of values. */
    static HelmTool open(Confinement confinement, RenderSettings settings) throws IOException {
        Confinement.Output version =
                confinement.run(NAME, List.of("version", "--template={{.Version}}"), confinement.own());
        if (version.status() != 0) {
            throw new IOException("helm does not start: " + version.error());
        }
        // A schema can refer to any file and address; a chart that its schema forbids is judged all the same.
        List<String> arguments = new ArrayList<>(List.of(
                "template", ".", "--namespace=" + settings.namespace(), "--include-crds", "--skip-schema-validation"));
        StringBuilder title = new StringBuilder("helm template ").append(version.line());
        for (Path values : settings.values()) {
            Path copied = confinement.own().resolve("values" + arguments.size() + ".yaml");
            Files.copy(values, copied);
            arguments.add("--values=" + confinement.inside(copied));
            title.append(" --values ").append(values);
        }
        for (String value : settings.set()) {
            arguments.add("--set=" + value);
            title.append(" --set ").append(value);
        }
        return new HelmTool(confinement, arguments, title.toString());
    }

    /** {@return what was run, in which version and with which values} */
    String title() {
        return title;
    }

    /** {@return what it prints for a chart of the copy} */
    Confinement.Output template(Path chart) throws IOException {
        return confinement.run(NAME, arguments, chart);
    }

    /** {@return whether it refused a chart because that is a library, of which nothing is deployed} */
    static boolean isLibrary(Confinement.Output refused) {
        return refused.error().contains("library charts are not installable");
    }
}
