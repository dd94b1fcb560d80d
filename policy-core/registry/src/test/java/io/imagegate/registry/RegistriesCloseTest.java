package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What closed registries leave behind: nothing, or a web application that is stopped stays in memory. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Isolated("It counts threads.")
class RegistriesCloseTest extends RegistryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final FakeRegistry registry = plain();

    @Tag("slow")
    @Test
    @DisplayName(
            "no thread of closed registries lives on, and none has the class loader of the thread that opened them")
    void threads() throws Exception {
        registry.at("/v2/a/b/manifests/latest", registry.hang());
        Set<Thread> before = threadsOfRegistries();
        Thread current = Thread.currentThread();
        ClassLoader loader = current.getContextClassLoader();
        Set<Thread> started;
        try (URLClassLoader application = new URLClassLoader(new URL[0], loader)) {
            current.setContextClassLoader(application);
            started = openAndClose(before);
            // The threads of a pool that has ended live for an instant longer.
            while (started.stream()
                    .filter(Thread::isAlive)
                    .anyMatch(thread -> thread.getContextClassLoader() == application)) {
                Thread.sleep(10);
            }
        } finally {
            current.setContextClassLoader(loader);
        }
        assertThat(started.stream().map(Thread::getName).filter(name -> name.endsWith("-SelectorManager")))
                .hasSize(2);
        while (started.stream().anyMatch(Thread::isAlive)) {
            System.gc();
            Thread.sleep(100);
        }
    }

    /** Has no reference to what it opened when it returns. */
    private Set<Thread> openAndClose(Set<Thread> before) throws Exception {
        Path ca = TestCertificate.in(folder).certificate();
        ImageRegistries configuration = ImageRegistries.builder()
                .proxy(URI.create("http://127.0.0.1:1"), List.of("127.0.0.1"))
                .add(plainEntry(registry).build())
                .add(RegistryEntry.builder("registry.example").ca(ca).build())
                .build();
        Registries registries = Registries.of(configuration);
        ImageReference image = image(registry, "a/b");
        CompletableFuture<Fact<Digest>> asked = registries.digest(image);
        while (registry.received().isEmpty()) {
            Thread.sleep(10);
        }
        Set<Thread> started = threadsOfRegistries();
        started.removeAll(before);
        registries.close();
        assertThat(asked.getNow(Fact.undecidable("not yet")).reason()).isEqualTo("closed");
        return started;
    }

    private static Set<Thread> threadsOfRegistries() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-")
                        || thread.getName().startsWith("imagegate-registry-"))
                .collect(Collectors.toSet());
    }
}
