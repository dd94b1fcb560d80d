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
    public static NodeVerdict within(Duration limit, Callable<NodeVerdict> decision) {
        CompletableFuture<NodeVerdict> made = new CompletableFuture<>();
        Thread thread = new Thread(() -> made.complete(attempt(decision)), "imagegate-verdict");
        thread.setDaemon(true);
        thread.start();
        try {
            return made.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return NodeVerdict.refused("no decision in time, try again when the node is less busy");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return NodeVerdict.refused("no decision, because the process is told to end");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static NodeVerdict attempt(Callable<NodeVerdict> decision) {
        try {
            return decision.call();
        } catch (IllegalArgumentException mistake) {
            return NodeVerdict.refused(String.valueOf(mistake.getMessage()));
        } catch (Throwable failed) {
            return NodeVerdict.refused("this is an error in imagegate: " + failed);
        }
    }
}
