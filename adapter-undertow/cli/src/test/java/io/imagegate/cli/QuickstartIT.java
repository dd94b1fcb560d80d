package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first thing that a new user runs. */
class QuickstartIT {

    private static final int USUAL_PORT = 8443;

    @Test
    void asksAboutTheTwoImagesAndEnds() throws Exception {
        Result result = Program.run(Program.imagegate("quickstart", "--once"));

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        List<String> answers = result.out()
                .lines()
                .filter(line -> line.contains("HTTP/2 200 "))
                .toList();
        assertThat(answers).hasSize(2);
        assertThat(result.out()).doesNotContain("curl");
        assertThat(answers.get(0)).contains("\"allowed\":false", "\\\"nginx\\\"", "fixed-tag");
        assertThat(answers.get(1)).contains("\"status\":{\"allowed\":true}");
    }

    @Test
    void takesAnotherPortWhenTheUsualOneIsTaken() throws Exception {
        try (ServerSocket taken = take(USUAL_PORT);
                RunningJar server = RunningJar.start("quickstart")) {
            assertThat(taken.isBound() || taken.isClosed()).isTrue();
            assertThat(server.output()).doesNotContain(":" + USUAL_PORT).contains("https://127.0.0.1:");
        }
    }

    @Test
    void refusesAPortThatIsTakenWhenItWasAskedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = Program.run(
                    Program.imagegate("quickstart", "--once", "--port", String.valueOf(taken.getLocalPort())));

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void theCurlLineWorksWhileItServes() throws Exception {
        Machine.needs("curl");
        try (RunningJar server = RunningJar.start("quickstart", "--port", "0")) {
            String line = server.output()
                    .lines()
                    .filter(text -> text.startsWith("  curl "))
                    .findFirst()
                    .orElseThrow();
            Result answer = Program.run(List.of("sh", "-c", line + " --silent --show-error --http2"));

            assertThat(answer.out()).contains("\"allowed\":false", "\\\"nginx:latest\\\"");
        }
    }

    /** Something else may hold the port already, which serves the test as well. */
    private static ServerSocket take(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (java.net.BindException taken) {
            socket.close();
        }
        return socket;
    }
}
