package io.imagegate.cli.node;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes a verdict in time: whatever takes longer or fails is a refusal. */
public final class VerdictDeadline {

    private VerdictDeadline() {}

    /**
     * Runs something on a thread of its own, which may still run when this returns; it does not keep the JVM alive.
     *
     * @param limit how long it may take from now on
     * @param decision makes the verdict; the message of an {@link IllegalArgumentException} is the reason of a refusal
     * @return its verdict, or a refusal
     */
    public static Verdict within(Duration limit, Callable<Verdict> decision) {
        CompletableFuture<Verdict> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> made.complete(attempt(decision)), "imagegate-verdict");
        thread.setDaemon(true);
        thread.start();
        try {
            return made.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return Verdict.refused("no decision in time, try again when the node is less busy");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Verdict.refused("no decision, because the process is told to end");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Verdict attempt(Callable<Verdict> decision) {
        try {
            return decision.call();
        } catch (IllegalArgumentException mistake) {
            return Verdict.refused(String.valueOf(mistake.getMessage()));
        } catch (Throwable failed) {
            return Verdict.refused("this is an error in imagegate: " + failed);
        }
    }
}
