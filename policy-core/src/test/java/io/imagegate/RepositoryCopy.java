package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Copies of this repository, and commands that run in them. */
final class RepositoryCopy {

    static final Path ROOT = Repository.path("");

    private static final int LONGEST_MINUTES = 10;

    /** What came of a command. */
    record Result(int status, String output) {}

    private RepositoryCopy() {}

    /** Copies all but what was built, its history and its tests. */
    static void withoutTests(Path to) throws IOException {
        copy(ROOT, to, ".git", "target", "test");
    }

    /** Copies all but folders with these names. */
    static void copy(Path from, Path to, String... leftOut) throws IOException {
        Set<String> names = Set.of(leftOut);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (names.contains(visited.getFileName().toString()) && !visited.equals(from)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(visited)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static Result run(Path in, String... words) throws IOException, InterruptedException {
        return run(in, Map.of(), words);
    }

    /** Runs a command with more variables in its environment. */
    static Result run(Path in, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        Path printed = Files.createTempFile("imagegate-printed-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES))
                    .as(String.join(" ", words))
                    .isTrue();
            return new Result(process.exitValue(), Files.readString(printed));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(printed);
        }
    }
}
