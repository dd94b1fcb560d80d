package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.maven.enforcer.rule.api.EnforcerRuleException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedImagesTest {

    @TempDir
    private Path project;

    private final AllowedImages rule = new AllowedImages();

    @BeforeEach
    void write() throws Exception {
        Files.writeString(project.resolve("Dockerfile"), "FROM eclipse-temurin:17.0.17_10-jre\nCOPY app.jar /\n");
        Files.createDirectories(project.resolve("src/main/kubernetes"));
        Files.writeString(
                project.resolve("src/main/kubernetes/web.yaml"),
                "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec:\n  containers:\n    - {name: web, image: ghcr.io/acme/web:2.3.0}\n");
        rule.policy = "policy.yaml";
        rule.files = List.of(
                project.resolve("Dockerfile").toFile(),
                project.resolve("src/main").toFile());
    }

    @Test
    void passesWhenAllImagesAreAllowed() {
        assertThatCode(rule::execute).doesNotThrowAnyException();
    }

    @Test
    void failsWithEachImageThatIsDenied() throws Exception {
        Path dockerfile = Files.writeString(project.resolve("Dockerfile"), "FROM eclipse-temurin\n");
        Path manifest = project.resolve("src/main/kubernetes/web.yaml");
        Files.writeString(manifest, Files.readString(manifest).replace("ghcr.io/acme", "quay.io/other"));
        assertThatThrownBy(rule::execute)
                .isInstanceOf(EnforcerRuleException.class)
                .hasMessageContaining(dockerfile + ":1: image \"eclipse-temurin\"")
                .hasMessageContaining("violates rule \"fixed-tag\"")
                .hasMessageContaining(manifest + ":1: image \"quay.io/other/web:2.3.0\"")
                .hasMessageContaining("violates rule \"trusted-registry\"");
    }

    @Test
    void failsWhenAFileOrThePolicyCannotBeRead() throws Exception {
        Files.writeString(project.resolve("src/main/kubernetes/web.yaml"), "kind: [");
        assertThatThrownBy(rule::execute).hasMessageContaining("web.yaml:1:");
        rule.policy = "absent.yaml";
        assertThatThrownBy(rule::execute)
                .isInstanceOf(EnforcerRuleException.class)
                .hasMessageContaining("absent.yaml");
    }

    /** The Enforcer makes the rule by its class, and sets its fields. */
    @Test
    void hasTheFieldsThatThePageSets() throws Exception {
        String page = Files.readString(Path.of("README.md"));
        String configuration = page.substring(page.indexOf("<allowedImages "), page.indexOf("</allowedImages>"));
        assertThat(configuration).contains("implementation=\"com.example.AllowedImages\"");
        assertThat(Pattern.compile("(?m)^            <(\\w+)>")
                        .matcher(configuration)
                        .results())
                .extracting(found -> found.group(1))
                .containsExactlyElementsOf(Arrays.stream(AllowedImages.class.getDeclaredFields())
                        .map(Field::getName)
                        .toList());
    }
}
