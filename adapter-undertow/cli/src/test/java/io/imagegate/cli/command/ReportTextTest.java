package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Texts of policies that a terminal or an XML file cannot show as they are. */
class ReportTextTest {

    /** ESC, RIGHT-TO-LEFT OVERRIDE, a line end and LINE SEPARATOR, as a YAML string in double quotes writes them. */
    private static final String HIDDEN = "\\u001b[2K\\u202eab\\nallowed\\u2028";

    private static final String SHOWN = "不允许 é \\u001b[2K\\u202eab\\u000aallowed\\u2028";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();

    @Test
    void messagesOfRulesAreShownOnOneLineWithoutControlCharacters() throws IOException {
        String policy = policy();
        assertThat(run("check", "-p", policy, "nginx")).isEqualTo(1);
        assertThat(out.toString()).contains("\ndenied  nginx\n  fixed: " + SHOWN + "\n");
        assertThat(run("explain", "-p", policy, "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("fixed  deny   violated: " + SHOWN + "\n")
                .endsWith("\ndenied: " + SHOWN + "\n");
    }

    @Test
    void resultsOfTestsAreShownAndAreWellFormedXml() throws Exception {
        String test = file("test.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: t}
                spec:
                  policy: %s
                  cases:
                    - {name: "a\\u0001 <&> \\uffff", image: nginx, expect: {decision: allowed}}
                """.formatted(Path.of(policy()).getFileName()));
        assertThat(run("test", test)).isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo("FAILED  t: a\\u0001 <&> \\uffff\n        expected allowed, got denied: " + SHOWN
                        + "\n0 passed, 1 failed\n");

        assertThat(run("test", "-o", "junit", test)).isEqualTo(1);
        Document report = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(out.toString())));
        Element testCase = (Element) report.getElementsByTagName("testcase").item(0);
        Element failure = (Element) report.getElementsByTagName("failure").item(0);
        assertThat(testCase.getAttribute("name")).isEqualTo("a\\u0001 <&> \\uffff");
        assertThat(failure.getAttribute("message")).isEqualTo("expected allowed, got denied: " + SHOWN);
        assertThat(failure.getTextContent()).isEqualTo(failure.getAttribute("message"));
    }

    private String policy() throws IOException {
        return file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: fixed, tag: {required: true}, message: "不允许 é %s"}]}
                """.formatted(HIDDEN));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .execute(arguments);
    }
}
