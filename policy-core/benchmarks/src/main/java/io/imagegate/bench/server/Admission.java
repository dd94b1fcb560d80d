package io.imagegate.bench.server;

import io.imagegate.bench.Bodies;
import io.imagegate.bench.server.Load.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An AdmissionReview of 2.5 kB that is allowed and one that is denied, beside a server that reads the same body and answers a constant. */
final class Admission {

    static final String ALLOWED = Imagegate.NAME + ", allowed";
    static final String DENIED = Imagegate.NAME + ", denied";
    /** Lines of the log are written, and not kept. */
    private static final Path LOG = Path.of("/dev/null");

    private final int rounds;
    private final int reviews;
    private final Map<String, Load> loads = new LinkedHashMap<>();

    Admission(Path folder, boolean quick) throws IOException {
        this.rounds = quick ? 3 : 5;
        this.reviews = quick ? 10_000 : 60_000;
        loads.put(BareUndertow.NAME, load(folder, true));
        loads.put(ALLOWED, load(folder, true));
        loads.put(DENIED, load(folder, false));
    }

    /** {@return a load of a review that is allowed, or denied} */
    static Load load(Path folder, boolean allowed) throws IOException {
        Path body = folder.resolve(allowed ? "allowed.json" : "denied.json");
        Files.write(body, Bodies.podReview(allowed));
        return new Load(folder, body, "/validate");
    }

    List<ServerBenchmarks.Warm> of(Contestant imagegate, Contestant bare) throws IOException, InterruptedException {
        try (Contestant.Running constant = bare.start(LOG);
                Contestant.Running gate = imagegate.start(LOG)) {
            Map<String, Contestant.Running> servers = Map.of(BareUndertow.NAME, constant, ALLOWED, gate, DENIED, gate);
            List<ServerBenchmarks.Warm> results = new ArrayList<>();
            for (Protocol protocol : Protocol.values()) {
                results.addAll(rounds(servers, protocol));
            }
            return results;
        }
    }

    private List<ServerBenchmarks.Warm> rounds(Map<String, Contestant.Running> servers, Protocol protocol)
            throws IOException, InterruptedException {
        Map<String, List<Load.Result>> results = new LinkedHashMap<>();
        // The first round warms up.
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Load> load : loads.entrySet()) {
                Load.Result result = load.getValue()
                        .send(
                                Objects.requireNonNull(servers.get(load.getKey())),
                                protocol,
                                round == 0 ? 2 * reviews : reviews);
                if (round > 0) {
                    results.computeIfAbsent(load.getKey(), key -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        return results.entrySet().stream()
                .map(entry -> new ServerBenchmarks.Warm(entry.getKey(), protocol.title(), entry.getValue()))
                .toList();
    }
}
