package io.imagegate.gate;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.metric.MetricSink;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Registries in which every image has the same digest. What happens is added to a list. */
public class StubRegistries implements RegistryProvider {

    static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    /** The lock of tests that open registries: what they record is that of all classes. */
    static final String RECORDS = "the records of StubRegistries";

    static final List<String> EVENTS = new ArrayList<>();

    /** Whether its registries answer. */
    static final List<RegistryHost> HOSTS = new CopyOnWriteArrayList<>();

    /** The clocks of what was opened. */
    static final List<InstantSource> CLOCKS = new ArrayList<>();

    /** A second provider. */
    public static final class Other extends StubRegistries {}

    /** Verifies nothing. */
    public static final class Signatures implements SignatureProvider {

        @Override
        public void check(String trustedRoot) {
            throw new IllegalArgumentException("no root: " + trustedRoot.strip());
        }

        @Override
        public FactSource open(FactSource registries, MetricSink metrics, InstantSource clock) {
            CLOCKS.add(clock);
            EVENTS.add("signatures of " + registries.getClass().getSimpleName());
            return new Source("signatures");
        }
    }

    /** Verifies nothing here. */
    public static final class Picky implements SignatureProvider {

        @Override
        public void check(String trustedRoot) {}

        @Override
        public FactSource open(FactSource registries, MetricSink metrics, InstantSource clock) {
            throw new IllegalArgumentException("other registries");
        }
    }

    @Override
    public OpenRegistries open(Path file, MetricSink metrics, InstantSource clock) {
        CLOCKS.add(clock);
        try {
            return opened(file, Files.readAllBytes(file));
        } catch (IOException missing) {
            throw new IllegalArgumentException(file + ": no such file", missing);
        }
    }

    @Override
    public OpenRegistries open(Path file, byte[] content, MetricSink metrics, InstantSource clock) {
        CLOCKS.add(clock);
        return opened(file, content);
    }

    private static OpenRegistries opened(Path file, byte[] content) {
        if (new String(content, StandardCharsets.UTF_8).contains("wrong")) {
            throw new IllegalArgumentException(file + ": wrong");
        }
        return new OpenRegistries(
                new Source("registries"), Sha256.hex(content), 2, List.of("ghcr.io"), () -> List.copyOf(HOSTS));
    }

    private record Source(String name) implements FactSource {

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            Map<ImageReference, ImageFacts> facts = new HashMap<>();
            needs.keySet()
                    .forEach(image ->
                            facts.put(image, ImageFacts.at(Instant.now()).with(Need.DIGEST, Fact.known(DIGEST))));
            return CompletableFuture.completedFuture(facts);
        }

        @Override
        public void close() {
            EVENTS.add("closed " + name);
        }
    }
}
