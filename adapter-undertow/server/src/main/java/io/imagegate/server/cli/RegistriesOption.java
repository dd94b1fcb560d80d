package io.imagegate.server.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option of commands that contact the images' own registries if no file names others. */
final class RegistriesOption {

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that may be contacted, and how.")
    private @Nullable Path file;

    @Nullable
    Path file() {
        return file;
    }
}
