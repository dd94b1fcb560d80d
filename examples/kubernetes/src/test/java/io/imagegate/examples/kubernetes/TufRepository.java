package io.imagegate.examples.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The source from which cosign gets a trusted root: a repository of The Update Framework, served over HTTP. */
final class TufRepository implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();
    private static final int RAW_KEY_BYTES = 32;

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    private final InetSocketAddress address;
    private @Nullable HttpServer server;
    private int version;

    TufRepository(String host, int port) throws GeneralSecurityException {
        address = new InetSocketAddress(host, port);
        sign("1.root", root(publicKey()));
    }

    void serve() throws IOException {
        HttpServer started = HttpServer.create(address, 0);
        started.createContext("/", exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath().substring(1));
            exchange.sendResponseHeaders(file == null ? 404 : 200, file == null ? -1 : file.length);
            if (file != null) {
                exchange.getResponseBody().write(file);
            }
            exchange.close();
        });
        started.start();
        server = started;
    }

    String url() {
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    /** What a user who trusts this source is given once. */
    String root() {
        return new String(files.get("1.root.json"), UTF_8);
    }

    /** Publishes another trusted root in place of the one before. */
    void publish(byte[] trustedRoot) throws GeneralSecurityException {
        version++;
        String hash = HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(trustedRoot));
        files.put("targets/" + hash + ".trusted_root.json", trustedRoot);
        Map<String, Object> target = Map.of("length", trustedRoot.length, "hashes", Map.of("sha256", hash));
        sign(
                version + ".targets",
                metadata("targets", version, Map.of("targets", Map.of("trusted_root.json", target))));
        sign(version + ".snapshot", metadata("snapshot", version, meta("targets.json")));
        sign("timestamp", metadata("timestamp", version, meta("snapshot.json")));
    }

    private Map<String, Object> meta(String file) {
        return Map.of("meta", Map.of(file, Map.of("version", version)));
    }

    private static Map<String, Object> root(Map<String, Object> key) throws GeneralSecurityException {
        String id = id(key);
        Map<String, Object> role = Map.of("keyids", List.of(id), "threshold", 1);
        Map<String, Object> roles = Map.of("root", role, "targets", role, "snapshot", role, "timestamp", role);
        return metadata("root", 1, Map.of("consistent_snapshot", true, "keys", Map.of(id, key), "roles", roles));
    }

    private static Map<String, Object> metadata(String type, int version, Map<String, Object> more) {
        Map<String, Object> metadata = new TreeMap<>(more);
        metadata.put("_type", type);
        metadata.put("spec_version", "1.0.31");
        metadata.put("version", version);
        metadata.put(
                "expires",
                Instant.now()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .plus(Duration.ofDays(1))
                        .toString());
        return metadata;
    }

    private Map<String, Object> publicKey() {
        byte[] encoded = key.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY_BYTES, encoded.length);
        return Map.of("keytype", "ed25519", "scheme", "ed25519", "keyval", Map.of("public", HEX.formatHex(raw)));
    }

    private static String id(Map<String, Object> key) throws GeneralSecurityException {
        return HEX.formatHex(
                MessageDigest.getInstance("SHA-256").digest(json(key).getBytes(UTF_8)));
    }

    private void sign(String name, Map<String, Object> metadata) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key.getPrivate());
        signature.update(json(metadata).getBytes(UTF_8));
        Map<String, Object> signed = Map.of(
                "signed",
                metadata,
                "signatures",
                List.of(Map.of("keyid", id(publicKey()), "sig", HEX.formatHex(signature.sign()))));
        files.put(name + ".json", json(signed).getBytes(UTF_8));
    }

    /** Canonical JSON of objects whose text needs no escapes. */
    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                            .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(TufRepository::json).collect(Collectors.joining(",", "[", "]"));
        }
        return value instanceof String ? "\"" + value + "\"" : value.toString();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
