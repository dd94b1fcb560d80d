package io.imagegate.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Amazon Corretto Crypto Provider as the image has it: laid out by the image's recipe, once for all tests. */
final class LaidOutProvider {

    private static final Path FOLDER = Path.of(Program.setting("imagegate.jar")).resolveSibling("crypto");

    private LaidOutProvider() {}

    /** {@return the flags of the JVM, its library's folder included} */
    static List<String> flags() {
        return Made.FLAGS;
    }

    /** {@return the class path and the main class} */
    static List<String> launch() {
        String path = Program.setting("imagegate.jar") + File.pathSeparator + FOLDER.resolve("corretto-crypto.jar");
        return List.of("-cp", path, "io.imagegate.cli.Main");
    }

    private static final class Made {
        static final List<String> FLAGS = make();
    }

    private static List<String> make() {
        try {
            Program.Result made = Program.run(List.of(
                    "sh",
                    "src/runtime/crypto.sh",
                    System.getProperty("java.home"),
                    Program.setting("imagegate.provider"),
                    FOLDER.toString()));
            if (made.status() != 0) {
                throw new IllegalStateException(made.out() + made.err());
            }
            List<String> flags = new ArrayList<>(Files.readAllLines(FOLDER.resolve("crypto.flags")));
            flags.removeIf(line -> line.startsWith("#"));
            flags.add("-Djava.library.path=" + FOLDER.resolve("native"));
            return List.copyOf(flags);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
