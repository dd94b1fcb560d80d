package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.GateSettings;
import io.imagegate.server.limit.Limits;
import io.imagegate.webhook.ClientNames;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server with a console whose artifact is not on the class path")
public class MissingConsoleTest {

    /** Starts the server with the classes of its own loader. */
    public static final class Start implements Callable<String> {

        public Start() {}

        @Override
        public String call() {
            ListenAddress any = new ListenAddress("127.0.0.1", 0);
            ServerSettings settings = new ServerSettings(
                    any,
                    null,
                    null,
                    new ConsoleSettings(any, "one", List.of(), false, null),
                    new TlsSettings(Path.of("none.pem"), Path.of("none.pem"), null, ClientNames.ANY, List.of()),
                    Limits.DEFAULTS,
                    GateSettings.builder().policies("none.yaml").build(),
                    LifecycleSettings.DEFAULTS,
                    null);
            try (ReviewServer started = ReviewServer.start("1", settings)) {
                return "started, with " + started.obstacles();
            } catch (StartProblem problem) {
                return String.valueOf(problem.getMessage());
            }
        }
    }

    @Test
    @DisplayName("says so instead of starting")
    void artifact() throws Exception {
        List<URL> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("console")) {
                others.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(others.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Object start = loader.loadClass(Start.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(((Callable<?>) start).call())
                    .isEqualTo("the console: expected io.imagegate:imagegate-console in this version on the class path;"
                            + " imagegate.jar contains it");
        }
    }
}
