package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What the built jar writes to standard error, and what it does when nobody reads that. */
class LogIT {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String GOOD = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec: {rules: [{name: no-redis, deny: [docker.io/library/redis]}]}
            """;
    private static final String BAD = GOOD.replace("deny", "dney");

    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void makeCertificates() throws Exception {
        Program.makeCertificates(folder);
    }

    @Test
    void aStalledReaderOfStandardErrorStopsNothing() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), GOOD);
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        String large = String.join("\"},{\"image\":\"", Collections.nCopies(20, "redis:" + "x".repeat(120)));
        try (RunningJar server = RunningJar.serveUnread(folder, "--policy", policy.toString())) {
            Conditions.await("the queue is full, too", () -> {
                for (int i = 0; i < 50; i++) {
                    assertThat(tester.ask(server, large)).isEqualTo("denied");
                }
                return server.metric("imagegate_log_lines_lost") > 10;
            });
            for (int i = 0; i < 3; i++) {
                Files.writeString(policy, BAD + "# " + i);
                Conditions.await(
                        "a bad policy",
                        () -> server.metric("imagegate_policy_last_reload_successful{policy_set=\"default\"}") == 0);
                Files.writeString(policy, GOOD + "# " + i);
                Conditions.await(
                        "a good one",
                        () -> server.metric("imagegate_policy_last_reload_successful{policy_set=\"default\"}") == 1);
            }
            assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
            server.askToEnd();
            assertThat(server.exitStatus()).isZero();
        }
    }

    @Test
    void everyLineIsJsonFromTheStartToTheEnd() throws Exception {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), GOOD);
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningJar server =
                RunningJar.serveManaged(folder, "--log-format", "json", "--policy", policy.toString())) {
            assertThat(tester.ask(server, "redis:7")).isEqualTo("denied");
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            Files.writeString(policy, BAD);
            Conditions.await("the bad policy is logged", () -> server.output().contains("dney"));
            server.askToEnd();
            assertThat(server.exitStatus()).isZero();

            assertThat(server.output().lines().map(LogIT::fields)).hasSizeGreaterThanOrEqualTo(3);
            assertThat(server.output().lines().map(LogIT::fields))
                    .anyMatch(line -> line.getOrDefault("message", "").startsWith("imagegate ")
                            && line.getOrDefault("level", "").equals("INFO"))
                    .anyMatch(line -> line.getOrDefault("event", "").equals("denied"))
                    .anyMatch(line -> line.getOrDefault("message", "").contains("dney"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flag", "variable", "file"})
    void anErrorInTheOptionsIsJsonWhereverTheFormatComesFrom(String source) throws Exception {
        Path config = Files.writeString(
                folder.resolve("config.yaml"), source.equals("file") ? "log-format: json\nport: x\n" : "port: x\n");
        List<String> command = Program.imagegate(Stream.concat(
                        Stream.of("serve", "--config", config.toString()),
                        source.equals("flag") ? Stream.of("--log-format=json") : Stream.of())
                .toArray(String[]::new));
        Map<String, String> environment = source.equals("variable") ? Map.of("IMAGEGATE_LOG_FORMAT", "json") : Map.of();

        Program.Result result = Program.run(command, new byte[0], environment);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err().lines().map(LogIT::fields)).singleElement().satisfies(line -> {
            assertThat(line).containsEntry("level", "ERROR");
            assertThat(line.get("message")).startsWith("imagegate serve: port in " + config);
        });
    }

    @Test
    void anErrorInTheOptionsIsTextForPeople() throws Exception {
        Map<String, String> json = Map.of("IMAGEGATE_LOG_FORMAT", "json");
        List<String> flag = Program.imagegate("serve", "--log-format", "text", "--port", "x");
        assertThat(Program.run(flag, new byte[0], json).err()).startsWith("imagegate serve: --port: expected");
        List<String> other = Program.imagegate("certs", "--out");
        assertThat(Program.run(other, new byte[0], json).err()).startsWith("imagegate certs: ");
        List<String> wrong = Program.imagegate("serve", "--log-format", "xml");
        assertThat(Program.run(wrong, new byte[0], Map.of()).err())
                .startsWith("imagegate serve: --log-format: expected one of text, json, got");
    }

    /** The fields of a line that are text; fails when it is not one JSON object with those that each line has. */
    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
            assertThat(json.nextToken()).as(line).isEqualTo(JsonToken.START_OBJECT);
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(name, json.getString());
                }
                json.skipChildren();
            }
            assertThat(json.currentToken()).as(line).isEqualTo(JsonToken.END_OBJECT);
            assertThat(json.nextToken()).as(line).isNull();
        }
        assertThat(fields).as(line).containsKeys("time", "level", "logger", "message");
        return fields;
    }
}
