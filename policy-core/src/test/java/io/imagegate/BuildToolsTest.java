package io.imagegate;

import static io.imagegate.RepositoryCopy.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.RepositoryCopy.Result;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build says of the Maven and the JDK that it finds. */
@Tag("full")
@DisplayName("The build")
class BuildToolsTest {

    private static final String MARKED = "META-INF/maven/org.apache.maven/maven-core/pom.properties";

    @TempDir
    private Path folder;

    @Test
    @DisplayName("refuses an older Maven in one line, also where it only makes the jars")
    void refusesAnOlderMaven() throws Exception {
        Machine.needs("mvn");
        Path home =
                Machine.find("mvn").orElseThrow().toRealPath().resolve("../..").normalize();
        Machine.needs(Files.isDirectory(home.resolve("lib")), "mvn in the folder of Maven");
        Path older = folder.resolve("maven");
        for (String part : List.of("bin", "boot", "conf", "lib")) {
            copy(home.resolve(part), older.resolve(part));
        }
        mark(older.resolve("lib"), "3.8.8");
        Result refused = maven(older.resolve("bin/mvn"), Map.of(), "-Dmaven.test.skip=true");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output().lines())
                .anyMatch(line ->
                        line.matches("\\[ERROR] this build needs Maven 3\\.9 or newer, and this is .*: install one"
                                + " from https://maven\\.apache\\.org/download\\.html"));
        mark(older.resolve("lib"), "3.9.0");
        assertThat(maven(older.resolve("bin/mvn"), Map.of(), "-Dmaven.test.skip=true"))
                .isEqualTo(new Result(0, ""));
    }

    @Test
    @DisplayName("finds a JDK 25 for the packages, and without one stops at once")
    void findsAJdk() throws Exception {
        Machine.needs("mvn");
        Path mvn = Machine.find("mvn").orElseThrow();
        Path jdk = Files.createDirectories(folder.resolve("jdk"));
        Files.createDirectory(jdk.resolve("bin"));
        Path jlink = Files.writeString(jdk.resolve("bin/jlink"), "");
        assertThat(jlink.toFile().setExecutable(true)).isTrue();
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"2.25\"\n");
        Result refused = maven(mvn, Map.of(), "-Prelease", "-Drelease.jdk=" + jdk);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains("the packages need a JDK 25, and " + jdk + " is none: expected -Drelease.jdk=DIR");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        assertThat(maven(mvn, Map.of("IMAGEGATE_JDK25", jdk.toString()), "-Prelease")
                        .status())
                .isZero();
        // The one of the machine, which may be Maven's own, that of JAVA_HOME or another one.
        Machine.jdk(25);
        assertThat(maven(mvn, Map.of(), "-Prelease").status()).isZero();
    }

    private static Result maven(Path mvn, Map<String, String> environment, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of(mvn.toString(), "-B", "-q", "-N", "validate"));
        words.addAll(List.of(options));
        return RepositoryCopy.run(ROOT, environment, words.toArray(String[]::new));
    }

    /** Copies files and what links lead to: Debian's Maven has links to libraries. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                    assertThat(copy.toFile().setExecutable(Files.isExecutable(file)))
                            .isTrue();
                }
            }
        }
    }

    /** Maven reads its version in its own jar. */
    private static void mark(Path lib, String version) throws IOException {
        Path core;
        try (Stream<Path> jars = Files.list(lib)) {
            core = jars.filter(jar -> jar.getFileName().toString().startsWith("maven-core-"))
                    .findFirst()
                    .orElseThrow();
        }
        try (FileSystem jar = FileSystems.newFileSystem(core)) {
            Files.writeString(
                    jar.getPath(MARKED), "groupId=org.apache.maven\nartifactId=maven-core\nversion=" + version + "\n");
        }
    }
}
