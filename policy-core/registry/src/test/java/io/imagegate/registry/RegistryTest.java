package io.imagegate.registry;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;

/** What tests against fake registries share; everything that is opened is closed after each. */
abstract class RegistryTest {

    static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    /** For tests that wait for the end of a flight. */
    static final RegistryLimits SHORT =
            RegistryLimits.builder().timeout(Duration.ofSeconds(3)).build();

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }

    <T extends AutoCloseable> T closing(T one) {
        opened.add(one);
        return one;
    }

    FakeRegistry plain() {
        return closing(FakeRegistry.plain());
    }

    Registries open(FakeRegistry registry) {
        return open(plainEntry(registry).build());
    }

    Registries open(RegistryEntry... entries) {
        return open(RegistryLimits.DEFAULTS, entries);
    }

    Registries open(RegistryLimits limits, RegistryEntry... entries) {
        ImageRegistries.Builder builder = ImageRegistries.builder().limits(limits);
        for (RegistryEntry entry : entries) {
            builder.add(entry);
        }
        return closing(Registries.of(builder.build()));
    }

    static RegistryEntry.Builder plainEntry(FakeRegistry registry) {
        return RegistryEntry.builder(registry.host()).plainHttp();
    }

    static ImageReference image(FakeRegistry registry, String path) {
        return ImageReference.parse(registry.host() + "/" + path);
    }

    static <T> Fact<T> await(CompletableFuture<Fact<T>> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static String imageManifest(Digest config, long size) {
        return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d},\"layers\":[]}"
                .formatted(MediaTypes.OCI_MANIFEST, "application/vnd.oci.image.config.v1+json", config, size);
    }
}
