package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The console of the built jar")
@Timeout(300)
class ConsoleIT {

    private static final Pattern CONSOLE = Pattern.compile("; console: (http://127\\.0\\.0\\.1:[0-9]+/)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f]{8}-[0-9]+)\"");
    private static final String NAME = "console.example";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningJar server;

    @SuppressWarnings("NullAway.Init")
    private static URI console;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server = RunningJar.serve(
                folder,
                "--console-port",
                "0",
                "--console-name",
                NAME,
                "--console-dashboard",
                "https://grafana.example/d/imagegate",
                "--client-ca",
                folder.resolve("ca.pem").toString());
        Matcher url = CONSOLE.matcher(server.output());
        assertThat(url.find()).as(server.output()).isTrue();
        console = URI.create(url.group(1));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(console.resolve(path)).build(), BodyHandlers.ofString());
    }

    private static String status(String path, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), console.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    @Test
    @DisplayName("shows the state of the replica, its certificates and its dashboard")
    void state() throws Exception {
        assertThat(get("api/state").body())
                .contains("\"ready\":true", "\"obstacles\":[]", "\"version\":\"")
                .contains("\"dashboard\":\"https://grafana.example/d/imagegate\"", "\"playground\":false")
                .contains("\"use\":\"server\"", "\"use\":\"client authority\",\"subject\":\"CN=imagegate CA\"")
                .contains("\"name\":\"fixed-tag\"");
    }

    @Test
    @DisplayName("shows decisions as they come, none of the warm-up, and what each rule found when one opens")
    void decisions() throws Exception {
        ReviewTester tester = ReviewTester.as("apiserver-client", folder, Version.HTTP_2);
        HttpResponse<InputStream> stream = CLIENT.send(
                HttpRequest.newBuilder(console.resolve("api/decisions")).build(), BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            String denied = rows(lines);
            assertThat(denied)
                    .contains("\"missed\": 0", "\"outcome\":\"denied\"", "\"images\":[\"nginx\"]", "fixed-tag")
                    .doesNotContain("warm-up");
            assertThat(tester.ask(server, "nginx:1.27")).isEqualTo("allowed");
            assertThat(rows(lines)).contains("\"outcome\":\"allowed\"", "\"images\":[\"nginx:1.27\"]");
            Matcher id = ID.matcher(denied);
            assertThat(id.find()).isTrue();
            assertThat(get("api/decisions/" + id.group(1)).body())
                    .contains("\"row\":{", "\"decision\":{", "\"repository\":\"library/nginx\"", "\"violated\"");
        }
        assertThat(get("api/decisions/00000000-1").statusCode()).isEqualTo(404);
    }

    private static String rows(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ") && line.contains("\"id\"")) {
                return line;
            }
        }
        return "the stream ended";
    }

    @Test
    @DisplayName("is a page that nothing from outside takes part in, without a playground")
    void page() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("</html>").doesNotContain("http://", "https://", "<script>", "style=");
        assertThat(page.headers().map().keySet()).doesNotContain("server", "set-cookie", "x-powered-by");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(get("playground").statusCode()).isEqualTo(404);
        assertThat(get("api/judge").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/state", "/api/decisions"})
    @DisplayName("answers those who ask for a name that it has, and no others")
    void hosts(String path) throws Exception {
        assertThat(status(path, "localhost:" + console.getPort())).isEqualTo("HTTP/1.1 200");
        assertThat(status(path, NAME)).isEqualTo("HTTP/1.1 200");
        assertThat(status(path, "evil.example")).isEqualTo("HTTP/1.1 421");
        assertThat(status(path, NAME + ".evil.example")).isEqualTo("HTTP/1.1 421");
    }

    @Test
    @DisplayName("reports a port that is taken, and a name that is none")
    void wrong() throws Exception {
        Result taken = Program.run(
                Program.imagegate(RunningJar.arguments(folder, "--console-port", Integer.toString(console.getPort()))));
        assertThat(taken.status()).isEqualTo(2);
        assertThat(taken.err()).contains("cannot listen on 127.0.0.1:" + console.getPort() + ": ");
        Result named = Program.run(Program.imagegate(
                RunningJar.arguments(folder, "--console-port", "0", "--console-name", "https://console.example")));
        assertThat(named.status()).isEqualTo(2);
        assertThat(named.err()).startsWith("imagegate serve: --console-name").hasLineCount(1);
    }

    @Test
    @DisplayName("is not there on a class path without its artifact, which the error names; all else is")
    void artifact() throws Exception {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        String thin = all.stream()
                .filter(entry -> !entry.contains("imagegate-console") && !entry.contains("/console/target/"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(thin.split(File.pathSeparator, -1)).hasSize(all.size() - 1);
        for (String[] arguments : List.of(
                RunningJar.arguments(folder, "--console-port", "0", "--dry-run"), new String[] {"playground"})) {
            Result refused = Program.run(onClassPath(thin, arguments));
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.out()).isEmpty();
            assertThat(refused.err()).contains("io.imagegate:imagegate-console").hasLineCount(1);
        }
        for (String[] arguments :
                List.of(RunningJar.arguments(folder, "--dry-run"), new String[] {"help", "playground"})) {
            Result result = Program.run(onClassPath(thin, arguments));
            assertThat(result.status()).as(result.err()).isZero();
        }
    }

    private static List<String> onClassPath(String classPath, String... arguments) {
        return Stream.concat(
                        Stream.of(Program.java(), "-XX:TieredStopAtLevel=1", "-cp", classPath, "io.imagegate.cli.Main"),
                        Arrays.stream(arguments))
                .toList();
    }

    @Test
    @DisplayName("has the playground beside it, which prints its address alone, and ends on SIGTERM")
    void playground() throws Exception {
        Process process = new ProcessBuilder(Program.imagegate("playground", "--port", "0"))
                .redirectError(folder.resolve("playground.err").toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI url = URI.create(out.readLine());
            assertThat(url.toString()).matches("http://127\\.0\\.0\\.1:[0-9]+/");
            HttpRequest page = HttpRequest.newBuilder(url.resolve("playground")).build();
            assertThat(CLIENT.send(page, BodyHandlers.ofString()).body()).contains("</html>");
            // Process.destroy would close the stream, too.
            process.toHandle().destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isNull();
            assertThat(Program.read(folder.resolve("playground.err"))).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }
}
