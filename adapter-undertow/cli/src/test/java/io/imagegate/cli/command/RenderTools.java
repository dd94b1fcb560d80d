package io.imagegate.cli.command;

import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The programs of {@code ../shared} that {@code check --render} runs. */
final class RenderTools {

    private RenderTools() {}

    /** {@return the environment in which they are found} Leaves the test out where they, or what confines them, are not there. */
    static synchronized Map<String, String> environment() throws IOException, InterruptedException {
        Machine.needs("xz", "unshare", "prlimit");
        Path helm = SharedPrograms.get("helm");
        Path kubernetes = SharedPrograms.get("kubernetes");
        Path folder = Files.createDirectories(helm.resolveSibling("render"));
        link(folder.resolve("helm"), helm);
        link(folder.resolve("kubectl"), kubernetes);
        return Map.of("PATH", Machine.pathAfter(folder), "SECRET", "s3cr3t");
    }

    private static void link(Path link, Path program) throws IOException {
        if (Files.notExists(link)) {
            Files.createSymbolicLink(link, program);
        }
    }
}
