package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes what the servers need: certificates from the jar under test, and the Go peer if Go is installed. */
final class Contestants {

    static final String IMAGEGATE = "Imagegate";
    static final String CONSTANT = "bare Undertow, constant answer";
    static final String GO = "Go net/http webhook";

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int AOT_CACHE_SINCE = 25;

    /** As the Containerfile has it: an AOT cache keeps profiles of the methods that they run. */
    private static final String TRAINING_REVIEWS = "2000";

    private final Path jar;
    private final Path folder;
    private final Path certificates;
    private final @Nullable Path go;

    Contestants(Path jar, Path folder, Path goSource) throws IOException, InterruptedException {
        this.jar = jar;
        this.folder = folder;
        this.certificates = folder.resolve("certificates");
        if (!Files.exists(certificates)) {
            Command.output(List.of(
                    JAVA, "-jar", jar.toString(), "certs", "--out", certificates.toString(), "--host", "127.0.0.1"));
        }
        this.go = build(goSource);
    }

    /** Debian's Go packages are the source of the peer's libraries, so nothing is fetched. */
    private @Nullable Path build(Path source) throws InterruptedException {
        Path program = folder.resolve("peer").toAbsolutePath();
        Map<String, String> environment = Map.of(
                "GO111MODULE", "off",
                "GOPATH", "/usr/share/gocode",
                "GOFLAGS", "",
                "GOCACHE", folder.resolve("go-cache").toAbsolutePath().toString());
        try {
            Command.output(List.of("go", "build", "-o", program.toString(), source.toString()), environment);
            return program;
        } catch (IOException e) {
            System.out.println("No Go peer: " + e.getMessage());
            return null;
        }
    }

    Path certificates() {
        return certificates;
    }

    private Contestant imagegate() {
        return imagegate(IMAGEGATE, List.of(JAVA));
    }

    private Contestant imagegate(String name, List<String> java) {
        return new Contestant(name, port -> serve(java, "--host", "127.0.0.1", "--port", Integer.toString(port)), true);
    }

    private List<String> serve(List<String> java, String... more) {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", jar.toString(), "serve", "--tls-cert", certificate(), "--tls-key", key()));
        command.addAll(List.of(more));
        return command;
    }

    /** The ways to start the server that OPERATIONS.md tells of, the last of each Java being the image's. */
    List<Contestant> starts(List<String> javas) throws IOException, InterruptedException {
        List<Contestant> ways = new ArrayList<>();
        for (String java : javas) {
            int version = version(java);
            String archive = folder.resolve("imagegate-" + version + ".archive")
                    .toAbsolutePath()
                    .toString();
            String make = version < AOT_CACHE_SINCE ? "-XX:ArchiveClassesAtExit=" : "-XX:AOTCacheOutput=";
            String use = version < AOT_CACHE_SINCE ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=";
            Files.deleteIfExists(Path.of(archive));
            Command.output(serve(
                    List.of(java, make + archive, "-XX:+UseSerialGC"),
                    "--dry-run",
                    "--warm-up",
                    TRAINING_REVIEWS,
                    "--host",
                    "127.0.0.1",
                    "--port",
                    "0",
                    "--management-port",
                    "0"));
            String name = "Java " + version;
            ways.add(imagegate(name + ", a heap of 64 MiB and no other flag", List.of(java, "-Xmx64m")));
            ways.add(imagegate(name + ", flags for a small container", small(java)));
            List<String> archived = new ArrayList<>(small(java));
            archived.add(use + archive);
            ways.add(imagegate(name + ", these flags and an archive", archived));
        }
        return ways;
    }

    private static List<String> small(String java) {
        return List.of(
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TrimNativeHeapInterval=2000",
                "-XX:ActiveProcessorCount=2",
                "-Xss512k",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+ExitOnOutOfMemoryError");
    }

    private static int version(String java) throws IOException, InterruptedException {
        String text = Command.output(List.of(java, "--version"));
        return Integer.parseInt(text.split("[ .]", 3)[1]);
    }

    List<Contestant> all() {
        Contestant constant = new Contestant(
                CONSTANT,
                port -> List.of(
                        JAVA,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        ConstantServer.class.getName(),
                        Integer.toString(port),
                        certificate(),
                        key()),
                false);
        Stream<Contestant> written = Stream.ofNullable(go)
                .map(program -> new Contestant(
                        GO,
                        port -> List.of(program.toString(), "serve", "127.0.0.1:" + port, certificate(), key()),
                        true));
        Stream<Contestant> nginx = Nginx.find(folder, Path.of(certificate()), Path.of(key())).stream();
        return Stream.of(Stream.of(imagegate(), constant), written, nginx)
                .flatMap(some -> some)
                .toList();
    }

    Optional<JsonNode> goFigures(String time) throws IOException, InterruptedException {
        if (go == null) {
            return Optional.empty();
        }
        String figures = Command.output(List.of(
                go.toString(),
                "measure",
                folder.resolve("references.json").toString(),
                folder.resolve("review.json").toString(),
                time));
        return Optional.of(JsonMapper.builder().build().readTree(figures));
    }

    private String certificate() {
        return certificates.resolve("webhook.pem").toString();
    }

    private String key() {
        return certificates.resolve("webhook-key.pem").toString();
    }
}
