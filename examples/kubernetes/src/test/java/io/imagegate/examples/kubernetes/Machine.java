package io.imagegate.examples.kubernetes;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine has. A test that needs more is skipped and says so on the console. */
final class Machine {

    private static final Path JDKS = Path.of("/usr/lib/jvm");

    private Machine() {}

    /** Programs, root's rights included, that a test cannot do without. */
    static void has(String test, String... programs) {
        skipUnless("root".equals(System.getProperty("user.name")), test, "needs root");
        for (String program : programs) {
            skipUnless(isOnPath(program), test, "no program " + program);
        }
    }

    static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The folder of a JDK 25, which the image is built with. */
    static Path jdk25(String test) throws IOException {
        Optional<Path> found;
        try (Stream<Path> installed = Files.isDirectory(JDKS) ? Files.list(JDKS) : Stream.<Path>empty()) {
            found = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), installed)
                    .filter(Machine::isJdk25)
                    .findFirst();
        }
        skipUnless(found.isPresent(), test, "no JDK 25 in " + JDKS);
        return found.orElseThrow();
    }

    private static boolean isJdk25(Path folder) {
        Path release = folder.resolve("release");
        try {
            return Files.isExecutable(folder.resolve("bin/jlink"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"25");
        } catch (IOException unreadable) {
            return false;
        }
    }

    static void skipUnless(boolean met, String test, String missing) {
        String message = "SKIPPED: " + test + ": " + missing;
        if (!met) {
            System.err.println("\n*** " + message + "\n");
        }
        assumeTrue(met, message);
    }
}
