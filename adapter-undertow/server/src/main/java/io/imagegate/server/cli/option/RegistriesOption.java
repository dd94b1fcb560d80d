package io.imagegate.server.cli.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option of commands that contact the images' own registries if no file names others. */
public final class RegistriesOption {

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that may be contacted, and how.")
    private @Nullable Path file;

    @Nullable
    public Path file() {
        return file;
    }
}
