package io.imagegate.signature;

import io.imagegate.signer.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Verifies eight attestations of seven megabytes at once, of which the store holds four bodies, and reads their predicates. */
final class ManyMegabytes {

    private static final String TYPE = "https://cyclonedx.org/bom";

    private ManyMegabytes() {}

    /** Takes a folder with a key and bodies. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        Signer signer = TestSigners.keys(List.of(TestSigners.key(Files.readAllBytes(folder.resolve("key.pub")))));
        List<byte[]> bodies = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            bodies.add(Files.readAllBytes(folder.resolve(String.valueOf(i))));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            byte[] body = bodies.get(i % bodies.size());
            tasks.add(() -> verify(body, signer));
        }
        long bytes = 0;
        for (Future<Long> done : threads.invokeAll(tasks)) {
            bytes += done.get();
        }
        threads.shutdown();
        System.out.println("verified 32 of " + bodies.get(0).length + " bytes, predicates " + bytes);
    }

    private static long verify(byte[] body, Signer signer) throws IOException {
        Verdict verdict = Verifier.create()
                .verify(StoredSignature.bundle(body), Artifact.of(Recorded.IMAGE), signer, Instant.now());
        long bytes = 0;
        byte[] buffer = new byte[8192];
        try (InputStream in = ((Verdict.Verified) verdict).content().openPredicate()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        }
        return bytes;
    }

    /** Writes the bodies: lists of components as scanners make them. */
    static void write(Path folder) throws IOException {
        TestKey key = TestKey.p256();
        Files.write(folder.resolve("key.pub"), key.pem());
        for (int number = 0; number < 4; number++) {
            String json = TestBundle.by(key)
                    .payload(TestBundle.statement(Recorded.IMAGE, TYPE, predicate(number)))
                    .json();
            Files.writeString(folder.resolve(String.valueOf(number)), json);
        }
    }

    private static String predicate(int number) {
        StringBuilder predicate = new StringBuilder("{\"components\":[");
        while (predicate.length() < 5_200_000) {
            predicate
                    .append("{\"type\":\"library\",\"name\":\"component-")
                    .append(number)
                    .append("-")
                    .append(predicate.length())
                    .append("\",\"version\":\"1.2.3\",\"purl\":\"pkg:maven/org.example/component@1.2.3\"},");
        }
        return predicate + "{}]}";
    }
}
