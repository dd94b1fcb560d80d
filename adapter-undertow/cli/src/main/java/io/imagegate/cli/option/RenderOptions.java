package io.imagegate.cli.option;

import io.imagegate.render.RenderSettings;
import io.imagegate.render.Rendering;
import io.imagegate.render.UnconfinedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code check} for charts and kustomizations that Helm and kustomize render. */
public final class RenderOptions {

    @Option(
            names = "--render",
            description =
                    "Judge charts as helm template prints them, and kustomizations as kubectl kustomize or kustomize"
                            + " build prints them. The folders are copied; the programs of the PATH run without network and see the"
                            + " copy alone. Without this option no program is run.")
    private boolean render;

    @Option(
            names = "--render-unconfined",
            description =
                    "Run them although the system cannot confine them, with --render. Only for a repository that you"
                            + " trust: they see the network and your files.")
    private boolean unconfined;

    @Option(
            names = "--render-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description = "How long one chart or kustomization may take, with --render (default: 60s).")
    private @Nullable Duration timeout;

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "Values for each chart, as for helm template, with --render. Can be repeated.")
    private List<String> values = List.of();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A value for each chart, as for helm template, with --render. Can be repeated.")
    private List<String> set = List.of();

    /** {@return whether anything is to be rendered} */
    public boolean isGiven() {
        if (!render && (unconfined || !values.isEmpty() || !set.isEmpty() || timeout != null)) {
            throw new CommandProblem("--values, --set, --render-timeout and --render-unconfined are about what --render"
                    + " renders: expected --render beside them");
        }
        return render;
    }

    /**
     * {@return a copy of the folders, to be closed}
     *
     * @param names files and folders that are checked
     * @param environment the variables of the process
     * @param namespace the namespace of the releases of charts
     */
    public Rendering open(List<String> names, Map<String, String> environment, String namespace) {
        List<Path> folders = paths(names).stream().filter(Files::isDirectory).toList();
        List<Path> files = paths(values);
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new CommandProblem("--values: expected a file, got " + file);
            }
        }
        RenderSettings settings = new RenderSettings(
                environment.getOrDefault("PATH", ""),
                namespace,
                files,
                set,
                timeout == null ? RenderSettings.LIMIT : timeout,
                !unconfined);
        try {
            return Rendering.open(folders, settings);
        } catch (UnconfinedException refused) {
            throw new CommandProblem("--render: " + refused.getMessage()
                    + "; for a repository that you trust, --render-unconfined runs programs all the same");
        } catch (IOException refused) {
            throw new CommandProblem("--render: " + refused.getMessage());
        }
    }

    private static List<Path> paths(List<String> names) {
        List<Path> paths = new ArrayList<>();
        for (String name : names) {
            try {
                paths.add(Path.of(name));
            } catch (InvalidPathException none) {
                // It is a problem when it is read.
            }
        }
        return paths;
    }
}
