package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the images are called, a report has one finding for each, and keeps its format. */
class HostileReportsTest extends CommandTest {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int IMAGES = 200;

    /** What has a meaning in one of the formats, and what none shows. */
    private static final List<String> PARTS = List.of(
            "a",
            "//",
            "::",
            "##[",
            "]",
            "%0A",
            "%",
            "\n",
            "\r",
            "\u2028",
            "\u0000",
            "\u001b[2K",
            "\u202e",
            "\ud800",
            "\uffff",
            "|",
            "`",
            "<!--",
            "-->",
            "<b>",
            "</testcase>",
            "]]>",
            "&",
            "&lt;",
            "\"",
            "\\",
            "'",
            "@",
            "#1",
            "[x](y)",
            "*",
            "_",
            "$",
            " ",
            "\t",
            "é",
            "\ud83d\ude00");

    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");

    @TempDir
    Path folder = Path.of("");

    private final List<String> arguments = new ArrayList<>();

    @BeforeEach
    void choose() {
        Random random = new Random(12);
        for (int i = 0; i < IMAGES; i++) {
            // An upper-case letter at its end makes each an invalid reference.
            StringBuilder image = new StringBuilder();
            random.ints(1 + random.nextInt(8), 0, PARTS.size())
                    .mapToObj(PARTS::get)
                    .forEach(image::append);
            arguments.add("--image=" + image + "A");
        }
    }

    private String report(String format) {
        assertThat(run(Stream.concat(Stream.of("check", "-o", format), arguments.stream())
                        .toArray(String[]::new)))
                .isEqualTo(1);
        return out.toString();
    }

    @Test
    void textHasABlockForEachAndNoLineIsACommand() {
        String text = report("text");
        assertThat(text.lines().filter(line -> line.startsWith("denied  "))).hasSize(IMAGES);
        assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
        assertThat(text).doesNotContain("\u001b", "\u202e", "\u0000", "\r");
    }

    @Test
    void jsonOfAllKindsIsWellFormed() {
        assertThat(JSON.readTree(report("json")).path("findings")).hasSize(IMAGES);
        assertThat(JSON.readTree(report("sarif")).path("runs").path(0).path("results"))
                .hasSize(IMAGES);
        assertThat(JSON.readTree(report("policyreport")).path("items").path(0).path("results"))
                .hasSize(IMAGES);
        assertThat(JSON.readTree(report("openreports")).path("items").path(0).path("results"))
                .hasSize(IMAGES);
    }

    @Test
    void xmlIsWellFormed() throws Exception {
        assertThat(xml(report("junit")).getElementsByTagName("failure").getLength())
                .isEqualTo(IMAGES);
    }

    private static Document xml(String report) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report)));
    }

    @Test
    void everyAnnotationIsOneCommand() {
        List<String> lines = report("github").lines().toList();
        assertThat(lines).hasSize(IMAGES + 1);
        assertThat(lines.subList(0, IMAGES))
                .allMatch(line -> line.startsWith("::error title=imagegate%3A invalid-reference::"));
    }

    /** Files, policies and objects are as hostile as images. */
    @Test
    void namesOfFilesAndTextsOfPoliciesBreakNoFormat() throws Exception {
        String hostile = PARTS.stream()
                .filter(part -> !part.equals("\u0000") && !part.equals("\ud800") && !part.equals("\uffff"))
                .collect(Collectors.joining("a"));
        Path file = Files.writeString(folder.resolve(hostile.replace("/", "") + ".yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s}
                spec: {containers: [{name: %s, image: nginx}, {name: b, image: redis}]}
                """.formatted(
                        quoted(hostile), quoted(hostile), quoted(hostile)));
        Path policy = Files.writeString(folder.resolve("p.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p, labels: {team: a}, annotations: {b: %s}}
                spec:
                  rules: [{name: tagged, tag: {required: true}, message: %s, description: %s, severity: high}]
                  exceptions: [{rules: [tagged], images: [redis], reason: %s, expires: 2999-01-01}]
                """.formatted(
                        quoted(hostile), quoted(hostile), quoted(hostile), quoted(hostile)));
        arguments.clear();
        arguments.addAll(List.of("-p", policy.toString(), "-f", file.toString()));

        String text = report("text");
        assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::") || line.startsWith("##["));
        assertThat(text)
                .containsOnlyOnce("\ndenied  ")
                .containsOnlyOnce("\nexempted  ")
                .doesNotContain("\u001b", "\u202e", "\r");
        assertThat(report("github").lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("::error file=")
                .contains(",line=4,col=", "title=imagegate%3A tagged::nginx: ");
        assertThat(report("markdown").lines().filter(line -> line.startsWith("| ")))
                .hasSize(3)
                .allMatch(row -> SEPARATOR.matcher(row).results().count() == 6);
        assertThat(xml(report("junit")).getElementsByTagName("testcase").getLength())
                .isEqualTo(2);
        JsonNode sarif = JSON.readTree(report("sarif")).path("runs").path(0).path("results");
        assertThat(sarif).hasSize(2);
        assertThat(sarif.path(0).path("message").path("text").asString()).doesNotContain("](");
        JsonNode reports = JSON.readTree(report("policyreport")).path("items");
        assertThat(reports).hasSize(1);
        assertThat(reports.path(0).path("kind").asString()).isEqualTo("ClusterPolicyReport");
        assertThat(JSON.readTree(report("json")).path("findings")).hasSize(2);
    }

    /** Text of YAML, in which an escape stands for whatever is no letter. */
    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> Character.isLetter(c) ? String.valueOf((char) c) : String.format("\\u%04x", c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    @Test
    void everyRowOfMarkdownHasFiveCells() {
        List<String> rows = report("markdown")
                .lines()
                .filter(line -> line.startsWith("| **"))
                .toList();
        assertThat(rows)
                .hasSize(IMAGES)
                .allMatch(row -> SEPARATOR.matcher(row).results().count() == 6);
        assertThat(String.join("", rows)).doesNotContain("<b>", "</testcase>", "](y)");
    }
}
