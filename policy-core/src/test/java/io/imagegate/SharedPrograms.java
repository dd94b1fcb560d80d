package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The programs of {@code ../shared}, unpacked in {@code target/programs} for all modules. Modules are built side by side, so they are
 * unpacked one at a time: a program to which another still writes does not start.
 */
public final class SharedPrograms {

    private static final Path FOLDER = Repository.path("target/programs");

    private SharedPrograms() {}

    /** {@return where a program is} Leaves the test out if it is not there. */
    public static Path get(String name) throws IOException, InterruptedException {
        Path packed = Machine.needsShared("tools/bin/" + name + ".xz");
        Machine.needs("xz");
        Path program = FOLDER.resolve(name);
        if (!Files.isExecutable(program)) {
            unpack(
                    "sh",
                    "-c",
                    "[ -x \"$1\" ] || { xz -dc \"$0\" > \"$1.part\" && chmod +x \"$1.part\" && mv \"$1.part\" \"$1\"; }",
                    packed.toString(),
                    program.toString());
        }
        return program;
    }

    /** {@return the folder with all of them} Leaves the test out if they are not there. */
    public static Path all() throws IOException, InterruptedException {
        Path script = Machine.needsShared("tools/unpack.sh");
        Machine.needs("xz");
        unpack("bash", script.toString(), FOLDER.toString());
        return FOLDER;
    }

    private static synchronized void unpack(String... command) throws IOException, InterruptedException {
        Path lock = Files.createDirectories(FOLDER).resolve("lock");
        try (FileChannel turn = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            turn.lock();
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(status).as("%s", List.of(command)).isZero();
        }
    }
}
