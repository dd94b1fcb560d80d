package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

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

    Contestant imagegate() {
        return new Contestant(
                IMAGEGATE,
                port -> List.of(
                        JAVA,
                        "-jar",
                        jar.toString(),
                        "serve",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--tls-cert",
                        certificate(),
                        "--tls-key",
                        key()),
                true);
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
        return Stream.concat(Stream.of(imagegate(), constant), written).toList();
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
