package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Files by which GitHub and Renovate know this repository")
class RepositoryFilesTest {

    private static final Path FOLDER = Path.of("../../.github");
    private static final Set<String> TYPES = Set.of("markdown", "input", "textarea", "dropdown", "checkboxes");

    @Test
    @DisplayName("forms of issues have a name, a description, and fields of kinds that there are")
    void forms() throws IOException {
        List<Path> forms;
        try (Stream<Path> files = Files.list(FOLDER.resolve("ISSUE_TEMPLATE"))) {
            forms = files.filter(file -> !file.endsWith("config.yml")).toList();
        }
        assertThat(forms).isNotEmpty();
        for (Path form : forms) {
            assertThat(Yaml.value(form, "name")).asString().isNotEmpty();
            assertThat(Yaml.value(form, "description")).asString().isNotEmpty();
            assertThat((List<?>) Yaml.value(form, "body")).as(form.toString()).allSatisfy(field -> {
                Map<?, ?> attributes = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) field).get("attributes"));
                String type = String.valueOf(((Map<?, ?>) field).get("type"));
                assertThat(TYPES).contains(type);
                assertThat(attributes.get(type.equals("markdown") ? "value" : "label"))
                        .isNotNull();
            });
        }
    }

    @Test
    @DisplayName("Renovate pins actions by commit, and leaves jqwik alone")
    void renovate() throws IOException {
        Map<?, ?> settings =
                (Map<?, ?>) Objects.requireNonNull(JsonTree.read(Files.readString(FOLDER.resolve("renovate.json"))));
        assertThat((List<?>) settings.get("extends"))
                .map(Object::toString)
                .contains("helpers:pinGitHubActionDigestsToSemver");
        assertThat((List<?>) settings.get("packageRules"))
                .map(rule -> (Map<?, ?>) rule)
                .anySatisfy(rule -> {
                    assertThat(rule.get("matchPackageNames")).isEqualTo(List.of("net.jqwik:**"));
                    assertThat(rule.get("enabled")).isEqualTo(false);
                });
    }
}
