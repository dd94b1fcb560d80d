package io.imagegate;

import static io.imagegate.RepositoryCopy.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.RepositoryCopy.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundle of {@link ReleasedCopy}: what is in it, its signatures and its version. */
@Tag("full")
@DisplayName("The bundle for Maven Central")
class ReleaseTest {

    private static final String VERSION = ReleasedCopy.VERSION;
    private static final String GPG = ReleasedCopy.GPG;
    private static final List<String> ARTIFACTS = List.of(
            "adapter-servlet",
            "adapter-undertow",
            "imagegate-bom",
            "imagegate-cli",
            "imagegate-console",
            "imagegate-junit",
            "imagegate-micrometer",
            "imagegate-parent",
            "imagegate-server",
            "imagegate-spring-boot-starter",
            "policy-cel",
            "policy-core",
            "policy-files",
            "policy-inputs",
            "policy-registry",
            "policy-signature");
    /** What a pom has itself, or its parent, which is published, too. */
    private static final List<String> FIELDS =
            List.of("url", "licenses", "developers", "scm", "connection", "developerConnection");

    @TempDir
    static Path folder = Path.of("");

    private static Path copy = Path.of("");
    private static Path bundle = Path.of("");
    private static Map<String, String> environment = Map.of();

    @BeforeAll
    static void release() throws Exception {
        Machine.needs("mvn");
        ReleasedCopy released = ReleasedCopy.get();
        copy = released.folder();
        environment = released.environment();
        bundle = copy.resolve("target/bundle/io/imagegate");
    }

    private static void succeed(String... words) throws IOException, InterruptedException {
        Result result = run(copy, environment, words);
        assertThat(result.status()).as(result.output()).isZero();
    }

