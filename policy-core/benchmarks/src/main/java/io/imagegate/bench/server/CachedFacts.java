package io.imagegate.bench.server;

import io.imagegate.bench.Bodies;
import io.imagegate.bench.server.Load.Protocol;
import io.imagegate.bench.server.ServerBenchmarks.Warm;
import io.imagegate.junit.SignedRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reviews of a signed image whose signature was verified before, beside reviews of the same body by a policy on names. */
final class CachedFacts {

    static final String SIGNED = "signature, facts cached";
    static final String NAMES = "names";

    private final Imagegate imagegate;
    private final Client client;
    private final Path folder;
    private final int rounds;
    private final int seconds;

    CachedFacts(Imagegate imagegate, Client client, Path folder, boolean quick) {
        this.imagegate = imagegate;
        this.client = client;
        this.folder = folder;
        this.rounds = quick ? 1 : 5;
        this.seconds = quick ? 2 : 3;
    }

    /** Measures two servers in turns; {@return what came of each, by protocol} */
    List<Warm> of(String java) throws IOException, InterruptedException {
        try (SignedRegistry registry = SignedRegistry.start()) {
            String image = signed(registry);
            Path body = Files.write(folder.resolve("signed-review.json"), body(image));
            Files.writeString(folder.resolve("cached-facts.pub"), registry.publicKey());
            String registries = registry.writeRegistries(folder).toString();
            String bySignature = policy(
                    SIGNED,
                    "signers: {release: {keys: [{file: cached-facts.pub}]}}\n"
                            + "  rules: [{name: signed, signature: {by: [$release]}}]");
            String byName = policy(NAMES, "rules: [{name: own, allow: [\"" + registry.host() + "/**\"]}]");
            try (Contestant.Running signed = start(java, image, bySignature, "--registries", registries);
                    Contestant.Running names = start(java, image, byName)) {
                return measure(new Load(folder, body, "/image_policy"), signed, names);
            }
        }
    }

    private List<Warm> measure(Load load, Contestant.Running signed, Contestant.Running names)
            throws IOException, InterruptedException {
        List<Warm> results = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            List<Load.Result> bySignature = new ArrayList<>();
            List<Load.Result> byName = new ArrayList<>();
            load.put(signed, protocol, 3 * seconds);
            load.put(names, protocol, 3 * seconds);
            for (int i = 0; i < rounds; i++) {
                bySignature.add(load.put(signed, protocol, seconds));
                byName.add(load.put(names, protocol, seconds));
            }
            results.add(new Warm(SIGNED, protocol.title(), bySignature));
            results.add(new Warm(NAMES, protocol.title(), byName));
        }
        results.forEach(System.out::println);
        return results;
    }

    private Contestant.Running start(String java, String image, String policy, String... more)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("--policy", policy));
        options.addAll(List.of(more));
        Contestant.Running server =
                imagegate.asTheImageStarts(Imagegate.NAME, java).with(options).start(folder.resolve("servers.log"));
        client.require(server.port(), image, true);
        client.require(server.port(), "nginx:1.17.1", false);
        return server;
    }

    private static byte[] body(String image) {
        return new String(Bodies.recorded(), StandardCharsets.UTF_8)
                .replace("nginx:1.17.1", image)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** {@return a signed image, by digest} */
    private static String signed(SignedRegistry registry) throws IOException, InterruptedException {
        registry.addSigned("acme/api:1");
        URI manifest = URI.create("http://" + registry.host() + "/v2/acme/api/manifests/1");
        String digest = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(manifest).build(), BodyHandlers.discarding())
                .headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow();
        return registry.host() + "/acme/api@" + digest;
    }

    private String policy(String name, String spec) throws IOException {
        return Files.writeString(folder.resolve(name.replaceAll("[ ,]+", "-") + ".yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: measured}
                spec:
                  %s
                """.formatted(spec))
                .toString();
    }
}
