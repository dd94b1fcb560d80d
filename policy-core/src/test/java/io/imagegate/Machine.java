package io.imagegate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a machine may have beside a JDK and Maven: programs, folders of Debian's packages, other JDKs and the folder {@code ../shared}.
 * No other test looks for these. A test that needs what is not there is left out, and {@link NotTested} tells it at the end of the run.
 *
 * <p>{@code -Dimagegate.bare=true} answers that nothing is there; {@code -Dimagegate.shared=FOLDER} stands for {@code ../shared}.
 */
public final class Machine {

    /** How the reason begins for which a test is left out. */
    static final String NEEDS = "needs ";

    private static final boolean BARE = Boolean.getBoolean("imagegate.bare");
    private static final Path REPOSITORY = Repository.path("");
    private static final Path SHARED = shared();
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final String GO = "/usr/share/gocode";

    private Machine() {}

    /** What is no program: where it is, and who brings it. */
    public enum Library {
        CLIENT_GO(Path.of(GO, "src/k8s.io/client-go"), "the package golang-k8s-client-go-dev"),
        DISTRIBUTION_REFERENCE(
                Path.of(GO, "src/github.com/distribution/reference"),
                "the package golang-github-distribution-reference-dev"),
        BUILDKIT(
                Path.of(GO, "src/github.com/moby/buildkit/frontend/dockerfile"),
                "the package golang-github-docker-docker-dev"),
        LEVENSHTEIN(Path.of(GO, "src/github.com/agext/levenshtein"), "the package golang-github-agext-levenshtein-dev"),
        NODE_SEMVER(Path.of("/usr/share/nodejs/semver"), "the package node-semver"),
        NETAVARK(Path.of("/usr/lib/podman/netavark"), "the package netavark"),
        WORKFLOW_PARSER(
                REPOSITORY.resolve("target/lab/node_modules/@actions/workflow-parser"),
                "@actions/workflow-parser of npm, see .ci/run"),
        GITLAB_CI_LOCAL(
                REPOSITORY.resolve("target/lab/node_modules/gitlab-ci-local"), "gitlab-ci-local of npm, see .ci/run"),
        AXE(REPOSITORY.resolve("target/lab/node_modules/axe-core/axe.min.js"), "axe-core of npm, see .ci/run"),
        NODE_MODULES(REPOSITORY.resolve("target/lab/node_modules"), "@sigstore/mock and jose of npm, see .ci/run");

        private final Path place;
        private final String origin;

        Library(Path place, String origin) {
            this.place = place;
            this.origin = origin;
        }

        public Path place() {
            return place;
        }
    }

    private static Path shared() {
        String beside = REPOSITORY.resolveSibling("shared").toString();
        return BARE
                ? REPOSITORY.resolve("target/nothing-shared")
                : Path.of(System.getProperty("imagegate.shared", beside))
                        .toAbsolutePath()
                        .normalize();
    }

    private static boolean isThere(Path file) {
        return !BARE && Files.exists(file);
    }

    /** Leaves the test out unless a condition is met that depends on the machine. */
    public static void needs(boolean met, String what) {
        assumeTrue(met, NEEDS + what);
    }

    /** Leaves the test out unless all these programs are on the path; a name that begins with / is a file. */
    public static void needs(String... programs) {
        for (String program : programs) {
            needs(find(program).isPresent(), program);
        }
    }

    /** Leaves the test out unless all these are there. */
    public static void needs(Library... libraries) {
        for (Library library : libraries) {
            needs(isThere(library), library.origin);
        }
    }

    public static boolean isThere(Library library) {
        return isThere(library.place);
    }

    /** Leaves the test out unless it runs as root. */
    public static void needsRoot() {
        needs("root".equals(System.getProperty("user.name")), "root");
    }

    /** {@return where a program is, if it is on the path} */
    public static Optional<Path> find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, ".").resolve(program).normalize())
                .filter(Files::isExecutable)
                .filter(Machine::isThere)
                .findFirst();
    }

    /** {@return the path on which programs are looked for, after these folders} */
    public static String pathAfter(Path... folders) {
        return Stream.concat(Stream.of(folders).map(Path::toString), Stream.ofNullable(System.getenv("PATH")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** {@return what tells Go to use Debian's libraries} */
    public static Map<String, String> goEnvironment() {
        return Map.of("GO111MODULE", "off", "GOPATH", GO, "GOFLAGS", "");
    }

    /** {@return where a file of {@code ../shared} is, or would be} */
    public static Path shared(String file) {
        return SHARED.resolve(file);
    }

    /** {@return a file of {@code ../shared}} Leaves the test out if it is not there. */
    public static Path needsShared(String file) {
        needs(isThere(shared(file)), "../shared/" + file);
        return shared(file);
    }

    /** {@return the library that makes programs see another time} Leaves the test out if it is not there. */
    public static Path faketime() throws IOException {
        Optional<Path> found = search(Path.of("/usr/lib"), "libfaketime.so.1");
        needs(found.isPresent(), "the package faketime");
        return found.orElseThrow();
    }

    private static Optional<Path> search(Path folder, String name) throws IOException {
        if (!isThere(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(folder, 3, (file, is) -> file.endsWith(name))) {
            return files.findFirst();
        }
    }

    /** {@return the folder of a JDK of this version, with all its parts} Leaves the test out if there is none. */
    public static Path jdk(int version) throws IOException {
        Optional<Path> found;
        try (Stream<Path> others = isThere(JDKS) ? Files.list(JDKS) : Stream.<Path>empty()) {
            found = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), others)
                    .filter(folder -> isJdk(folder, version))
                    .findFirst();
        }
        needs(found.isPresent(), "a JDK " + version + " in " + JDKS);
        note(version, found.orElseThrow());
        return found.orElseThrow();
    }

    /** {@code .mvn/summary.groovy} prints at the end of the run which JDKs its tests used beside their own. */
    private static void note(int version, Path jdk) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/jdks"));
        Files.writeString(folder.resolve(Integer.toString(version)), jdk.toString());
    }

    private static boolean isJdk(Path folder, int version) {
        Path release = folder.resolve("release");
        try {
            return Files.isExecutable(folder.resolve("bin/jlink"))
                    && Files.isRegularFile(release)
                    && Files.readString(release).contains("JAVA_VERSION=\"" + version);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
