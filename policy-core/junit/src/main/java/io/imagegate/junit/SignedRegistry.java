package io.imagegate.junit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Registry for tests, on a free port of the loopback address, without Docker. Its images have no layers; some are signed with its
 * key, as cosign signs. Thread-safe.
 *
 * <pre>{@code
 * try (SignedRegistry registry = SignedRegistry.start()) {
 *     String signed = registry.addSigned("acme/api:1");
 *     String unsigned = registry.add("acme/web:1");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class SignedRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String NO_LAYERS = "";

    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final KeyPair keys;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Duration delay = Duration.ZERO;

    private SignedRegistry(HttpServer server, KeyPair keys) {
        this.server = server;
        this.keys = keys;
    }

    /**
     * Starts a registry with a new key and no image.
     *
     * @return the registry; to be closed
     * @throws UncheckedIOException if it cannot listen
     */
    public static SignedRegistry start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            SignedRegistry registry = new SignedRegistry(server, newKeys());
            server.setExecutor(registry.threads);
            server.createContext("/", registry::answer);
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no keys on the curve P-256", e);
        }
    }

    /** {@return host and port, such as {@code 127.0.0.1:41235}} */
    public String host() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** {@return the public key of its signatures, in PEM} */
    public String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /**
     * {@return a file {@code registries.yaml} that names this registry and no other}
     *
     * @param folder where it is written
     */
    public Path writeRegistries(Path folder) {
        try {
            return Files.writeString(folder.resolve("registries.yaml"), """
                    apiVersion: imagegate.io/v1alpha1
                    kind: ImageRegistries
                    metadata: {name: registries}
                    spec: {registries: [{host: "%s", plainHttp: true}]}
                    """.formatted(host()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds an image without a signature; one that has the name is replaced.
     *
     * @param image repository and tag, such as {@code acme/api:1}
     * @return its name in this registry: {@code 127.0.0.1:41235/acme/api:1}
     * @throws io.imagegate.reference.ReferenceSyntaxException if this is no name of an image
     */
    public String add(String image) {
        ImageReference reference = reference(image);
        put(reference);
        return reference.text();
    }

    /**
     * Adds an image, and signs it; one that has the name is replaced.
     *
     * @param image repository and tag, such as {@code acme/api:1}
     * @return its name in this registry: {@code 127.0.0.1:41235/acme/api:1}
     * @throws io.imagegate.reference.ReferenceSyntaxException if this is no name of an image
     */
    public String addSigned(String image) {
        ImageReference reference = reference(image);
        sign(reference.repository(), put(reference));
        return reference.text();
    }

    /**
     * Delays each answer from now on, as a registry does that is far away.
     *
     * @param time how long a request waits for its answer
     */
    public void delay(Duration time) {
        delay = time;
    }

    private ImageReference reference(String image) {
        return ImageReference.parse(host() + "/" + image);
    }

    private Digest put(ImageReference image) {
        String tag = image.tag().orElse("latest");
        // Two images never have the same content, so that a signature is of one of them alone.
        return manifest(image.repository(), tag, config(image.repository() + ":" + tag), NO_LAYERS);
    }

    private void sign(String repository, Digest digest) {
        byte[] payload =
                ("{\"critical\":{\"identity\":{\"docker-reference\":\"\"},\"image\":{\"docker-manifest-digest\":\""
                                + digest + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                        .getBytes(UTF_8);
        String layer = descriptor(repository, PAYLOAD, payload);
        String annotated = layer.substring(0, layer.length() - 1)
                + ",\"annotations\":{\"dev.cosignproject.cosign/signature\":\"" + signature(payload) + "\"}}";
        manifest(repository, digest.toString().replace(':', '-') + ".sig", config("signature"), annotated);
    }

    private String signature(byte[] payload) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(payload);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] config(String title) {
        return ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"title\":\"" + title
                        + "\"}},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}")
                .getBytes(UTF_8);
    }

    private Digest manifest(String repository, String tag, byte[] config, String layers) {
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                        + descriptor(repository, CONFIG, config) + ",\"layers\":[" + layers + "]}")
                .getBytes(UTF_8);
        Digest digest = digest(manifest);
        content.put("/v2/" + repository + "/manifests/" + tag, manifest);
        content.put("/v2/" + repository + "/manifests/" + digest, manifest);
        return digest;
    }

    private String descriptor(String repository, String type, byte[] blob) {
        Digest digest = digest(blob);
        content.put("/v2/" + repository + "/blobs/" + digest, blob);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + blob.length + "}";
    }

    private static Digest digest(byte[] bytes) {
        try {
            return Digest.parse("sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Thread.sleep(delay.toMillis());
            String path = exchange.getRequestURI().getPath();
            byte @Nullable [] body = content.get(path);
            if (body == null) {
                exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
                return;
            }
            boolean manifest = path.contains("/manifests/");
            exchange.getResponseHeaders().set("Content-Type", manifest ? MANIFEST : "application/octet-stream");
            if (manifest) {
                exchange.getResponseHeaders()
                        .set("Docker-Content-Digest", digest(body).toString());
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the registry. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
