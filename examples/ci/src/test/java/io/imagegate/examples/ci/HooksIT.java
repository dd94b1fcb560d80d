package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.examples.ci.TeamRepository.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Before a commit")
class HooksIT {

    private static final String DENIED = "denied  " + TeamRepository.MANIFEST + ":6:26  nginx:latest";

    @TempDir
    private Path folder;

    @BeforeEach
    void git() {
        Machine.needs("git");
    }

    @Test
    @DisplayName("git's own hook checks what is committed, and nothing else")
    void ownHook() throws Exception {
        TeamRepository repository = repository("git", Map.of());
        repository.succeed("git", "add", ".");
        repository.succeed("git", "commit", "-qm", "first");

        repository.deploy("nginx:latest");
        Files.writeString(repository.file("note.txt"), "note");
        repository.succeed("git", "add", "note.txt");
        repository.succeed("git", "commit", "-qm", "the manifest is not in the index");

        repository.succeed("git", "add", ".");
        assertThat(commit(repository).output()).contains(DENIED);

        repository.deploy("nginx:1.29.3");
        assertThat(commit(repository).output())
                .as("the index still has the other image")
                .contains(DENIED);
    }

    @Test
    @DisplayName("a baseline lets the first day's findings in, and no others")
    void baseline() throws Exception {
        TeamRepository repository = repository("git", Map.of());
        repository.deploy("nginx:latest");
        repository.succeed("git", "add", ".");
        assertThat(commit(repository).output()).contains(DENIED);

        repository.succeed(
                "bash", "-c", CiPage.block("First").lines().skip(1).findFirst().orElseThrow());
        repository.succeed("git", "add", ".");
        repository.succeed("git", "commit", "-qm", "with the findings of the first day");

        repository.deploy("redis:latest");
        repository.succeed("git", "add", ".");
        assertThat(commit(repository).output()).contains("redis:latest").doesNotContain("nginx");
    }

    @Test
    @Tag("full")
    @DisplayName("pre-commit runs it for files that may name images")
    void preCommit() throws Exception {
        Machine.needs("pre-commit");
        Map<String, String> home =
                Map.of("PRE_COMMIT_HOME", folder.resolve("home").toString());
        TeamRepository repository = repository("pre-commit", home);
        repository.succeed("git", "add", ".");
        Result first = repository.run(home, "git", "commit", "-m", "first");
        assertThat(first.status()).as(first.output()).isZero();
        assertThat(first.output()).contains("images of containers").contains("Passed");

        Files.writeString(repository.file("note.txt"), "note");
        repository.succeed("git", "add", ".");
        assertThat(repository.run(home, "git", "commit", "-m", "note").output()).contains("Skipped");

        Files.writeString(repository.file("Containerfile"), "FROM nginx:latest\n");
        repository.succeed("git", "add", ".");
        Result denied = repository.run(home, "git", "commit", "-m", "second");
        assertThat(denied.status()).isEqualTo(1);
        assertThat(denied.output()).contains("Failed", "denied  Containerfile:1:6  nginx:latest");
    }

    private TeamRepository repository(String hook, Map<String, String> variables)
            throws IOException, InterruptedException {
        TeamRepository repository = TeamRepository.in(folder);
        repository.succeed("git", "init", "-q");
        repository.succeed("git", "config", "user.name", "Test");
        repository.succeed("git", "config", "user.email", "test@example.org");
        repository.type("First", Map.of());
        repository.type(hook, variables);
        return repository;
    }

    private static Result commit(TeamRepository repository) throws IOException, InterruptedException {
        Result refused = repository.run("git", "commit", "-qm", "refused");
        assertThat(refused.status()).as(refused.output()).isEqualTo(1);
        return refused;
    }
}
