package io.imagegate.bench;

import io.imagegate.bench.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.json.JsonMapper;

/** Runs the library's benchmarks and surveys, and leaves {@code jmh.json} and {@code surveys.json} in a folder. */
public final class CoreBenchmarks {

    /** The file of what ran on another Java. */
    public static final String OTHER = "jmh-other.json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String SIGNATURES = SignatureBenchmark.class.getName() + ".keyless";

    private static final String SIGNATURES_BY_JDK =
            SignatureBenchmark.class.getName() + "\\.(key|bareKey|keyless|bareKeyless)$";

    private CoreBenchmarks() {}

    /**
     * Runs everything.
     *
     * @param arguments the folder, then perhaps a regular expression for the JMH benchmarks to run
     * @throws IOException when the folder cannot be written to
     * @throws RunnerException when a benchmark fails
     * @throws InterruptedException when asked to end
     */
    public static void main(String[] arguments) throws IOException, RunnerException, InterruptedException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        // For the peer written in Go.
        MAPPER.writeValue(folder.resolve("references.json"), References.realistic());
        Files.write(folder.resolve("review.json"), Bodies.recorded());
        String which = arguments.length > 1 ? arguments[1] : ".*";
        List<SigstoreGo.Result> go =
                Pattern.compile(which).matcher(SIGNATURES).find() ? SigstoreGo.measure(folder) : List.of();
        if (arguments.length == 1) {
            MAPPER.writeValue(
                    folder.resolve("surveys.json"),
                    surveys(go, ColdSignatures.measure(), ColdDecisions.measure(folder)));
        }
        new Runner(options(folder, which)).run();
        String other = System.getProperty("bench.other.java", "");
        Files.deleteIfExists(folder.resolve(OTHER));
        if (arguments.length == 1 && !other.isBlank()) {
            new Runner(new OptionsBuilder()
                            .parent(options(folder, SIGNATURES_BY_JDK))
                            .param("provider", "jdk")
                            .jvm(other)
                            .result(folder.resolve(OTHER).toString())
                            .build())
                    .run();
        }
    }

    private static Map<String, Object> surveys(
            List<SigstoreGo.Result> go, List<ColdSignatures.Result> cold, ColdDecisions.Result decisions)
            throws InterruptedException {
        List<Vector> vectors = Vector.every(Boolean.getBoolean("bench.quick") ? 20 : 1);
        List<Agreement.Result> agreement = new ArrayList<>();
        List<Hostile.Result> hostile = new ArrayList<>();
        for (Peer peer : Peer.values()) {
            Agreement.Result result = Agreement.of(peer, vectors);
            System.out.println(result);
            agreement.add(result);
            hostile.addAll(Hostile.endings(peer));
        }
        return Map.of(
                "vectors",
                vectors.size(),
                "agreement",
                agreement,
                "hostile",
                hostile,
                "growth",
                Hostile.growth(),
                "sigstoreGo",
                go,
                "coldSignatures",
                cold,
                "coldDecisions",
                decisions);
    }

    private static Options options(Path folder, String which) {
        // Another run on the machine disturbs the figures, but is no reason to stop: nobody may be there to read it.
        System.setProperty("jmh.ignoreLock", "true");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(which)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-Xms1g",
                        "-Xmx1g",
                        "-Dimagegate.shared=" + ConformanceCase.shared(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/sun.security.provider=ALL-UNNAMED",
                        "--add-opens=java.base/sun.security.util=ALL-UNNAMED")
                .shouldFailOnError(true)
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve("jmh.json").toString());
        if (!ConformanceCase.areThere()) {
            System.err.println("SKIPPED: keyless signatures, because " + ConformanceCase.cases() + " is not there;"
                    + " -Dimagegate.shared=FOLDER names another folder");
            options.exclude("SignatureBenchmark.*[kK]eyless");
        }
        return Boolean.getBoolean("bench.quick")
                ? options.forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.milliseconds(300))
                        .measurementIterations(2)
                        .measurementTime(TimeValue.milliseconds(300))
                        .build()
                : options.warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .build();
    }
}
