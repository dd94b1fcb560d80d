package io.imagegate.bench;

import io.imagegate.junit.SignedRegistry;
import io.imagegate.policy.Decision;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decisions on images that were never seen, with a signature by a key each, in a registry on loopback: one after the other beside
 * a bare HTTP client that sends the same requests, and many at once with a registry that is far away. Processes of their own
 * decide, with Amazon Corretto Crypto Provider as the image has it; the registry is here.
 */
final class ColdDecisions {

    /** How long a registry that is far away takes to answer. */
    static final Duration LATENCY = Duration.ofMillis(20);

    /** Requests that a decision takes: for the tag, and side by side for the tag of signatures and both lists of referrers, and for the payload. */
    static final int REQUESTS = 5;

    private static final boolean QUICK = Boolean.getBoolean("bench.quick");
    private static final int ONE_BY_ONE = QUICK ? 200 : 2_000;
    private static final int MANY = QUICK ? 1_000 : 10_000;
    private static final int WARM_UP = 1_000;

    /** Reviews that wait at once: fewer than may wait for a flight, more than there are flights. */
    private static final int WAITING = 256;

    /**
     * What was measured.
     *
     * @param coldMicros a decision on an image that was never seen
     * @param bareMicros the same requests, as far side by side, by a bare client
     * @param images how many distinct images there were
     * @param seconds time for all of them from the registry that is far away
     * @param bestSeconds time for their requests if all flights were always in use
     * @param heapBefore bytes in use after a collection, before these images
     * @param heapAfter the same after them
     */
    record Result(
            double coldMicros,
            double bareMicros,
            int images,
            double seconds,
            double bestSeconds,
            long heapBefore,
            long heapAfter) {}

    private ColdDecisions() {}

    static Result measure(Path folder) throws IOException, InterruptedException {
        // Else an answer waits for the acknowledgement of its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try (SignedRegistry registry = SignedRegistry.start()) {
            Path key = Files.writeString(folder.resolve("cold-decisions.pub"), registry.publicKey());
            for (int i = 0; i < Math.max(2 * ONE_BY_ONE, WARM_UP + MANY); i++) {
                registry.addSigned(image(i));
            }
            double[] one = fork("one", registry, key);
            registry.delay(LATENCY);
            double[] many = fork("many", registry, key);
            double best = MANY * REQUESTS * (LATENCY.toNanos() / 1e9) / SignedGate.FLIGHTS;
            Result result = new Result(one[0], one[1], MANY, many[0], best, (long) many[1], (long) many[2]);
            System.out.println(result);
            return result;
        }
    }

    private static String image(int number) {
        return "acme/api:" + number;
    }

    private static double[] fork(String what, SignedRegistry registry, Path key)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        // As the command line sets it: before Java 25 each answer else starts a thread.
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=2",
                        "-Dbench.quick=" + QUICK,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdDecisions.class.getName(),
                        what,
                        registry.host(),
                        key.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (process.waitFor() != 0) {
            throw new IOException("decisions failed: " + what);
        }
        return Arrays.stream(figures.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /**
     * Decides, and prints figures.
     *
     * @param arguments {@code one} or {@code many}, the registry, and the file of its key
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Providers.install("corretto");
        String host = arguments[1];
        try (SignedGate gate = SignedGate.open(host, Files.readString(Path.of(arguments[2])))) {
            if (arguments[0].equals("one")) {
                System.out.println(one(gate, host));
            } else {
                System.out.println(many(gate, host));
            }
        }
        System.exit(0);
    }

    private static String one(SignedGate gate, String host) {
        Bare bare = new Bare(host);
        IntConsumer decide = i -> require(gate.gate().decide(ImageReview.of(host + "/" + image(i))));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int i = 0; i < ONE_BY_ONE; i++) {
            ours.add(micros(decide, i));
            theirs.add(micros(bare::fetch, ONE_BY_ONE + i));
        }
        return median(ours) + " " + median(theirs);
    }

    /** The first half warms up. */
    private static double median(List<Double> times) {
        double[] second = times.stream()
                .skip(times.size() / 2)
                .mapToDouble(time -> time)
                .sorted()
                .toArray();
        return second[second.length / 2];
    }

    private static double micros(IntConsumer what, int number) {
        long start = System.nanoTime();
        what.accept(number);
        return (System.nanoTime() - start) / 1e3;
    }

    private static String many(SignedGate gate, String host) throws InterruptedException {
        decideAll(gate, host, 0, WARM_UP);
        long before = heap();
        long start = System.nanoTime();
        decideAll(gate, host, WARM_UP, MANY);
        double seconds = (System.nanoTime() - start) / 1e9;
        return seconds + " " + before + " " + heap();
    }

    private static void decideAll(SignedGate gate, String host, int from, int count) throws InterruptedException {
        Semaphore waiting = new Semaphore(WAITING);
        AtomicInteger allowed = new AtomicInteger();
        for (int i = from; i < from + count; i++) {
            waiting.acquire();
            ImageReview review = ImageReview.of(host + "/" + image(i));
            CompletableFuture<?> unused = gate.gate()
                    .decideAsync(review, Duration.ofMinutes(1))
                    .whenComplete((decision, failure) -> {
                        if (failure == null && decision.allowed()) {
                            allowed.incrementAndGet();
                        }
                        waiting.release();
                    });
        }
        waiting.acquire(WAITING);
        if (allowed.get() != count) {
            throw new IllegalStateException(allowed + " of " + count + " images were allowed");
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void require(Decision decision) {
        if (!decision.allowed()) {
            throw new IllegalStateException(decision.toString());
        }
    }

    /** Sends the requests of a decision, and looks at nothing else in the answers than it needs for the next. */
    private static final class Bare {

        private static final Pattern PAYLOAD =
                Pattern.compile("simplesigning[^}]*\"digest\":\"(sha256:[0-9a-f]{64})\"");

        private final HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final String repository;

        Bare(String host) {
            this.repository = "http://" + host + "/v2/acme/api/";
        }

        void fetch(int number) {
            String digest = send("HEAD", "manifests/" + number, 200)
                    .join()
                    .headers()
                    .firstValue("Docker-Content-Digest")
                    .orElseThrow();
            String tag = digest.replace(':', '-');
            CompletableFuture<HttpResponse<byte[]>> signatures = send("GET", "manifests/" + tag + ".sig", 200);
            CompletableFuture<?> referrers = send("GET", "referrers/" + digest, 404);
            CompletableFuture<?> fallback = send("GET", "manifests/" + tag, 404);
            String manifest = new String(signatures.join().body(), StandardCharsets.UTF_8);
            CompletableFuture.allOf(referrers, fallback).join();
            Matcher payload = PAYLOAD.matcher(manifest);
            if (!payload.find()) {
                throw new IllegalStateException(manifest);
            }
            send("GET", "blobs/" + payload.group(1), 200).join();
        }

        private CompletableFuture<HttpResponse<byte[]>> send(String method, String path, int status) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(repository + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(answer -> {
                if (answer.statusCode() != status) {
                    throw new IllegalStateException(path + ": " + answer.statusCode());
                }
                return answer;
            });
        }
    }
}
