package io.imagegate.war;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a real registry returned for an image that cosign had signed in one repository, and not in the other. */
final class SignedImagesRegistry implements AutoCloseable {

    private static final Path RECORDED = Path.of("../../policy-core/signature/src/test/resources/recorded");
    private static final String IMAGE = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String REFERRERS = "sha256:f86df5b6f1c13bd5823b24324392f5a7d2f106b429b4aabef020c5220d15f5f0";

    private static final Map<String, String> TAGS = Map.of(
            "acme/key/manifests/1.0.0",
            IMAGE,
            "acme/key/manifests/" + IMAGE.replace(':', '-'),
            REFERRERS,
            "acme/none/manifests/1.0.0",
            IMAGE);

    private static final Pattern CONTENT =
            Pattern.compile("acme/(?:key|none)/(?:manifests|blobs)/(sha256:[0-9a-f]{64})");
    private static final Pattern MEDIA_TYPE = Pattern.compile("\"mediaType\": ?\"(application/vnd.oci.image[^\"]+)\"");

    private final HttpServer server;

    SignedImagesRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/v2/".length());
        Matcher content = CONTENT.matcher(path);
        String digest = TAGS.getOrDefault(path, content.matches() ? content.group(1) : "");
        try (exchange) {
            Path blob = RECORDED.resolve("docker-registry/blobs/sha256")
                    .resolve(digest.isEmpty() ? "none" : digest.substring("sha256:".length()));
            if (!Files.exists(blob)) {
                exchange.sendResponseHeaders(path.isEmpty() ? 200 : 404, -1);
                return;
            }
            byte[] body = Files.readAllBytes(blob);
            Matcher type = MEDIA_TYPE.matcher(new String(body, StandardCharsets.ISO_8859_1));
            exchange.getResponseHeaders().set("Content-Type", type.find() ? type.group(1) : "application/octet-stream");
            exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** {@return its name in references} */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the public key of a signer: the first signed the image, the second did not} */
    static byte[] key(int number) throws IOException {
        return Files.readAllBytes(RECORDED.resolve("keys/" + number + ".pub"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
