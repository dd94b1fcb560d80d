package io.imagegate.bench.server;

import io.imagegate.bench.Bodies;
import io.imagegate.bench.server.Contestant.Running;
import io.imagegate.bench.server.Load.Protocol;
import io.imagegate.bench.server.ServerBenchmarks.Warm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An AdmissionReview of 2.5 kB that is allowed and one that is denied, beside a server that reads the same body and answers a constant, and
 * beside Open Policy Agent, if it is there.
 */
final class Admission {

    static final String ALLOWED = Imagegate.NAME + ", allowed";
    static final String DENIED = Imagegate.NAME + ", denied";
    static final String COLD = Imagegate.NAME + ", allowed, the first 10,000";
    static final String OPA_ALLOWED = Opa.NAME + ", allowed";
    static final String OPA_DENIED = Opa.NAME + ", denied";
    static final String OPA_COLD = Opa.NAME + ", allowed, the first 10,000";
    /** Lines of the log are written, and not kept. */
    private static final Path LOG = Path.of("/dev/null");

    private static final int COLD_REVIEWS = 10_000;
    private static final int STARTS = 3;
    private static final String PATH = "/validate";

    /** What is sent to which server, so many times a round. */
    private record Side(String name, Running server, Load load, int reviews) {}

    private final Path folder;
    private final Client client;
    private final int rounds;
    private final int reviews;

    Admission(Path folder, Client client, boolean quick) {
        this.folder = folder;
        this.client = client;
        this.rounds = quick ? 3 : 5;
        this.reviews = quick ? 10_000 : 60_000;
    }

    /** {@return a load of a review that is allowed, or denied} */
    static Load load(Path folder, boolean allowed) throws IOException {
        return load(folder, PATH, allowed);
    }

    private static Load load(Path folder, String path, boolean allowed) throws IOException {
        Path body = folder.resolve(allowed ? "allowed.json" : "denied.json");
        Files.write(body, Bodies.podReview(allowed));
        return new Load(folder, body, path);
    }

    List<Warm> of(Contestant imagegate, Contestant bare, Optional<Contestant> opa)
            throws IOException, InterruptedException {
        List<Warm> results = new ArrayList<>();
        try (Running constant = bare.start(LOG);
                Running gate = started(imagegate, PATH)) {
            List<Side> sides = new ArrayList<>(List.of(
                    new Side(BareUndertow.NAME, constant, load(folder, true), reviews),
                    new Side(ALLOWED, gate, load(folder, true), reviews),
                    new Side(DENIED, gate, load(folder, false), reviews)));
            if (opa.isEmpty()) {
                results.addAll(warm(sides));
            } else {
                try (Running agent = started(opa.get(), Opa.PATH)) {
                    // It takes ten times as long.
                    sides.add(new Side(OPA_ALLOWED, agent, load(folder, Opa.PATH, true), reviews / 10));
                    sides.add(new Side(OPA_DENIED, agent, load(folder, Opa.PATH, false), reviews / 10));
                    results.addAll(warm(sides));
                }
            }
        }
        if (opa.isPresent()) {
            for (Protocol protocol : Protocol.values()) {
                results.addAll(cold(imagegate, opa.get(), protocol));
            }
        }
        return results;
    }

    private List<Warm> warm(List<Side> sides) throws IOException, InterruptedException {
        List<Warm> results = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            results.addAll(warm(sides, protocol));
        }
        return results;
    }

    private List<Warm> warm(List<Side> sides, Protocol protocol) throws IOException, InterruptedException {
        Map<String, List<Load.Result>> results = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
            for (Side side : sides) {
                Load.Result result =
                        side.load.send(side.server, protocol, round == 0 ? 2 * side.reviews : side.reviews);
                if (round > 0) {
                    results.computeIfAbsent(side.name, key -> new ArrayList<>()).add(result);
                }
            }
        }
        return warm(results, protocol);
    }

    /** What a process takes for its first reviews, after each start and in clusters where few pods are made. */
    private List<Warm> cold(Contestant imagegate, Contestant opa, Protocol protocol)
            throws IOException, InterruptedException {
        Map<String, List<Load.Result>> results = new LinkedHashMap<>();
        for (int start = 0; start < STARTS; start++) {
            results.computeIfAbsent(COLD, key -> new ArrayList<>()).add(cold(imagegate, PATH, protocol));
            results.computeIfAbsent(OPA_COLD, key -> new ArrayList<>()).add(cold(opa, Opa.PATH, protocol));
        }
        return warm(results, protocol);
    }

    private Load.Result cold(Contestant contestant, String path, Protocol protocol)
            throws IOException, InterruptedException {
        try (Running server = started(contestant, path)) {
            return load(folder, path, true).send(server, protocol, COLD_REVIEWS);
        }
    }

    private Running started(Contestant contestant, String path) throws IOException, InterruptedException {
        Running server = contestant.start(LOG);
        client.require(server.port(), path, Bodies.podReview(true), true);
        client.require(server.port(), path, Bodies.podReview(false), false);
        return server;
    }

    private static List<Warm> warm(Map<String, List<Load.Result>> results, Protocol protocol) {
        return results.entrySet().stream()
                .map(entry -> new Warm(entry.getKey(), protocol.title(), entry.getValue()))
                .toList();
    }
}
