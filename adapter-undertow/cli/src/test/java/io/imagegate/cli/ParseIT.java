package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** {@code imagegate.jar parse} reads what the reference implementation was asked, and says the same. */
class ParseIT {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> COMPARED =
            List.of("input", "ok", "registry", "repository", "tag", "digest", "canonical", "familiar");

    @Test
    void agreesWithTheReferenceImplementationOnEveryVector() throws Exception {
        List<String> vectors = vectors();
        StringBuilder inputs = new StringBuilder();
        for (String vector : vectors) {
            // The input column as it stands in the file, escapes and all.
            inputs.append(vector, "{\"input\": ".length(), vector.indexOf(", \"ok\": "))
                    .append('\n');
        }

        Result result = Program.run(
                Program.imagegate("parse", "--input", "json"),
                inputs.toString().getBytes(StandardCharsets.UTF_8),
                Map.of());

        assertThat(result.status()).as(result.err()).isEqualTo(1);
        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSameSizeAs(vectors).hasSizeGreaterThan(10_000);
        List<String> disagreements = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!compared(lines.get(i)).equals(compared(vectors.get(i)))) {
                disagreements.add(vectors.get(i) + "\n" + lines.get(i));
            }
        }
        assertThat(disagreements).isEmpty();
    }

    @Test
    void readsLinesUntilTheyEndAndArgumentsInstead() throws Exception {
        byte[] lines = "nginx\r\n镜像\nregistry:5000/app".getBytes(StandardCharsets.UTF_8);
        Result fromLines = Program.run(Program.imagegate("parse"), lines, Map.of());
        assertThat(fromLines.status()).isEqualTo(1);
        assertThat(fromLines.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"input\":\"nginx\",\"ok\":true"),
                        line -> assertThat(line).contains("\"input\":\"镜像\",\"ok\":false"),
                        line -> assertThat(line).contains("\"registry\":\"registry:5000\",\"repository\":\"app\""));

        Result fromArguments = Program.run(Program.imagegate("parse", "nginx:1.17.1"), lines, Map.of());
        assertThat(fromArguments.status()).isZero();
        assertThat(fromArguments.out())
                .isEqualTo("{\"input\":\"nginx:1.17.1\",\"ok\":true,\"registry\":\"docker.io\",\"repository\":"
                        + "\"library/nginx\",\"tag\":\"1.17.1\",\"canonical\":\"docker.io/library/nginx:1.17.1\","
                        + "\"familiar\":\"nginx:1.17.1\"}\n");
    }

    @Test
    void aLineThatIsNoJsonStringEndsIt() throws Exception {
        byte[] lines = "\"nginx\"\nnginx\n\"redis\"\n".getBytes(StandardCharsets.UTF_8);
        Result result = Program.run(Program.imagegate("parse", "--input", "json"), lines, Map.of());

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out().lines()).hasSize(1);
        assertThat(result.err()).isEqualTo("imagegate parse: standard input, line 2: expected one JSON string\n");
    }

    private static List<String> vectors() throws IOException {
        Path file = Path.of(Program.setting("imagegate.vectors"));
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static Map<String, String> compared(String json) {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (COMPARED.contains(name)) {
                    fields.put(name, parser.getString());
                }
            }
        }
        return fields;
    }
}
