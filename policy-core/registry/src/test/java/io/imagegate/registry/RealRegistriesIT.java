package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same questions as to the recordings, to real registries: Debian's docker-registry and zot, from the PATH or from
 * {@code ../shared}. A test whose registry is not there is skipped, with a warning.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RealRegistriesIT extends RegistryTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String REFERRER = """
            {"schemaVersion":2,"mediaType":"%s","artifactType":"x/y","config":{"mediaType":"application/vnd.oci.empty.v1+json",\
            "digest":"%s","size":2},"layers":[{"mediaType":"x/y","digest":"%s","size":2}],\
            "subject":{"mediaType":"%s","digest":"%s","size":%d}}""";

    @TempDir
    private Path folder;

    private static Optional<Path> program(String name) throws IOException, InterruptedException {
        Optional<Path> installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .findFirst();
        return installed.isPresent() ? installed : unpacked(name);
    }

    private static Optional<Path> unpacked(String name) throws IOException, InterruptedException {
        Path packed = Path.of(System.getProperty("imagegate.shared", "../../../shared"), "tools/bin/" + name + ".xz");
        Path program = Path.of("target/tools", name).toAbsolutePath();
        if (Files.isRegularFile(packed) && !Files.isExecutable(program)) {
            Files.createDirectories(program.getParent());
            int status = new ProcessBuilder(
                            "sh",
                            "-c",
                            "xz -dc $0 > $1.part && chmod +x $1.part && mv $1.part $1",
                            packed.toString(),
                            program.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(status).isZero();
        }
        return Optional.of(program).filter(Files::isExecutable);
    }

    private String start(String name) throws Exception {
        Optional<Path> program = program(name);
        if (program.isEmpty()) {
            System.err.println("WARNING: " + name + " is not installed; no test with a real " + name + " ran");
        }
        assumeTrue(program.isPresent(), name + " is not installed");
        int port = freePort();
        Path config = folder.resolve("config");
        Files.writeString(config, configuration(name, port));
        Process process = new ProcessBuilder(program.orElseThrow().toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        closing(() -> process.destroyForcibly().waitFor());
        String host = "127.0.0.1:" + port;
        for (int i = 0; i < 200 && !answers(host); i++) {
            Thread.sleep(100);
        }
        assertThat(answers(host)).as(Files.readString(folder.resolve("log"))).isTrue();
        return host;
    }

    private String configuration(String name, int port) {
        return name.equals("zot")
                ? "{\"distSpecVersion\":\"1.1.1\",\"storage\":{\"rootDirectory\":\"%s\"},\"http\":{\"address\":\"127.0.0.1\",\"port\":\"%d\"}}"
                        .formatted(folder, port)
                : "version: 0.1\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: \"127.0.0.1:%d\"}\n"
                        .formatted(folder, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
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

    private static Digest pushBlob(String host, byte[] content) throws IOException, InterruptedException {
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

    private static Digest pushManifest(String host, String reference, byte[] content)
            throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(host, "PUT", "/v2/a/b/manifests/" + reference, MediaTypes.OCI_MANIFEST, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Hashes.sha256(content);
    }

    private static byte[] recorded(String hex) throws IOException {
        String file = "/recorded/zot/blobs/sha256/" + hex;
        try (InputStream in = RealRegistriesIT.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("a pushed image is found by its tag, with its metadata and what refers to it")
    void questions(String name) throws Exception {
        String host = start(name);
        byte[] image = recorded("fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
        Digest config = pushBlob(host, recorded("ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c"));
        assertThat(config.hex()).startsWith("ff912c0d");
        pushBlob(host, recorded("c748116dab3c99d11100941d79e57f34f7af7329e89be17b7b32368f0bee0d6b"));
        Digest pushed = pushManifest(host, "1", image);

        Registries registries = open(RegistryEntry.builder(host).plainHttp().build());
        ImageReference reference = ImageReference.parse(host + "/a/b:1");
        assertThat(await(registries.digest(reference)).value()).contains(pushed);
        assertThat(await(registries.digest(ImageReference.parse(host + "/a/b:2")))
                        .state())
                .isEqualTo(Fact.State.ABSENT);
        assertThat(await(registries.digest(ImageReference.parse(host + "/c:1"))).state())
                .isEqualTo(Fact.State.ABSENT);
        ImageMetadata metadata =
                await(registries.metadata(reference, pushed)).value().orElseThrow();
        assertThat(metadata.images()).extracting(PlatformImage::platform).containsExactly("linux/amd64");

        assertThat(await(registries.referrers(reference, pushed)).state()).isEqualTo(Fact.State.ABSENT);
        Digest empty = pushBlob(host, "{}".getBytes(StandardCharsets.UTF_8));
        String referrer = REFERRER.formatted(
                MediaTypes.OCI_MANIFEST, empty, empty, MediaTypes.OCI_MANIFEST, pushed, image.length);
        Digest signature = pushManifest(
                host,
                Hashes.sha256(referrer.getBytes(StandardCharsets.UTF_8)).toString(),
                referrer.getBytes(StandardCharsets.UTF_8));
        Fact<Referrers> found =
                await(open(RegistryEntry.builder(host).plainHttp().build()).referrers(reference, pushed));
        if (name.equals("zot")) {
            assertThat(found.value().orElseThrow().manifests())
                    .extracting(Descriptor::digest)
                    .isEqualTo(List.of(signature));
        } else {
            assertThat(found.state()).as("no client wrote the fallback tag").isEqualTo(Fact.State.ABSENT);
        }
    }
}
