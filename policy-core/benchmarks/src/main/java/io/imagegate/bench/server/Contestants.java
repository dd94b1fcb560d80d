package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The servers to be measured: the jar under test, a constant answer, and the Go peer and nginx if they are installed. */
final class Contestants {

    static final String GO = "Go net/http webhook";

    private final Imagegate imagegate;
    private final Path folder;
    private final @Nullable Path go;

    Contestants(Imagegate imagegate, Path folder, Path goSource) throws InterruptedException {
        this.imagegate = imagegate;
        this.folder = folder;
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

    /**
     * Lists the servers.
     *
     * @param java what Imagegate runs on, as its image starts it
     * @param constant a server that does nothing, started in the same way
     */
    List<Contestant> all(String java, Contestant constant) throws IOException, InterruptedException {
        Stream<Contestant> written = Stream.ofNullable(go)
                .map(program -> new Contestant(
                        GO,
                        port -> List.of(
                                program.toString(),
                                "serve",
                                "127.0.0.1:" + port,
                                imagegate.certificate().toString(),
                                imagegate.key().toString()),
                        Map.of(),
                        true));
        Stream<Contestant> nginx = Nginx.find(folder, imagegate.certificate(), imagegate.key()).stream();
        Stream<Contestant> own = Stream.of(
                imagegate.asTheImageStarts(Imagegate.NAME, java),
                imagegate.withJdkCryptography("Imagegate, the JDK's cryptography", java),
                constant);
        return Stream.of(own, written, nginx).flatMap(some -> some).toList();
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
}
