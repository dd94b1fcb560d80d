package io.imagegate.registry.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's own thread for time-outs of futures. It never ends, and keeps the class loaders of the thread and code that first
 * need it: in a servlet container, those of a web application that may be stopped.
 */
public final class SharedTimer {

    private SharedTimer() {}

    /** Starts the thread, unless it runs, on a thread of the JVM and by code of the JVM alone. */
    public static void start() {
        CompletableFuture<Boolean> onPool = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                onPool.thenRunAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        onPool.completeAsync(() -> true, ForkJoinPool.commonPool());
    }
}