    @Test
    @DisplayName("has the published artifacts, and no others")
    void artifacts() throws IOException {
        try (Stream<Path> folders = Files.list(bundle)) {
            assertThat(folders.map(found -> found.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(ARTIFACTS);
        }
        assertThat(copy.resolve("target/imagegate-" + VERSION + "-bundle.zip")).isRegularFile();
    }

    @Test
    @DisplayName("has a pom with all that is asked for, and sources and Javadoc beside each jar")
    void contents() throws IOException {
        String parent = Files.readString(file("imagegate-parent", ".pom"));
        for (String artifact : ARTIFACTS) {
            String pom = Files.readString(file(artifact, ".pom"));
            assertThat(pom).as(artifact).contains("<name>", "<description>", "<version>" + VERSION + "</version>");
            assertThat(FIELDS)
                    .as(artifact)
                    .allSatisfy(field ->
                            assertThat(pom.contains("<parent>") ? parent : pom).containsPattern("<" + field + "[ >]"));
            assertThat(pom).doesNotContain("SNAPSHOT");
            if (!pom.contains("<packaging>pom</packaging>")) {
                assertThat(classes(file(artifact, ".jar"))).as(artifact).isNotEmpty();
                assertThat(names(file(artifact, "-sources.jar"))).anyMatch(name -> name.endsWith(".java"));
                assertThat(names(file(artifact, "-javadoc.jar"))).contains("index.html");
            }
        }
        assertThat(classes(file("policy-core", "-testkit.jar"))).isNotEmpty();
        assertThat(names(file("imagegate-cli", "-runnable.jar")))
                .contains("io/imagegate/cli/Main.class", "io/undertow/Undertow.class");
    }

    @Test
    @DisplayName("has no snapshot, no list of versions, and no tests")
    void names() throws IOException {
        assertThat(files())
                .noneMatch(file -> file.toString().contains("SNAPSHOT"))
                .noneMatch(file -> file.getFileName().toString().startsWith("maven-metadata"))
                .noneMatch(file -> file.toString().contains("-tests.jar"));
    }

    @Test
    @DisplayName("has a signature and two checksums of each file")
    void signed() throws Exception {
        Machine.needs(GPG);
        List<Path> signed = files().stream()
                .filter(file -> !file.toString().matches(".*\\.(asc|md5|sha1)"))
                .toList();
        assertThat(signed).hasSizeGreaterThan(ARTIFACTS.size());
        for (Path file : signed) {
            Result verified = run(copy, environment, GPG, "--batch", "--verify", file + ".asc", file.toString());
            assertThat(verified.status()).as(verified.output()).isZero();
            assertThat(checksum(file, "MD5")).isEqualTo(Files.readString(Path.of(file + ".md5")));
            assertThat(checksum(file, "SHA-1")).isEqualTo(Files.readString(Path.of(file + ".sha1")));
        }
    }

    @Test
    @DisplayName("comes with images, for which the workflow gets all that they are made of")
    void images() throws IOException, InterruptedException {
        Path cli = copy.resolve("adapter-undertow/cli");
        List<String> used = Pattern.compile("target/\\S+")
                .matcher(Files.readString(cli.resolve("Containerfile")).replaceAll("(?m)^#.*", ""))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(used).containsExactly("target/imagegate.jar", "target/corretto-crypto.jar");
        String job = Files.readString(copy.resolve(".github/workflows/release.yml"))
                .replaceFirst("(?s).*\n  images:\n(.*?)\n  \\S.*", "$1");
        assertThat(job).contains("adapter-undertow/cli/target/imagegate.jar\n");
        String get = "dependency:copy@cryptography -pl adapter-undertow/cli";
        assertThat(job).contains(" " + get + "\n");
        Path provider = cli.resolve("target/corretto-crypto.jar");
        Files.delete(provider);
        succeed(("mvn -B -q -o " + get).split(" "));
        assertThat(names(provider)).anyMatch(name -> name.endsWith(".so") || name.endsWith(".dylib"));
    }

    @Test
    @DisplayName("is not made of a snapshot")
    void notOfASnapshot() throws Exception {
        Path other = folder.resolve("other");
        ReleasedCopy.copyRepository(other);
        assertThat(run(other, "bash", ".ci/do", "version", "2.0-SNAPSHOT").output())
                .isEqualTo("version 2.0-SNAPSHOT: expected one such as 1.2.0 or 1.2.0-SNAPSHOT\n");
        assertThat(run(other, "bash", ".ci/do", "version", "2.0.0-SNAPSHOT").status())
                .isZero();
        Result refused = run(other, "bash", ".ci/do", "bundle");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output()).startsWith("version 2.0.0-SNAPSHOT: expected that of a release; ");
    }

    @Test
    @DisplayName("has the version that pages and manifests name")
    void version() throws IOException {
        assertThat(Files.readString(copy.resolve("README.md"))).contains("<version>" + VERSION + "</version>");
        assertThat(Files.readString(copy.resolve("examples/kubernetes/base/deployment.yaml")))
                .contains("registry.example/imagegate:" + VERSION + "\n");
        Path chart = copy.resolve("examples/kubernetes/chart");
        assertThat(Files.readString(chart.resolve("Chart.yaml")))
                .contains("\nversion: " + VERSION + "\nappVersion: " + VERSION + "\n");
        assertThat(Files.readString(chart.resolve("values.yaml"))).contains("\n  tag: " + VERSION + "\n");
        assertThat(Files.readString(chart.resolve("README.md"))).contains("| `image.tag` | `" + VERSION + "` |");
        assertThat(Files.readString(chart.resolveSibling("src/test/resources/chart/validating.yaml")))
                .contains(
                        "helm.sh/chart: \"imagegate-" + VERSION + "\"\n",
                        "\"registry.example/imagegate:" + VERSION + "\"\n");
        String before = Files.readString(RepositoryCopy.ROOT.resolve("pom.xml"));
        String after = Files.readString(copy.resolve("pom.xml"));
        Pattern changed = Pattern.compile(
                "(?<=<artifactId>imagegate-parent</artifactId>\n  <version>)[^<]+|(?<=outputTimestamp>)[^<]+");
        assertThat(changed.matcher(after).replaceAll(""))
                .isEqualTo(changed.matcher(before).replaceAll(""));
    }

    private static Path file(String artifact, String suffix) {
        return bundle.resolve(artifact).resolve(VERSION).resolve(artifact + "-" + VERSION + suffix);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(bundle)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> names(Path jar) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile opened = new JarFile(jar.toFile())) {
            opened.stream().forEach(entry -> names.add(entry.getName()));
        }
        return names;
    }

    private static List<String> classes(Path jar) throws IOException {
        return names(jar).stream().filter(name -> name.endsWith(".class")).toList();
    }

    private static String checksum(Path file, String algorithm) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(Files.readAllBytes(file)));
    }
}
