package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An API server over plain HTTP on loopback, which lists objects in pages. */
public final class FakeApiServer implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Listed> lists = new ConcurrentHashMap<>();
    private final Map<String, String> groups = new ConcurrentHashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private final List<Answer> before = Collections.synchronizedList(new ArrayList<>());

    /** A list: its kind, how many objects it has, and each of them in JSON. */
    private record Listed(String kind, int count, IntFunction<String> objects) {}

    /**
     * An answer that is given once, in place of a page.
     *
     * @param request part of the request that gets it
     * @param status its status
     * @param header a header and its value, or null
     * @param body its body; half of it is sent if it ends in a tilde
     */
    public record Answer(
            String request, int status, @Nullable List<String> header, String body) {}

    public FakeApiServer() throws IOException {
        this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    /** {@return a server over TLS that wants a client certificate if it is given authorities} */
    static FakeApiServer overTls(SSLContext tls, boolean wantsCertificate) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters settings = tls.getDefaultSSLParameters();
                settings.setNeedClientAuth(wantsCertificate);
                parameters.setSSLParameters(settings);
            }
        });
        return new FakeApiServer(https);
    }

    private FakeApiServer(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.start();
        group("", "/api/v1", resource("pods", "Pod"), resource("replicationcontrollers", "ReplicationController"));
        group(
                "apps",
                "/apis/apps/v1",
                resource("deployments", "Deployment"),
                resource("deployments/scale", "Scale"),
                resource("replicasets", "ReplicaSet"));
    }

    public static String resource(String name, String kind) {
        return "{\"name\":\"" + name + "\",\"kind\":\"" + kind + "\",\"namespaced\":true,\"verbs\":[\"get\",\"list\"]}";
    }

    /** Adds an API group with one version. */
    public void group(String name, String path, String... resources) {
        groups.put(path, "{\"kind\":\"APIResourceList\",\"resources\":[" + String.join(",", resources) + "]}");
        if (!name.isEmpty()) {
            groups.put("group " + name, path.substring("/apis/".length()));
        }
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort();
    }

    /** Lists objects under a path. */
    public void list(String path, String kind, String... objects) {
        list(path, kind, objects.length, i -> objects[i]);
    }

    public void list(String path, String kind, int count, IntFunction<String> objects) {
        lists.put(path, new Listed(kind, count, objects));
    }

    /** Gives an answer once, in place of a page. */
    public void once(Answer answer) {
        before.add(answer);
    }

    /** {@return paths and queries of all requests} */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestURI().toString();
            requests.add(request);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer special = before.stream()
                    .filter(answer -> request.contains(answer.request()))
                    .findFirst()
                    .orElse(null);
            if (special != null) {
                before.remove(special);
                send(exchange, special);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/apis")) {
                send(exchange, new Answer("", 200, null, groups()));
            } else if (groups.containsKey(path)) {
                send(exchange, new Answer("", 200, null, groups.get(path)));
            } else {
                page(exchange, lists.getOrDefault(path, new Listed("List", 0, i -> "")));
            }
        }
    }

    private String groups() {
        return groups.entrySet().stream()
                .filter(group -> group.getKey().startsWith("group "))
                .map(group ->
                        "{\"name\":\"%1$s\",\"versions\":[{\"groupVersion\":\"%2$s\"}],\"preferredVersion\":{\"groupVersion\":\"%2$s\"}}"
                                .formatted(group.getKey().substring("group ".length()), group.getValue()))
                .collect(Collectors.joining(",", "{\"kind\":\"APIGroupList\",\"groups\":[", "]}"));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        List<String> header = answer.header();
        if (header != null) {
            exchange.getResponseHeaders().set(header.get(0), header.get(1));
        }
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        boolean half = answer.body().endsWith("~");
        exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
    }

    private static void page(HttpExchange exchange, Listed list) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int end = Math.min(list.count(), from + Integer.parseInt(query.getOrDefault("limit", "500")));
        String next = end < list.count() ? "\"continue\":\"" + end + "\"," : "";
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
            out.write(("{\"kind\":\"" + list.kind() + "\",\"apiVersion\":\"v1\",\"metadata\":{" + next
                            + "\"resourceVersion\":\"1\"},\"items\":[")
                    .getBytes(UTF_8));
            for (int i = from; i < end; i++) {
                out.write(((i == from ? "" : ",") + list.objects().apply(i)).getBytes(UTF_8));
            }
            out.write("]}\n".getBytes(UTF_8));
        }
    }

    private static Map<String, String> query(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return values;
    }

    /** {@return a pod with one container, or a template of one, owned by a controller if the uid of one is given} */
    public static String pod(String name, String uid, String owner, String image) {
        return "{\"metadata\":" + metadata(name, uid, owner) + ",\"spec\":" + spec(image) + "}";
    }

    public static String workload(String name, String uid, String owner, String image) {
        return "{\"metadata\":" + metadata(name, uid, owner) + ",\"spec\":{\"template\":{\"spec\":" + spec(image)
                + "}}}";
    }

    private static String metadata(String name, String uid, String owner) {
        String owners = owner.isEmpty()
                ? ""
                : ",\"ownerReferences\":[{\"kind\":\"X\",\"name\":\"x\",\"uid\":\"" + owner
                        + "\",\"controller\":true}]";
        return "{\"name\":\"" + name + "\",\"namespace\":\"shop\",\"uid\":\"" + uid + "\"" + owners + "}";
    }

    private static String spec(String image) {
        return "{\"containers\":[{\"name\":\"web\",\"image\":\"" + image + "\"}]}";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
