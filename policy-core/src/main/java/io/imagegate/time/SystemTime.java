package io.imagegate.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The machine's clock, with the JVM's own thread for time-outs: a timer costs no thread that somebody has to end. */
final class SystemTime implements TimeSource {

    static {
        startThread();
    }

    static final TimeSource MACHINE = new SystemTime(InstantSource.system());

    private final InstantSource instants;

    SystemTime(InstantSource instants) {
        this.instants = instants;
    }

    /**
     * The thread never ends, and keeps the class loaders of the thread and code that first need it: in a servlet container,
     * those of a web application that may be stopped. A thread of the JVM starts it by the JVM's code alone, before anybody
     * else can.
     */
    private static void startThread() {
        CompletableFuture<Boolean> onPool = new CompletableFuture<>();
        // Methods of the JDK: lambdas of this class would wait for its initialization, which waits for them.
        CompletableFuture<Void> started =
                onPool.thenRunAsync(Thread::onSpinWait, CompletableFuture.delayedExecutor(1, TimeUnit.NANOSECONDS));
        onPool.completeAsync(Boolean.TRUE::booleanValue, ForkJoinPool.commonPool());
        try {
            started.get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException late) {
            // The pool has no thread: whoever needs the timer first starts it.
        }
    }

    @Override
    public Instant instant() {
        return instants.instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        CompletableFuture<Boolean> due = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
        CompletableFuture<Void> unused = due.thenAccept(isDue -> {
            if (isDue) {
                task.run();
            }
        });
        // Before Java 21 the JVM forgets a time-out only if the future ends with a value.
        return () -> due.complete(false);
    }
}
