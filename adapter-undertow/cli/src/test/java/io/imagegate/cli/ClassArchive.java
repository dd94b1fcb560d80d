package io.imagegate.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An archive of the classes that the built jar loads until it is ready, made once for all tests: it starts faster with it. */
final class ClassArchive {

    private static final Path FILE = Path.of(Program.setting("imagegate.jar")).resolveSibling("tests.jsa");

    private ClassArchive() {}

    /** {@return the JVM's flags} */
    static List<String> flags() {
        return Made.FLAGS;
    }

    private static final class Made {
        static final List<String> FLAGS = make();
    }

    private static List<String> make() {
        try {
            Path folder = Files.createTempDirectory("imagegate-");
            Program.makeCertificates(folder);
            Program.Result dry = Program.run(Program.java(
                    flags("-XX:ArchiveClassesAtExit=" + FILE),
                    RunningJar.managed(RunningJar.arguments(folder, "--dry-run"))));
            if (dry.status() != 0) {
                throw new IllegalStateException(dry.out() + dry.err());
            }
            return flags("-XX:SharedArchiveFile=" + FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> flags(String archive) {
        return List.of("-XX:+UseSerialGC", archive);
    }
}
