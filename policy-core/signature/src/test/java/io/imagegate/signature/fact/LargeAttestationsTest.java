package io.imagegate.signature.fact;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestRegistry;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight attestations of 7 MB are verified at once by a program with a heap of 64 MB. */
@Tag("full")
class LargeAttestationsTest {

    private static final String TYPE = "https://cosign.sigstore.dev/attestation/vuln/v1";
    private static final int IMAGES = 8;
    private static final int BYTES = 7_000_000;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("within 64 MB of heap, all are verified")
    void withinHeap() throws Exception {
        TestKey key = TestKey.p256();
        Files.write(folder.resolve("key.pub"), key.pem());
        try (TestRegistry registry = new TestRegistry()) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LargeAttestationsTest.class.getName(),
                    registry.host(),
                    folder.resolve("key.pub").toString()));
            for (int i = 0; i < IMAGES; i++) {
                Digest image = registry.image("acme/api", "v" + i, "api " + i);
                String predicate = "{\"text\":\"" + ("x" + i).repeat(BYTES * 3 / 4 / 2)
                        + "\",\"metadata\":{\"scanFinishedOn\":\"2026-11-20T00:00:00Z\"}}";
                registry.bundles(
                        "acme/api", image, TestBundle.by(key).payload(TestBundle.statement(image, TYPE, predicate)));
                command.add(image.toString());
            }
            Path out = folder.resolve("out");
            Process program = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            try {
                assertThat(program.waitFor(300, TimeUnit.SECONDS)).isTrue();
            } finally {
                program.destroyForcibly();
            }
            assertThat(Files.readString(out)).contains("verified " + IMAGES);
        }
    }

    /**
     * Asks for attestations of all images at once, and prints how many are verified.
     *
     * @param arguments host of the registry, file of the key, digests
     */
    public static void main(String[] arguments) throws Exception {
        SigningKey key = SignedDecisionsTest.key(Files.readAllBytes(Path.of(arguments[1])));
        Need<SignatureFacts> need = new AttestationNeed(
                TYPE,
                List.of(new KeySigner("ci", List.of(key), Optional.empty())),
                Set.of(new JsonPointer("/metadata/scanFinishedOn")));
        Map<ImageReference, Set<Need<?>>> needs = new HashMap<>();
        for (String digest : List.of(arguments).subList(2, arguments.length)) {
            needs.put(ImageReference.parse(arguments[0] + "/acme/api@" + digest), Set.of(need));
        }
        long began = System.nanoTime();
        try (Registries registries = Registries.of(ImageRegistries.builder()
                        .add(RegistryEntry.builder(arguments[0]).plainHttp().build())
                        .build());
                SignedImages images = SignedImages.of(registries)) {
            Map<ImageReference, ImageFacts> found =
                    images.find(needs, Duration.ofSeconds(60)).join();
            found.values().forEach(facts -> System.out.println(facts.get(need)));
            long verified = found.values().stream()
                    .map(facts -> facts.get(need))
                    .filter(fact -> fact.state() == Fact.State.KNOWN)
                    .filter(fact -> fact.value().orElseThrow().verified().size() == 1)
                    .count();
            System.out.println("verified " + verified + " in " + (System.nanoTime() - began) / 1_000_000 + " ms");
        }
    }
}
