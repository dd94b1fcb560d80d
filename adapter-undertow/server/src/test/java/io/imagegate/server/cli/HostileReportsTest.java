package io.imagegate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
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
        Document xml = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report("junit"))));
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(IMAGES);
    }

    @Test
    void everyAnnotationIsOneCommand() {
        List<String> lines = report("github").lines().toList();
        assertThat(lines).hasSize(IMAGES + 1);
        assertThat(lines.subList(0, IMAGES))
                .allMatch(line -> line.startsWith("::error title=imagegate%3A invalid-reference::"));
    }

    @Test
    void everyRowOfMarkdownHasFiveCells() {
        List<String> rows = report("markdown")
                .lines()
                .filter(line -> line.startsWith("| **"))
                .toList();
        Pattern separator = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\|");
        assertThat(rows)
                .hasSize(IMAGES)
                .allMatch(row -> separator.matcher(row).results().count() == 6);
        assertThat(String.join("", rows)).doesNotContain("<b>", "</testcase>", "](y)");
    }
}
