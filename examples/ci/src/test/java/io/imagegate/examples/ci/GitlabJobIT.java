package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.examples.ci.TeamRepository.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The job of GitLab, run by its script,")
class GitlabJobIT {

    private static final Path PIPELINE = Path.of("gitlab/.gitlab-ci.yml");

    @TempDir
    private Path folder;

    private TeamRepository repository;
    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void copy() throws Exception {
        Machine.needs("curl");
        repository = TeamRepository.in(folder, "GitLab");
        variables.put("IMAGEGATE_URL", TeamRepository.JAR.toUri().toString());
        variables.put("IMAGEGATE_SHA256", Checksum.sha256(TeamRepository.JAR));
    }

    @Test
    @DisplayName("passes if nothing is denied, its own image included")
    void allowed() throws Exception {
        Result result = run();
        assertThat(result.status()).as(result.output()).isZero();
        assertThat(result.output()).contains("allowed: 2 images checked");
        assertThat(junit()).contains("failures=\"0\"");
    }

    @Test
    @DisplayName("fails with a report for merge requests if an image is denied")
    void denied() throws Exception {
        repository.deploy("nginx:latest");
        Result result = run();
        assertThat(result.status()).as(result.output()).isEqualTo(1);
        assertThat(result.output()).contains("denied: 2 images checked");
        assertThat(junit()).contains("failures=\"1\"", "nginx:latest");
    }

    @Test
    @DisplayName("does not run a jar with another checksum")
    void otherJar() throws Exception {
        variables.put("IMAGEGATE_SHA256", "0".repeat(64));
        Result result = run();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("imagegate.jar: FAILED").doesNotContain("checked");
    }

    @Test
    @Tag("full")
    @DisplayName("is valid for the schema of GitLab, which finds mistakes")
    void valid() throws Exception {
        Machine.needs("node");
        Machine.needs("git");
        Machine.needs(Machine.Library.GITLAB_CI_LOCAL);
        repository.succeed("git", "init", "-q");
        repository.succeed("git", "remote", "add", "origin", "git@example.org:acme/shop.git");
        Result valid = preview();
        assertThat(valid.status()).as(valid.output()).isZero();
        assertThat(valid.output()).contains("java -jar imagegate.jar check --complete");

        Path pipeline = repository.file(".gitlab-ci.yml");
        Files.writeString(pipeline, Files.readString(pipeline).replace("when: always", "when: sometimes"));
        assertThat(preview().status()).isNotZero();
    }

    private Result preview() throws Exception {
        return repository.run(
                Map.of("HOME", folder.toString()),
                "node",
                Machine.Library.GITLAB_CI_LOCAL.place().resolve("src/index.js").toString(),
                "--preview");
    }

    private Result run() throws Exception {
        String script = ((List<?>) Yaml.value(PIPELINE, "images", "script"))
                .stream().map(Object::toString).collect(Collectors.joining("\n"));
        return repository.bash(variables, script);
    }

    private String junit() throws Exception {
        return Files.readString(repository.file(
                Yaml.value(PIPELINE, "images", "artifacts", "reports", "junit").toString()));
    }
}
