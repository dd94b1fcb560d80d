package io.imagegate.cli.command;

import io.imagegate.Machine;
import io.imagegate.Repository;
import io.imagegate.SharedPrograms;
import io.imagegate.cli.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Registries with images that a real cosign or notation signed, made anew by a script of {@code src/test/lab} and ended with it. There
 * is one lab or cluster at a time on a machine: starting another waits for the end of the first.
 */
final class Lab implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src/test/lab").toAbsolutePath();
    private static final Path FOLDERS = Repository.path("target/lab");

    /** Longer than any test, so that a lab ends even when the tests were killed. */
    private static final String LONGEST_SECONDS = "400";

    private static final int START_SECONDS = 300;

    private final FileChannel turn;
    private final Path folder;
    private final Process script;

    private Lab(FileChannel turn, Path folder, Process script) {
        this.turn = turn;
        this.folder = folder;
        this.script = script;
    }

    /** Starts a lab; leaves the test out where a program, one from the folder beside this repository included, is not there. */
    static Lab start(String name, int port, List<String> programs) throws Exception {
        Machine.needs(programs.toArray(String[]::new));
        Machine.needs(Machine.Library.NODE_MODULES);
        Path shared = SharedPrograms.all();
        FileChannel turn = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "imagegate-cluster.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        turn.lock();
        Path folder = FOLDERS.resolve(name);
        Program.run(List.of("rm", "-rf", folder.toString()));
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(
                        "timeout",
                        "--foreground",
                        LONGEST_SECONDS,
                        "bash",
                        SCRIPTS.resolve(name + ".sh").toString(),
                        folder.toString(),
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile());
        builder.environment().put("PATH", Machine.pathAfter(shared));
        builder.environment()
                .put("NODE_PATH", Machine.Library.NODE_MODULES.place().toString());
        builder.environment().put("COSIGN3", shared.resolve("cosign").toString());
        Lab lab = new Lab(turn, folder, builder.start());
        try {
            lab.awaitReady();
        } catch (Throwable failed) {
            lab.close();
            throw failed;
        }
        return lab;
    }

    private void awaitReady() throws IOException, InterruptedException {
        Path printed = folder.resolve("printed");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (Files.readAllLines(printed).stream().noneMatch("ready"::equals)) {
            if (!script.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the lab did not start; it printed:\n" + Files.readString(printed));
            }
            Thread.sleep(100);
        }
    }

    Path folder() {
        return folder;
    }

    List<RealVerdict> verdicts(String file) throws IOException {
        return lines(folder.resolve(file))
                .map(line -> new RealVerdict(folder, line))
                .toList();
    }

    /** The objects of a file that has one as JSON in each line. */
    static Stream<Map<?, ?>> lines(Path file) throws IOException {
        Load json = new Load(LoadSettings.builder().build());
        return Files.readAllLines(file).stream().map(line -> (Map<?, ?>) json.loadFromString(line));
    }

    /** Ends the script, which ends whatever it started. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> started = script.descendants().toList();
        try {
            script.destroy();
            script.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
            turn.close();
        }
    }
}
