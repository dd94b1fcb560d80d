package io.imagegate.war;

import io.imagegate.fact.FactSource;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** Registries that are asked. A class of its own, so that the registry module is not loaded without the setting. */
final class OpenRegistries implements AutoCloseable {

    private final Registries registries;

    private OpenRegistries(Registries registries) {
        this.registries = registries;
    }

    /** Opens the registries of a file. */
    static OpenRegistries of(Path file) {
        OpenRegistries opened = new OpenRegistries(Registries.of(ImageRegistries.load(file)));
        startSharedTimer();
        return opened;
    }

    /**
     * Starts the JVM's own thread for time-outs on a thread of the JVM. It never ends, and keeps the class loaders of the
     * thread and code that first need it, which would be those of this web application.
     */
    private static void startSharedTimer() {
        CompletableFuture<Boolean> onPool = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                onPool.thenRunAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        onPool.completeAsync(() -> true, ForkJoinPool.commonPool());
    }

    int count() {
        return registries.configuration().entries().size();
    }

    FactSource facts() {
        return registries;
    }

    @Override
    public void close() {
        registries.close();
    }
}
