package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("REGISTRIES.md")
class RegistriesPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern EXPECTED = Pattern.compile("expected one of ([a-zA-Z, ]+)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final String page;
    private final List<String> examples;

    RegistriesPageTest() throws IOException {
        page = Files.readString(Path.of("../REGISTRIES.md"));
        examples = EXAMPLE.matcher(page).results().map(match -> match.group(1)).toList();
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        for (String name : List.of("internal-ca.pem", "client.pem", "client-key.pem", "proxy-user")) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    @DisplayName("the example is a valid file")
    void valid() {
        assertThat(examples).hasSize(2);
        ImageRegistries read = ImageRegistriesReader.read("page", folder, examples.get(0));
        assertThat(read.entries()).hasSize(5);
        assertThat(read.limits()).isEqualTo(RegistryLimits.DEFAULTS);
        assertThat(read.cache()).isEqualTo(CachePeriods.DEFAULTS);
    }

    @Test
    @DisplayName("the entry with a helper lacks nothing but the helper")
    void helper() {
        String whole = examples.get(0).replace("  registries:\n", "  registries:\n" + examples.get(1));
        assertThat(problems(whole)).singleElement().asString().contains("no program docker-credential-ecr-login");
    }

    @Test
    @DisplayName("every key of an entry, of the limits and of the caches is described")
    void keys() {
        String wrong = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                spec:
                  registries: [{host: a.example, x: 1}]
                  limits: {x: 1}
                  cache: {x: 1}
                """;
        List<String> problems = problems(wrong);
        assertThat(problems).hasSize(3);
        assertThat(page).contains(keys(problems.get(0), "`%s`"));
        assertThat(page).contains(keys(problems.get(1), "`limits.%s`"));
        assertThat(page).contains(keys(problems.get(2), "`cache.%s`"));
    }

    private static List<String> keys(String problem, String format) {
        return EXPECTED.matcher(problem)
                .results()
                .flatMap(match -> Pattern.compile(", ").splitAsStream(match.group(1)))
                .map(format::formatted)
                .toList();
    }

    private List<String> problems(String text) {
        return catchThrowableOfType(
                        ImageRegistriesException.class, () -> ImageRegistriesReader.read("page", folder, text))
                .problems()
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
