package io.imagegate.cli.option;

import io.imagegate.policy.ImageGate;
import io.imagegate.server.serve.FactSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the content of images. */
public final class FactOptions {

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that are asked about the content of images, for"
                    + " policies with rules on content. Read at the start.")
    private @Nullable Path registries;

    @Option(
            names = "--fact-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description =
                    "Longest time that a review waits for registries, from the arrival of its request; the time-out"
                            + " in its URL, less a tenth, can end it earlier (default: 8s).")
    private Duration timeout = ImageGate.DEFAULT_LIMIT;

    public FactSettings settings() {
        return new FactSettings(registries, timeout);
    }
}
