package io.imagegate.bench;

import io.imagegate.bench.SignatureBenchmark.Keyless;
import io.imagegate.bench.SignatureBenchmark.WithKey;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first verifications of a process, as a command does one and a server its first. */
final class ColdSignatures {

    private static final int FORKS = 5;
    private static final long SECOND = 1_000_000_000L;

    /**
     * What was measured of one kind of bundle.
     *
     * @param what {@code key} or {@code keyless}
     * @param provider {@code jdk} or {@code corretto}
     * @param firstNanos the first verification, keys and trusted roots being read
     * @param secondNanos a verification in the first second, on average
     */
    record Result(String what, String provider, long firstNanos, long secondNanos) {}

    private ColdSignatures() {}

    /** Measures in processes of their own; {@return the medians} */
    static List<Result> measure() throws IOException, InterruptedException {
        List<String> kinds = ConformanceCase.areThere() ? List.of("key", "keyless") : List.of("key");
        List<Result> results = new ArrayList<>();
        for (String what : kinds) {
            for (String provider : List.of("jdk", "corretto")) {
                List<long[]> forks = new ArrayList<>();
                for (int i = 0; i < FORKS; i++) {
                    forks.add(fork(what, provider));
                }
                results.add(new Result(what, provider, median(forks, 0), median(forks, 1)));
            }
        }
        results.forEach(System.out::println);
        return results;
    }

    private static long median(List<long[]> forks, int figure) {
        return forks.stream().mapToLong(fork -> fork[figure]).sorted().toArray()[FORKS / 2];
    }

    private static long[] fork(String what, String provider) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/sun.security.provider=ALL-UNNAMED",
                        "--add-opens=java.base/sun.security.util=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dimagegate.shared=" + ConformanceCase.shared(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ColdSignatures.class.getName(),
                        what,
                        provider)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String[] figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        if (process.waitFor() != 0) {
            throw new IOException("a verification failed: " + what + " " + provider);
        }
        return new long[] {Long.parseLong(figures[0]), Long.parseLong(figures[1])};
    }

    /**
     * Verifies for a second, and prints the nanoseconds of the first verification, and of one on average.
     *
     * @param arguments what, and by which provider
     */
    public static void main(String[] arguments) {
        Providers.install(arguments[1]);
        Runnable verification = arguments[0].equals("key") ? key() : keyless();
        long start = System.nanoTime();
        verification.run();
        long first = System.nanoTime() - start;
        int count = 1;
        while (System.nanoTime() - start < SECOND) {
            verification.run();
            count++;
        }
        System.out.println(first + " " + (System.nanoTime() - start) / count);
    }

    private static Runnable key() {
        WithKey state = new WithKey();
        Verifier verifier = Verifier.create();
        return () -> SignatureBenchmark.verified(verifier.verify(
                StoredSignature.bundle(state.bundle), state.image, state.signer, SignatureBenchmark.NOW));
    }

    private static Runnable keyless() {
        Keyless state = new Keyless();
        Verifier verifier = Verifier.create();
        return () -> {
            state.certificateIsNew();
            SignatureBenchmark.verified(verifier.verify(
                    StoredSignature.bundle(state.bundle), state.artifact, state.signer, SignatureBenchmark.NOW));
        };
    }
}
