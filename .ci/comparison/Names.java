package comparison;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Serves with a built jar, sends it reviews, and writes the names of its metrics with their labels, and of the fields of its log. */
final class Names {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: names}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true}}
                - {name: there, match: {images: ["127.0.0.1:1/**"]}, image: {exists: true}, onUnavailable: warn}
                - {name: known, enforce: warn, allow: ["ghcr.io/**"]}
                - {name: digest, enforce: audit, digest: {required: true}}
              breakGlass: {annotation: ticket.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: [prod]}
              mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}]}
            """;
    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: local}
            spec: {registries: [{host: "127.0.0.1:1", plainHttp: true}], limits: {timeout: 1s}}
            """;
    private static final Pattern URLS = Pattern.compile("(https://[^ ;\n]+)/image_policy[\\s\\S]*probes and metrics: (http://\\S+)");

    private Names() {}

    public static void main(String[] words) throws Exception {
        Path jar = Path.of(words[0]);
        Path folder = Files.createTempDirectory("names-");
        Path output = folder.resolve("output");
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.writeString(folder.resolve("registries.yaml"), REGISTRIES);
        start(jar, folder.resolve("certs"), "certs", "--out", folder.toString(), "--host", "127.0.0.1").waitFor();
        Process server = start(jar, output, "serve", "--host", "127.0.0.1", "--port", "0", "--management-port", "0",
                "--tls-cert", folder.resolve("webhook.pem").toString(), "--tls-key", folder.resolve("webhook-key.pem").toString(),
                "--policy", folder.resolve("policy.yaml").toString(), "--registries", folder.resolve("registries.yaml").toString(),
                "--log-decisions", "all", "--log-format", "json");
        try {
            Matcher urls = urls(server, output);
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
            Reviews reviews = new Reviews();
            for (int i = 0; i < 300; i++) {
                post(client, urls.group(1) + (i % 2 == 0 ? "/mutate" : "/validate"), reviews.next());
            }
            post(client, urls.group(1) + "/validate", reviews.next().replaceFirst("\"image\":\"[^\"]*\"", "\"image\":\"127.0.0.1:1/a:1\""));
            post(client, urls.group(1) + "/validate", "{");
            post(client, urls.group(1) + "/nothing", "{}");
            try (Socket plain = new Socket("127.0.0.1", URI.create(urls.group(1)).getPort())) {
                plain.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                plain.getInputStream().read();
            }
            String metrics = client.send(
                            HttpRequest.newBuilder(URI.create(urls.group(2) + "/metrics")).build(), BodyHandlers.ofString())
                    .body();
            Set<String> names = new TreeSet<>();
            Pattern.compile("(?m)^# TYPE (imagegate_\\w+ \\w+)$").matcher(metrics).results().forEach(type -> names.add("metric " + type.group(1)));
            Pattern.compile("(?m)^(imagegate_\\w+)\\{(.*)\\} ").matcher(metrics).results().forEach(sample ->
                    Pattern.compile("(\\w+)=\"").matcher(sample.group(2)).results()
                            .forEach(label -> names.add("metric " + sample.group(1) + " label " + label.group(1))));
            Pattern.compile("[{,]\"([\\w-]+)\":").matcher(Files.readString(output)).results()
                    .forEach(field -> names.add("log field " + field.group(1)));
            Files.write(Path.of(words[1]), new ArrayList<>(names));
        } finally {
            server.destroy();
            server.waitFor(20, TimeUnit.SECONDS);
            server.destroyForcibly();
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Process start(Path jar, Path output, String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), "-jar", jar.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }

    private static Matcher urls(Process server, Path output) throws IOException, InterruptedException {
        for (int i = 0; i < 3000 && server.isAlive(); i++) {
            Matcher urls = URLS.matcher(Files.readString(output).replace("\\n", "\n").replace("\"", "\n"));
            if (urls.find()) {
                return urls;
            }
            Thread.sleep(20);
        }
        throw new IOException("does not serve: " + Files.readString(output));
    }

    private static void post(HttpClient client, String url, String body) throws IOException, InterruptedException {
        client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.discarding());
    }

    /** A client that accepts every certificate: the server has one of an authority that was made for it. */
    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
        return context;
    }

    private static final class Trusting extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
