package io.imagegate.server.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.gate.GateSettings;
import io.imagegate.server.limit.Limits;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.webhook.ClientNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Tag("slow")
@Isolated("It looks at the threads of the JVM.")
@DisplayName("No thread is left of a server")
class FailedStartTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final ListenAddress ANY_PORT = new ListenAddress("127.0.0.1", 0);

    private static final long PATIENCE_MILLIS = 30_000;

    /** Files are looked at every half a second by threads that start with the first look. */
    private static final Duration TWO_LOOKS = Duration.ofMillis(1_100);

    @TempDir
    Path folder = Path.of("");

    private final Set<Thread> before = ours(thread -> true);

    @SuppressWarnings("NullAway.Init")
    private ServerSocket taken;

    private @Nullable ListenAddress management;
    private @Nullable ConsoleSettings console;
    private @Nullable Path notifications;
    private ClientNames clientNames = ClientNames.ANY;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: r, tag: {required: true}}]}
                """);
        Identity server = Authority.create("start", Instant.now(), DAY).server(List.of(Host.parse("localhost")), DAY);
        PemFiles.writeCertificates(server, folder.resolve("tls.pem"));
        PemFiles.writeKey(server, folder.resolve("key.pem"));
        taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void freePort() throws IOException {
        taken.close();
    }

    private static Set<Thread> ours(Predicate<Thread> condition) {
        Set<Thread> found = new HashSet<>(Thread.getAllStackTraces().keySet());
        found.removeIf(thread -> !thread.getName().startsWith("imagegate") || !condition.test(thread));
        return found;
    }

    private void requireNoThreadLeft() throws InterruptedException {
        for (Thread thread : ours(thread -> !before.contains(thread))) {
            // Those of Undertow end in their own time.
            thread.join(PATIENCE_MILLIS);
        }
        Thread.sleep(TWO_LOOKS.toMillis());
        assertThat(ours(thread -> !before.contains(thread))).isEmpty();
    }

    private Path notifications(String secret) throws IOException {
        Files.writeString(folder.resolve("secret"), "whsec_" + "a".repeat(40));
        return Files.writeString(folder.resolve("notifications.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: Notifications
                spec: {endpoints: [{url: "https://127.0.0.1:1/", secret: {file: %s}}]}
                """.formatted(secret));
    }

    private ListenAddress takenPort() {
        return new ListenAddress("127.0.0.1", taken.getLocalPort());
    }

    private ReviewServer start(ListenAddress endpoint) {
        return start(endpoint, "key.pem", folder.resolve("policy.yaml"));
    }

    private ReviewServer start(ListenAddress endpoint, String key, Path policy) {
        TlsSettings tls = new TlsSettings(folder.resolve("tls.pem"), folder.resolve(key), null, clientNames, List.of());
        GateSettings gate = GateSettings.builder()
                .policies(policy.toString())
                .failFast(true)
                .build();
        return ReviewServer.start(
                "1",
                new ServerSettings(
                        endpoint,
                        management,
                        null,
                        console,
                        tls,
                        Limits.DEFAULTS,
                        gate,
                        LifecycleSettings.DEFAULTS,
                        notifications));
    }

    @Test
    @DisplayName("that ran and is closed")
    void closed() throws Exception {
        management = ANY_PORT;
        console = new ConsoleSettings(ANY_PORT, "one", List.of(), true, null);
        notifications = notifications("secret");
        try (ReviewServer server = start(ANY_PORT)) {
            assertThat(server.obstacles()).isEmpty();
            assertThat(ours(thread -> !before.contains(thread))).isNotEmpty();
        }
        // Threads that decide end on their own when nothing is decided.
        before.addAll(ours(thread -> thread.getName().startsWith("imagegate-decision")));
        requireNoThreadLeft();
    }

    @Test
    @DisplayName("that cannot start")
    void failed() throws Exception {
        requireProblem("none.pem: ", () -> start(ANY_PORT, "none.pem", folder.resolve("policy.yaml")));
        requireProblem("none.yaml: ", () -> start(ANY_PORT, "key.pem", folder.resolve("none.yaml")));
        requireProblem("cannot listen on " + takenPort(), () -> start(takenPort()));

        notifications = notifications("none");
        requireProblem("/none\": no such file", () -> start(ANY_PORT));
        notifications = notifications("secret");
        requireProblem("cannot listen on " + takenPort(), () -> start(takenPort()));

        management = takenPort();
        requireProblem("cannot listen on " + takenPort(), () -> start(ANY_PORT));

        management = ANY_PORT;
        console = new ConsoleSettings(takenPort(), "one", List.of(), true, null);
        requireProblem("cannot listen on " + takenPort(), () -> start(ANY_PORT));
        console = new ConsoleSettings(ANY_PORT, "one", List.of("a b"), true, null);
        requireProblem("--console-name", () -> start(ANY_PORT));
        console = new ConsoleSettings(ANY_PORT, "one", List.of(), true, URI.create("file:/page"));
        requireProblem("file:/page", () -> start(ANY_PORT));

        console = null;
        clientNames = ClientNames.parse(List.of("others=c"));
        requireProblem("--client-name others", () -> start(ANY_PORT));

        requireNoThreadLeft();
    }

    private static void requireProblem(String message, Runnable start) {
        assertThatThrownBy(start::run).isInstanceOf(StartProblem.class).hasMessageContaining(message);
    }
}
