package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README work. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    @Test
    @DisplayName("the Java example compiles and prints a denial")
    void theEmbeddingExampleRuns(@TempDir Path out) throws Exception {
        SampleCompiler.compile(Map.of("Example", wrap(block("java"))), out);
        String printed = run(out);
        assertThat(printed.strip())
                .isEqualTo("false image \"nginx\" (containers[0]) violates rule \"fixed-tag\": "
                        + "it has no tag, so it means \"latest\"; write a fixed tag");
    }

    @Test
    @DisplayName("the gate is opened as the page of policy-core says, whose snippets are compiled")
    void theGateIsThatOfTheOtherPage() throws IOException {
        String gate = BLOCK.matcher(Files.readString(Repository.path("README.md")))
                .results()
                .map(block -> block.group(2))
                .filter(block -> block.contains("LiveGate.open"))
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(Repository.core("README.md"))).contains(gate);
    }

    @Test
    @DisplayName("the policy loads, allows a fixed tag and denies latest with its own message")
    void thePolicyLoads() throws IOException {
        PolicySet policies = new PolicyDocuments().read("README.md", block("yaml"));
        assertThat(policies.decide(ImageReview.of("nginx:1.17.1").inNamespace("default"))
                        .allowed())
                .isTrue();
        assertThat(policies.decide(ImageReview.of("nginx:latest").inNamespace("default"))
                        .reason())
                .isEqualTo("检查镜像失败!镜像标签不允许使用latest!");
    }

    @Test
    @DisplayName("the dependency has the version of this build")
    void theDependencyExists() throws IOException {
        String pom = Files.readString(Repository.core("pom.xml"));
        String version = pom.substring(pom.indexOf("<version>"), pom.indexOf("</version>"));
        assertThat(block("xml")).contains("<artifactId>policy-core</artifactId>", version + "</version>");
    }

    @Test
    @DisplayName("the command that runs all tests is the one that CI runs")
    void ciRunsTheSameTests() throws IOException {
        List<String> ci = Files.readAllLines(Repository.path(".ci/run")).stream()
                .map(String::strip)
                .toList();
        assertThat(BLOCK.matcher(Files.readString(Repository.path("README.md"))).results())
                .anyMatch(block -> block.group(2).startsWith("mvn -B verify")
                        && ci.contains(block.group(2).strip()));
    }

    @Test
    @DisplayName("the first two commands are the main job and the tests, which need nothing but a JDK and Maven")
    void theFirstCommandsAreThoseThatEverybodyNeeds() throws IOException {
        List<String> commands = BLOCK.matcher(Files.readString(Repository.path("README.md")))
                .results()
                .filter(block -> block.group(1).equals("bash"))
                .map(block -> block.group(2))
                .limit(2)
                .toList();
        assertThat(commands.get(0)).startsWith("mvn ").contains(" quickstart ").doesNotContain("-P", "jdk");
        assertThat(commands.get(1)).isEqualTo("mvn -B verify\n");
    }

    /** The first block in a language. */
    private static String block(String language) throws IOException {
        return BLOCK.matcher(Files.readString(Repository.path("README.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .findFirst()
                .orElseThrow()
                .group(2);
    }

    private static String wrap(String example) {
        int body = example.indexOf("\n\n") + 1;
        return example.substring(0, body) + "public class Example { public static void run(java.io.PrintStream out) {"
                + example.substring(body).replace("System.out", "out") + "} }";
    }

    private static String run(Path out) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {out.toUri().toURL()}, ReadmeTest.class.getClassLoader())) {
            loader.loadClass("Example")
                    .getMethod("run", PrintStream.class)
                    .invoke(null, new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
