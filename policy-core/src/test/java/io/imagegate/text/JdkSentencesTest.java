package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JDK tells in sentences alone. */
class JdkSentencesTest {

    @TempDir
    Path folder = Path.of("");

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    @DisplayName("each sentence is read as this Java writes it")
    void sentences(int version) throws Exception {
        Machine.needs("bash");
        Path bin = Machine.jdk(version).resolve("bin");
        Path store = folder.resolve("identity.p12");
        run(List.of(
                bin.resolve("keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                ProvokedSentences.PASSWORD,
                "-dname",
                "CN=localhost",
                "-keyalg",
                "EC"));
        String java = bin.resolve("java") + " -cp '" + System.getProperty("java.class.path") + "' "
                + ProvokedSentences.class.getName() + " '" + store + "'";
        assertThat(run(List.of("bash", "-c", "ulimit -n 200; exec " + java)))
                .containsExactly(
                        "tunnel read",
                        "noTls read",
                        "alert read",
                        "noCertificate read",
                        "disconnected read",
                        "descriptors read");
    }

    private List<String> run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }
}
