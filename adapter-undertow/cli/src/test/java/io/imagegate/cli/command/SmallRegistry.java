package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A registry over plain HTTP on loopback, with images of a platform and an age. */
public final class SmallRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final HttpServer server;
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>(Map.of("/v2/", new byte[0]));
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile String authorization = "";
    private volatile boolean gotCredentials;
    private volatile Duration delay = Duration.ZERO;

    SmallRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the path of a new file of kind ImageRegistries that names this registry alone} */
    String configuration(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [{host: "%s", plainHttp: true}]}
                """.formatted(host()))
                .toString();
    }

    /** Adds an image {@code app} with a tag. */
    void add(String tag, Instant created) {
        String config = "{\"created\": \"" + created + "\", \"os\": \"linux\", \"architecture\": \"amd64\"}";
        String manifest = """
                {"schemaVersion": 2, "mediaType": "%s", "layers": [],
                 "config": {"mediaType": "%s", "digest": "%s", "size": %d}}
                """.formatted(MANIFEST, CONFIG, digest(config.getBytes(UTF_8)), config.length());
        contents.put("/v2/app/blobs/" + digest(config.getBytes(UTF_8)), config.getBytes(UTF_8));
        contents.put("/v2/app/manifests/" + digest(manifest.getBytes(UTF_8)), manifest.getBytes(UTF_8));
        contents.put("/v2/app/manifests/" + tag, manifest.getBytes(UTF_8));
    }

    /** Adds a manifest of nothing under tags. {@return its digest} */
    String addManifest(String repository, String... tags) {
        byte[] manifest = "{\"schemaVersion\":2}".getBytes(UTF_8);
        for (String tag : tags) {
            addManifest(repository, tag, MANIFEST, manifest);
        }
        return digest(manifest);
    }

    /** Adds a manifest under a tag and its digest. */
    public void addManifest(String repository, String tag, String type, byte[] content) {
        for (String name : List.of(tag, digest(content))) {
            contents.put("/v2/" + repository + "/manifests/" + name, content);
            types.put("/v2/" + repository + "/manifests/" + name, type);
        }
    }

    void addBlob(String repository, byte[] content) {
        contents.put("/v2/" + repository + "/blobs/" + digest(content), content);
    }

    /** Removes a tag, and no manifest. */
    public void removeTag(String repository, String tag) {
        contents.remove("/v2/" + repository + "/manifests/" + tag);
    }

    /** Answers each request so long after the one before. */
    void slowDown(Duration each) {
        delay = each;
    }

    /** Demands a user name and a password, with a colon between them. */
    void require(String userAndPassword) {
        authorization = "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
    }

    /** {@return whether somebody sent any credentials} */
    boolean gotCredentials() {
        return gotCredentials;
    }

    int requests() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        LockSupport.parkNanos(delay.toNanos());
        String sent = exchange.getRequestHeaders().getFirst("Authorization");
        gotCredentials |= sent != null;
        if (!authorization.isEmpty() && !authorization.equals(sent)) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"test\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
            return;
        }
        String path = exchange.getRequestURI().getPath();
        byte[] content = contents.get(path);
        try (exchange) {
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest(content));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Type",
                            types.getOrDefault(
                                    path, path.contains("/manifests/") ? MANIFEST : "application/octet-stream"));
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
