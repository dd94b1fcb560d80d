package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Hashes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A running registry with a repository {@code a/b}: Debian's docker-registry or zot, from the PATH or from {@code ../shared}.
 */
final class RealRegistry implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String host;
    private final Process process;

    private RealRegistry(String host, Process process) {
        this.host = host;
        this.process = process;
    }

    private static Path program(String name) throws IOException, InterruptedException {
        Optional<Path> installed = Machine.find(name);
        return installed.isPresent() ? installed.get() : SharedPrograms.get(name);
    }

    /** Starts a registry. If it is not there, the test is left out. */
    static RealRegistry start(String name, Path folder) throws Exception {
        Path program = program(name);
        int port = FreePort.find();
        Path config = folder.resolve("config");
        Files.writeString(config, configuration(name, port, folder));
        Process process = new ProcessBuilder(program.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        String host = "127.0.0.1:" + port;
        RealRegistry started = new RealRegistry(host, process);
        for (int i = 0; i < 600 && !answers(host); i++) {
            Thread.sleep(100);
        }
        if (!answers(host)) {
            started.close();
            throw new IllegalStateException(Files.readString(folder.resolve("log")));
        }
        return started;
    }

    private static String configuration(String name, int port, Path folder) {
        return name.equals("zot")
                ? "{\"distSpecVersion\":\"1.1.1\",\"storage\":{\"rootDirectory\":\"%s\"},\"http\":{\"address\":\"127.0.0.1\",\"port\":\"%d\"}}"
                        .formatted(folder, port)
                : "version: 0.1\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: \"127.0.0.1:%d\"}\n"
                        .formatted(folder, port);
    }

    String host() {
        return host;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static boolean answers(String host) throws InterruptedException {
        try {
            return send(host, "GET", "/v2/", "", new byte[0]).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpResponse<String> send(String host, String method, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + host).resolve(path))
                .method(method, BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    Digest pushBlob(byte[] content) throws IOException, InterruptedException {
        Digest digest = Hashes.sha256(content);
        String location = send(host, "POST", "/v2/a/b/blobs/uploads/", "", new byte[0])
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String query = location.contains("?") ? "&" : "?";
        int status = send(host, "PUT", location + query + "digest=" + digest, "application/octet-stream", content)
                .statusCode();
        assertThat(status).isEqualTo(201);
        return digest;
    }

    Digest pushManifest(String reference, String type, byte[] content) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(host, "PUT", "/v2/a/b/manifests/" + reference, type, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Hashes.sha256(content);
    }

    /** {@return a blob of the recordings} */
    static byte[] recorded(String hex) throws IOException {
        String file = "/recorded/zot/blobs/sha256/" + hex;
        try (InputStream in = RealRegistry.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
