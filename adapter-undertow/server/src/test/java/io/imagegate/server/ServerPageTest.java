package io.imagegate.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisplayName("The program of README.md answers reviews, and ends on SIGTERM,")
class ServerPageTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(java|text|sh)\\n(.*?)^```$");
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec: {rules: [{name: fixed-tag, tag: {required: true}}]}
            """;

    @TempDir
    private Path folder;

    private final Authority authority = Authority.create("page", Instant.now(), VALIDITY);
    private final String page = read();

    private int port;
    private int managementPort;

    private static String read() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }

    private String block(String language) {
        String text = BLOCK.matcher(page)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .collect(Collectors.joining());
        return Pattern.compile("8443|8080")
                .matcher(text)
                .replaceAll(usual -> String.valueOf(usual.group().equals("8443") ? port : managementPort));
    }

    /** {@return the match of a pattern in the commands of the page} */
    private MatchResult command(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(block("sh"));
        assertThat(found.find()).as(pattern).isTrue();
        return found.toMatchResult();
    }

    @BeforeEach
    void writeFiles() throws IOException {
        port = FreePort.find();
        managementPort = FreePort.find();
        Files.createDirectory(folder.resolve("policies"));
        Files.writeString(folder.resolve("policies/p.yaml"), POLICY);
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.pem"));
        Identity server = authority.server(List.of(Host.parse("localhost")), VALIDITY);
        PemFiles.writeCertificates(server, folder.resolve("webhook.pem"));
        PemFiles.writeKey(server, folder.resolve("webhook-key.pem"));
    }

    @Test
    @DisplayName("on the class path")
    void onTheClassPath() throws Exception {
        String classPath = classPath(jar -> true);
        compile(List.of(program()), "-cp", classPath);
        run("-cp", folder.resolve("target/classes") + File.pathSeparator + classPath, "com.example.reviews.Reviews");
    }

    @Test
    @DisplayName("on the module path, with the jars on the class path that the page names")
    void onTheModulePath() throws Exception {
        List<String> groups = List.of(command("OTHERS=(\\S+)").group(1).split(","));
        Predicate<String> other = jar -> groups.stream()
                .anyMatch(group -> jar.contains("/" + group.replace('.', '/') + "/") && jar.endsWith(".jar"));
        String modules = classPath(other.negate());
        String libraries = classPath(other);
        Path descriptor = write("src/module-info.java", "module com.example.reviews { requires io.imagegate.server; }");
        compile(List.of(descriptor, program()), "--module-path", modules, "-cp", libraries);
        run(
                "--module-path",
                folder.resolve("target/classes") + File.pathSeparator + modules,
                "-cp",
                libraries,
                "-m",
                command("-m (\\S+)").group(1));
    }

    /** {@return what a program with the server gets from Maven, without the tests' own} */
    private static String classPath(Predicate<String> wanted) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> !entry.endsWith("test-classes") && !entry.contains("-tests.jar"))
                .filter(entry ->
                        !entry.matches(".*/(org/junit|org/assertj|org/opentest4j|org/apiguardian|net/bytebuddy|"
                                + "software/amazon)/.*"))
                .filter(wanted)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path program() throws IOException {
        return write("src/com/example/reviews/Reviews.java", block("java"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private void compile(List<Path> sources, String... paths) {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", folder.resolve("target/classes").toString()));
        arguments.addAll(List.of(paths));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private void run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader printed = process.inputReader(UTF_8)) {
            assertThat(printed.readLine() + "\n").as(Files.readString(errors)).isEqualTo(block("text"));
            assertThat(denial().body()).contains("\"allowed\":false", "fixed-tag");
            process.destroy();
            assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private HttpResponse<String> denial() throws IOException, InterruptedException {
        SSLContext tls = TlsContexts.client(
                authority.client("page", VALIDITY), List.of(authority.identity().certificate()), null);
        HttpRequest review = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/image_policy"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"spec\": {\"containers\": [{\"image\": \"nginx\"}]}}"))
                .build();
        return HttpClient.newBuilder().sslContext(tls).build().send(review, BodyHandlers.ofString());
    }
}
