package io.imagegate.examples.ci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.WrittenProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository with a manifest, in which the blocks of the page are typed. */
final class TeamRepository {

    static final Path JAR = Path.of(System.getProperty("imagegate.jar")).normalize();
    static final String MANIFEST = "kubernetes/web.yaml";

    private static final Pattern LAUNCHER = Pattern.compile("(?ms)^```sh\n(#!.*?)^```$");
    private static final int LONGEST_MINUTES = 3;

    /**
     * What came of a command.
     *
     * @param status its exit status
     * @param output what it printed, errors included
     */
    record Result(int status, String output) {}

    private final Path root;
    private final Path programs;

    private TeamRepository(Path root, Path programs) {
        this.root = root;
        this.programs = programs;
    }

    /** {@return a repository with a manifest, into which nothing of the page was copied} */
    static TeamRepository in(Path folder) throws IOException, InterruptedException {
        TeamRepository repository = new TeamRepository(
                Files.createDirectory(folder.resolve("repository")), Files.createDirectory(folder.resolve("bin")));
        repository.deploy("nginx:1.29.3");
        repository.installCommand();
        repository.installJava();
        return repository;
    }

    /** {@return a repository in which the first block of the page was typed, and that of what is used} */
    static TeamRepository in(Path folder, String used) throws IOException, InterruptedException {
        TeamRepository repository = in(folder);
        repository.type("First", Map.of());
        repository.type(used, Map.of());
        return repository;
    }

    /** Types a block of the page, whose commands succeed. */
    void type(String name, Map<String, String> variables) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("EXAMPLES", Path.of("").toAbsolutePath().toString());
        Result typed = bash(all, CiPage.block(name));
        assertThat(typed.status()).as(typed.output()).isZero();
    }

    /** Installs the script of the page. */
    private void installCommand() throws IOException, InterruptedException {
        Matcher script = LAUNCHER.matcher(Files.readString(Path.of("README.md")));
        assertThat(script.find()).isTrue();
        WrittenProgram.write(
                programs.resolve("imagegate"), script.group(1).replace("/usr/local/lib/imagegate.jar", JAR.toString()));
    }

    /** Installs a {@code java} that optimises less, since each command runs for a second. */
    private void installJava() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        WrittenProgram.write(
                programs.resolve("java"),
                "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \"$@\"\n");
    }

    /** Writes the manifest, in which one image has this name. */
    void deploy(String image) throws IOException {
        Path manifest = root.resolve(MANIFEST);
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  containers:
                    - {name: web, image: %s}
                """.formatted(image));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    Result run(String... command) throws IOException, InterruptedException {
        return run(Map.of(), command);
    }

    /** Runs a command in the folder of the repository, with more variables in its environment. */
    Result run(Map<String, String> variables, String... command) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(programs, "printed", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("PATH", Machine.pathAfter(programs, Path.of(System.getProperty("java.home"), "bin")));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as(() -> List.of(command) + " ends")
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(printed, UTF_8));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** {@return what a command printed} It succeeds. */
    String succeed(String... command) throws IOException, InterruptedException {
        Result result = run(command);
        assertThat(result.status()).as(result.output()).isZero();
        return result.output();
    }

    /** Runs a script as CI does: it ends with the first command that fails. */
    Result bash(Map<String, String> variables, String script) throws IOException, InterruptedException {
        return run(variables, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script);
    }
}
