package io.imagegate.cli.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.rule.Finding;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change, cannot be written, or are too long. */
class RewrittenFilesTest {

    private static final String POD = "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - image: old.example/a:1\n";
    private static final String NEW = POD.replace("old.example", "new.example");
    private static final ImageGate GATE = ImageGate.of(PolicySet.of(Policy.builder("p")
            .rule("all", candidate -> Finding.satisfied())
            .mutation(Mutation.rewriting(List.of(ImageRewrite.of("old.example/**", "new.example/**"))))
            .build()));

    @TempDir
    Path folder = Path.of("");

    private final List<String> problems = new ArrayList<>();
    private final RewrittenFiles files = new RewrittenFiles(problems::add, problems::add);

    /** Reads manifests, and what no other input recognises. */
    private final Input manifests;

    RewrittenFilesTest() {
        List<Input> inputs = Inputs.of(Workloads.wellKnown());
        manifests = inputs.get(inputs.size() - 1);
        files.use(inputs);
    }

    @BeforeEach
    void allowFolder() throws IOException {
        files.allow(folder.toRealPath());
    }

    private Path pod(String name) throws IOException, InputException {
        Path file = Files.writeString(folder.resolve(name), POD);
        read(file);
        return file;
    }

    private void read(Path file) throws IOException, InputException {
        InputFile.Opener opener = files.opener(file);
        manifests.read(InputFile.named(file.toString(), file, opener).replaceable(opener), new InputListener() {
            @Override
            public void object(InputObject object) {
                files.replace(
                        object,
                        object.decideAsync(GATE, "default", Duration.ofSeconds(1))
                                .join());
            }

            @Override
            public void unread(String what, InputException why) {
                problems.add(why.getMessage());
            }

            @Override
            public void skipped(String why) {
                problems.add(why);
            }

            @Override
            public void problem(InputException problem) {
                problems.add(problem.getMessage());
            }
        });
    }

    private List<String> names() throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAllFiles() throws IOException, InputException {
        Path one = pod("1.yaml");
        Path two = pod("2.yaml");
        List<ChangedFile> changes = files.changes();
        assertThat(changes).extracting(ChangedFile::images).containsExactly(1, 1);
        RewrittenFiles.write(changes);
        assertThat(one).content().isEqualTo(NEW);
        assertThat(two).content().isEqualTo(NEW);
        assertThat(problems).isEmpty();
        assertThat(names()).containsExactly("1.yaml", "2.yaml");
    }

    @Test
    void writesNothingIfAFileChangedMeanwhile() throws IOException, InputException {
        Path one = pod("1.yaml");
        Path two = pod("2.yaml");
        Files.writeString(two, POD + "# mine\n");
        assertThatThrownBy(() -> RewrittenFiles.write(files.changes()))
                .hasMessageStartingWith(two + ": it changed while its images were looked up");
        assertThat(one).content().isEqualTo(POD);
        assertThat(two).content().isEqualTo(POD + "# mine\n");
        assertThat(names()).containsExactly("1.yaml", "2.yaml");
    }

    @Test
    void writesNothingIfAFileBecameALink() throws IOException, InputException {
        pod("1.yaml");
        Path two = pod("2.yaml");
        Path secret = Files.writeString(folder.resolve("secret"), POD);
        Files.delete(two);
        Files.createSymbolicLink(two, secret);
        assertThatThrownBy(() -> RewrittenFiles.write(files.changes()))
                .hasMessageContaining("2.yaml: a symbolic link is not written");
        assertThat(secret).content().isEqualTo(POD);
        assertThat(folder.resolve("1.yaml")).content().isEqualTo(POD);
    }

    @Test
    void writesThroughALinkedFolderWithoutReplacingTheLink() throws IOException, InputException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Files.writeString(real.resolve("a.yaml"), POD);
        read(link.resolve("a.yaml"));
        read(real.resolve("a.yaml"));
        RewrittenFiles.write(files.changes());
        assertThat(real.resolve("a.yaml")).content().isEqualTo(NEW);
        assertThat(link).isSymbolicLink();
        assertThat(files.changes()).hasSize(1);
    }

    @Test
    void keepsPermissions() throws IOException, InputException {
        Path file = pod("1.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrw-r--"));
        RewrittenFiles.write(files.changes());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxrw-r--");
    }

    @Test
    void refusesAFileThatIsTooLong() throws IOException {
        Path file = folder.resolve("long.yaml");
        Files.write(file, new byte[RewrittenFiles.LONGEST + 1]);
        assertThatThrownBy(() -> read(file)).hasMessage("expected 16777216 bytes at most in a file to write");
    }
}
