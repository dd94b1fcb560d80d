package io.imagegate.examples.frameworks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A registry on loopback with two images, of which the first is signed as cosign signs. */
final class SignedRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String PAYLOAD = "application/vnd.dev.cosign.simplesigning.v1+json";

    private final Map<String, byte[]> content = new HashMap<>();
    private final HttpServer server;
    private final KeyPair keys;

    SignedRegistry() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        image("acme/web", "1", descriptor("acme/web", CONFIG, config("web")), "");
        String signed = image("acme/api", "1", descriptor("acme/api", CONFIG, config("api")), "");
        sign("acme/api", signed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** {@return the key in PEM} */
    String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] config(String title) {
        return ("{\"os\": \"linux\", \"architecture\": \"amd64\", \"config\": {\"Labels\": {\"title\": \"" + title
                        + "\"}}," + " \"rootfs\": {\"type\": \"layers\", \"diff_ids\": []}}")
                .getBytes(UTF_8);
    }

    private void sign(String repository, String digest) throws GeneralSecurityException {
        byte[] payload =
                ("{\"critical\":{\"identity\":{\"docker-reference\":\"\"},\"image\":{\"docker-manifest-digest\":\""
                                + digest + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                        .getBytes(UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(payload);
        String encoded = Base64.getEncoder().encodeToString(signature.sign());
        String layer = descriptor(repository, PAYLOAD, payload);
        String annotated = layer.substring(0, layer.length() - 1)
                + ",\"annotations\":{\"dev.cosignproject.cosign/signature\":\"" + encoded + "\"}}";
        String config = descriptor(repository, CONFIG, config("signature"));
        image(repository, digest.replace(':', '-') + ".sig", config, annotated);
    }

    private String image(String repository, String tag, String config, String layers) throws GeneralSecurityException {
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":" + config
                        + ",\"layers\":[" + layers + "]}")
                .getBytes(UTF_8);
        String digest = digest(manifest);
        content.put("/v2/" + repository + "/manifests/" + tag, manifest);
        content.put("/v2/" + repository + "/manifests/" + digest, manifest);
        return digest;
    }

    private String descriptor(String repository, String type, byte[] blob) throws GeneralSecurityException {
        String digest = digest(blob);
        content.put("/v2/" + repository + "/blobs/" + digest, blob);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + blob.length + "}";
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte @Nullable [] body = content.get(path);
            if (body == null) {
                exchange.sendResponseHeaders(path.equals("/v2/") ? 200 : 404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", path.contains("/manifests/") ? MANIFEST : "application/octet-stream");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
