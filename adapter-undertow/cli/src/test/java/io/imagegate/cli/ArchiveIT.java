package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dry run, and the archive for a fast start that OPERATIONS.md makes with one, by the commands that stand there. */
class ArchiveIT {

    private static final Pattern COMMANDS = Pattern.compile("## Start and memory\n.*?```sh\n(.*?)```", Pattern.DOTALL);
    private static final int WITH_AOT_CACHE = 25;

    private final boolean aot = Runtime.version().feature() >= WITH_AOT_CACHE;

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void makeCertificates() throws Exception {
        Program.makeCertificates(folder.resolve("certificates"));
    }

    @Test
    void anArchiveThatIsMadeAsThePageSaysIsUsed() throws Exception {
        Files.copy(Path.of(Program.setting("imagegate.jar")), folder.resolve("imagegate.jar"));
        Program.Result made = shell(commands());
        assertThat(made.status()).as(made.out() + made.err()).isZero();

        String archive = aot ? "-XX:AOTCache=imagegate.aot" : "-XX:SharedArchiveFile=imagegate.jsa";
        Program.Result used = shell("java -Xlog:class+load -XX:+UseSerialGC " + archive
                + " -jar imagegate.jar serve --dry-run --host 127.0.0.1 --port 0"
                + " --tls-cert certificates/webhook.pem --tls-key certificates/webhook-key.pem");
        assertThat(used.status()).as(used.err()).isZero();
        assertThat(used.out().lines())
                .anyMatch(line -> line.contains("io.imagegate.server.http.RequestLimiter source: shared objects file"));
    }

    private String commands() throws IOException {
        Matcher found = COMMANDS.matcher(Files.readString(Path.of("OPERATIONS.md")));
        assertThat(found.find()).isTrue();
        return aot
                ? found.group(1).replace("-XX:ArchiveClassesAtExit=imagegate.jsa", "-XX:AOTCacheOutput=imagegate.aot")
                : found.group(1);
    }

    /** In the test's folder, where {@code java} is this JVM. */
    private Program.Result shell(String commands) throws Exception {
        String path = Machine.pathAfter(Path.of(System.getProperty("java.home"), "bin"));
        return Program.run(List.of("sh", "-euc", "cd " + folder + "\n" + commands), new byte[0], Map.of("PATH", path));
    }

    @Test
    void aDryRunTellsWhetherTheServerWouldBeReady() throws Exception {
        Program.Result ready = dryRun();
        assertThat(ready.status()).as(ready.err()).isZero();
        assertThat(ready.err()).contains("answers on https://127.0.0.1:");

        Program.Result notReady = dryRun("--policy", "missing.yaml");
        assertThat(notReady.status()).isEqualTo(2);
        assertThat(notReady.err()).endsWith("imagegate serve: not ready: no policy is loaded\n");
    }

    private Program.Result dryRun(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--dry-run", "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(
                List.of("--tls-cert", folder.resolve("certificates/webhook.pem").toString()));
        arguments.addAll(List.of(
                "--tls-key", folder.resolve("certificates/webhook-key.pem").toString()));
        arguments.addAll(List.of(more));
        return Program.run(Program.imagegate(arguments.toArray(String[]::new)));
    }
}
