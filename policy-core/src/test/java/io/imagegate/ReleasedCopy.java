package io.imagegate;

import static io.imagegate.RepositoryCopy.ROOT;
import static io.imagegate.RepositoryCopy.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.RepositoryCopy.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A release as CONTRIBUTING makes it, of a copy of this repository to which the sample of each recipe is added: its version is written,
 * and the bundle for Maven Central is made and signed. Of the builds that test, this one alone makes the pages of Javadoc, whose
 * warnings are errors. It is made once for all tests of a JVM, since it takes a minute.
 *
 * @param folder the copy
 * @param environment where gpg, or what stands for it, finds its key
 */
record ReleasedCopy(Path folder, Map<String, String> environment) {

    static final String VERSION = "31.4.1";
    static final String GPG = "gpg";

    private static @Nullable ReleasedCopy made;

    /** {@return the copy, which is made when it is first asked for} */
    static synchronized ReleasedCopy get() throws IOException, InterruptedException {
        ReleasedCopy copy = made;
        if (copy == null) {
            copy = make();
            made = copy;
        }
        return copy;
    }

    private static ReleasedCopy make() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("imagegate-released-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
        Path copy = folder.resolve("copy");
        copyRepository(copy);
        // The test kit is compiled with these.
        RepositoryCopy.copy(Path.of("src/test"), copy.resolve("policy-core/src/test"));
        if (Machine.find("git").isPresent()) {
            addSamples(copy);
        }
        succeed(copy, Map.of(), "bash", ".ci/do", "version", VERSION);
        Map<String, String> environment;
        if (Machine.find(GPG).isPresent()) {
            Path keys = Files.createTempDirectory("gpg");
            environment = Map.of("GNUPGHOME", keys.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                end(environment, "gpgconf", "--kill", "all");
                delete(keys);
            }));
            succeed(
                    copy,
                    environment,
                    GPG,
                    "--batch",
                    "--quiet",
                    "--passphrase",
                    "",
                    "--quick-gen-key",
                    "Test",
                    "ed25519",
                    "sign",
                    "never");
        } else {
            environment = Map.of("PATH", Machine.pathAfter(signsNothing(folder)));
        }
        // Error Prone and the rules on dependencies, which the build of this test obeys, take longer than all else.
        succeed(
                copy,
                environment,
                "bash",
                ".ci/do",
                "bundle",
                "-q",
                "-Pquick",
                "-Dmaven.source.skip=false",
                "-Dspotless.check.skip");
        return new ReleasedCopy(copy, environment);
    }

    private static void delete(Path folder) {
        end(Map.of(), "rm", "-rf", folder.toString());
    }

    /** Runs a command when the JVM ends. */
    private static void end(Map<String, String> environment, String... words) {
        try {
            run(ROOT, environment, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies what a release is made of. */
    static void copyRepository(Path to) throws IOException {
        RepositoryCopy.withoutTests(to);
        // What Helm makes of the chart has the version, too.
        Path rendered = Path.of("examples/kubernetes/src/test/resources/chart");
        RepositoryCopy.copy(ROOT.resolve(rendered), to.resolve(rendered));
    }

    /** {@return the sample of each recipe} */
    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(".ci/recipes"))) {
            return files.sorted().toList();
        }
    }

    private static void addSamples(Path copy) throws IOException, InterruptedException {
        for (Path patch : samples()) {
            Result applied = run(copy, "git", "apply", patch.toString());
            assertThat(applied.status())
                    .as(
                            "%s: %s\nMake the change again by hand, and the patch with git diff -U1",
                            patch, applied.output())
                    .isZero();
        }
    }

    /** {@return the folder of a gpg that signs nothing, so that the other files are tested where there is none} */
    private static Path signsNothing(Path folder) throws IOException {
        Path programs = Files.createDirectories(folder.resolve("programs"));
        Path program = Files.writeString(programs.resolve(GPG), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return programs;
    }

    private static void succeed(Path copy, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Result result = run(copy, environment, words);
        assertThat(result.status()).as(result.output()).isZero();
    }
}
