package io.imagegate.signature;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.CachePeriods;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A registry on loopback that has what a test puts there; unknown paths get 404. */
public final class TestRegistry implements AutoCloseable {

    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG =
            "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"sha256:"
                    + "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"size\":2},";
    private static final Crypto CRYPTO = new Crypto(null);

    static {
        // Otherwise small answers take 40 ms, which is what delayed acknowledgements cost.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Content(int status, String type, byte[] body, String digest) {}

    private static final int HANGS = 0;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Content> contents = new ConcurrentHashMap<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, CountDownLatch> together = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private HttpServer server = start(0);
    private final int port = server.getAddress().getPort();

    public TestRegistry() {
        status("/v2/", 200);
    }

    private HttpServer start(int at) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            started.setExecutor(threads);
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(path);
        Content found = contents.getOrDefault(path, new Content(404, "", new byte[0], ""));
        try (exchange) {
            if (found.status == HANGS) {
                closed.await();
            }
            CountDownLatch others = together.get(path);
            if (others != null) {
                others.countDown();
                others.await();
            }
            exchange.getResponseHeaders().set("Content-Type", found.type);
            if (!found.digest.isEmpty()) {
                exchange.getResponseHeaders().set("Docker-Content-Digest", found.digest);
            }
            boolean head = exchange.getRequestMethod().equals("HEAD") || found.body.length == 0;
            exchange.sendResponseHeaders(found.status, head ? -1 : found.body.length);
            if (!head) {
                exchange.getResponseBody().write(found.body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers nothing there until this is closed. */
    public void hang(String path) {
        status(path, HANGS);
    }

    /** Answers these paths when all of them are asked for. */
    public void together(List<String> paths) {
        CountDownLatch all = new CountDownLatch(paths.size());
        paths.forEach(path -> together.put(path, all));
    }

    /** {@return the paths of the manifests of a repository} */
    public List<String> manifests(String repository) {
        return paths("/v2/" + repository + "/manifests/");
    }

    /** {@return the paths of the blobs of a repository} */
    public List<String> blobs(String repository) {
        return paths("/v2/" + repository + "/blobs/");
    }

    private List<String> paths(String begin) {
        return contents.keySet().stream().filter(path -> path.startsWith(begin)).toList();
    }

    /** Refuses connections from now on. */
    public void down() {
        server.stop(0);
    }

    void up() {
        server = start(port);
    }

    /** Answers 503 from now on for the content of a bundle, and when asked whether it is up. */
    public void failsFrom(String repository, TestBundle bundle) {
        status("/v2/", 503);
        Digest blob = sha256(bundle.json().getBytes(StandardCharsets.UTF_8));
        status("/v2/" + repository + "/blobs/" + blob, 503);
    }

    public String host() {
        return "127.0.0.1:" + port;
    }

    public ImageReference image(String repository, Digest digest) {
        return ImageReference.parse(host() + "/" + repository + "@" + digest);
    }

    public Registries open() {
        return open(CachePeriods.DEFAULTS);
    }

    public Registries open(CachePeriods periods) {
        return Registries.of(ImageRegistries.builder()
                .add(RegistryEntry.builder(host()).plainHttp().build())
                .cache(periods)
                .build());
    }

    /** {@return what remembers nothing but what was verified} */
    public static CachePeriods onlyVerified() {
        return CachePeriods.NONE.withVerified(Duration.ofHours(1)).withStaleOnError(Duration.ofHours(24));
    }

    public void status(String path, int status) {
        contents.put(path, new Content(status, "", new byte[0], ""));
    }

    Digest manifest(String repository, String type, byte[] body, String... tags) {
        Digest digest = sha256(body);
        Content content = new Content(200, type, body, digest.toString());
        contents.put("/v2/" + repository + "/manifests/" + digest, content);
        for (String tag : tags) {
            contents.put("/v2/" + repository + "/manifests/" + tag, content);
        }
        return digest;
    }

    Digest blob(String repository, byte[] body) {
        Digest digest = sha256(body);
        contents.put(
                "/v2/" + repository + "/blobs/" + digest,
                new Content(200, "application/octet-stream", body, digest.toString()));
        return digest;
    }

    /** Adds an image, whose content is its name. */
    public Digest image(String repository, String tag, String name) {
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\"," + CONFIG
                + "\"layers\":[],\"annotations\":{\"name\":\"" + name + "\"}}";
        return manifest(repository, MANIFEST, text.getBytes(StandardCharsets.UTF_8), tag);
    }

    /** Adds bundles as referrers of an image, in the place of earlier ones. */
    public void bundles(String repository, Digest image, TestBundle... bundles) {
        list(
                repository,
                image,
                Stream.of(bundles)
                        .map(bundle -> referrer(
                                repository,
                                image,
                                CONFIG,
                                bundle.version,
                                bundle.json().getBytes(StandardCharsets.UTF_8))));
    }

    /** Adds a bundle as the first of many referrers, the others of which nobody can read. */
    public void bundles(String repository, Digest image, int referrers, TestBundle first) {
        byte[] bundle = first.json().getBytes(StandardCharsets.UTF_8);
        list(
                repository,
                image,
                IntStream.range(0, referrers)
                        .mapToObj(i -> i == 0
                                ? referrer(repository, image, CONFIG, first.version, bundle)
                                : "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"sha256:" + "%064x".formatted(i)
                                        + "\",\"size\":1}"));
    }

    /** Adds signatures of Notation as referrers of an image, in the place of earlier ones. */
    void notation(String repository, Digest image, TestNotation... signatures) {
        notationAs("application/vnd.cncf.notary.signature", repository, image, signatures);
    }

    void notationAs(String config, String repository, Digest image, TestNotation... signatures) {
        list(
                repository,
                image,
                Stream.of(signatures)
                        .map(signature -> referrer(
                                repository,
                                image,
                                CONFIG.replace("application/vnd.oci.empty.v1+json", config),
                                TestNotation.COSE,
                                signature.cose())));
    }

    private String referrer(String repository, Digest image, String config, String type, byte[] body) {
        Digest blob = blob(repository, body);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\"," + config
                + "\"layers\":[{\"mediaType\":\"" + type + "\",\"digest\":\"" + blob + "\",\"size\":" + body.length
                + "}],\"subject\":{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + image + "\",\"size\":1}}";
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        Digest digest = manifest(repository, MANIFEST, bytes);
        return "{\"mediaType\":\"" + MANIFEST + "\",\"digest\":\"" + digest + "\",\"size\":" + bytes.length + "}";
    }

    private void list(String repository, Digest image, Stream<String> descriptors) {
        String listed = descriptors.collect(Collectors.joining(","));
        referrers(
                repository,
                image.toString(),
                "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + listed + "]}");
    }

    /** {@return the length of the manifest of an image} */
    long size(String repository, Digest image) {
        return Objects.requireNonNull(contents.get("/v2/" + repository + "/manifests/" + image)).body.length;
    }

    /** Adds payloads of simple signing under cosign's tag, in the place of earlier ones. */
    public void simpleSignatures(String repository, Digest image, TestKey... keys) {
        byte[] payload = ("{\"critical\":{\"identity\":{},\"image\":{\"docker-manifest-digest\":\"" + image
                        + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                .getBytes(StandardCharsets.UTF_8);
        Digest blob = blob(repository, payload);
        String layers = Stream.of(keys)
                .map(key -> "{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\",\"digest\":\"" + blob
                        + "\",\"size\":"
                        + payload.length + ",\"annotations\":{\"dev.cosignproject.cosign/signature\":\""
                        + TestLog.base64(key.sign(payload)) + "\"}}")
                .collect(Collectors.joining(","));
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\"," + CONFIG + "\"layers\":[" + layers + "]}";
        manifest(repository, MANIFEST, manifest.getBytes(StandardCharsets.UTF_8), "sha256-" + image.hex() + ".sig");
    }

    /** Adds a manifest under cosign's tag, many layers of which name the same bundle, with other annotations each. */
    public void repeated(String repository, Digest image, TestBundle bundle, int layers) {
        byte[] body = bundle.json().getBytes(StandardCharsets.UTF_8);
        Digest blob = blob(repository, body);
        String all = IntStream.range(0, layers)
                .mapToObj(i -> "{\"mediaType\":\"" + bundle.version + "\",\"digest\":\"" + blob + "\",\"size\":"
                        + body.length + ",\"annotations\":{\"layer\":\"" + i + "\"}}")
                .collect(Collectors.joining(","));
        String manifest =
                "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\"," + CONFIG + "\"layers\":[" + all + "]}";
        manifest(repository, MANIFEST, manifest.getBytes(StandardCharsets.UTF_8), "sha256-" + image.hex() + ".sig");
    }

    /** Adds the answer of the referrers API. */
    void referrers(String repository, String digest, String index) {
        contents.put(
                "/v2/" + repository + "/referrers/" + digest,
                new Content(200, INDEX, index.getBytes(StandardCharsets.UTF_8), ""));
    }

    private static Digest sha256(byte[] body) {
        return Digest.parse("sha256:" + Hex.encode(CRYPTO.digest(HashAlgorithm.SHA256, body)));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
