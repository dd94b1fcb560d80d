package io.imagegate.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 400 clients create 2,000 pods through a real kube-apiserver, whose validating webhook has just become ready: all are
 * created. {@code -Dimagegate.bursts=3} does it three times, each with a new webhook; {@code -Dimagegate.hostile.jar=FILE}
 * takes that jar and asserts nothing.
 */
@Tag("full")
@Isolated("It measures or attacks.")
class ApiServerBurstIT {

    private static final int PODS = 2_000;
    private static final int CLIENTS = 400;

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest(name = "image''s flags: {0}")
    @ValueSource(booleans = {true, false})
    void everyPodIsCreated(boolean imageFlags) throws Exception {
        List<String> flags = imageFlags ? AttackedServer.imageFlags() : List.of();
        for (int run = 0; run < Integer.getInteger("imagegate.bursts", 1); run++) {
            Path files = Files.createDirectory(folder.resolve("run" + run));
            Credentials credentials = Credentials.write(files);
            try (ApiServer apiServer = ApiServer.prepare(files);
                    AttackedServer server = AttackedServer.start(flags, credentials, List.of())) {
                apiServer.start("https://127.0.0.1:" + server.port() + "/validate", credentials.authority());
                Program.Result result = apiServer.createPods("burst-", PODS, CLIENTS);
                System.out.println(
                        "kube-apiserver, " + (imageFlags ? "image's" : "default") + " flags: " + result.out());
                if (System.getProperty("imagegate.hostile.jar") == null) {
                    assertThat(result.out()).startsWith("created " + PODS + " failed 0 ");
                    assertThat(server.newTraces()).isEmpty();
                }
            }
        }
    }
}
