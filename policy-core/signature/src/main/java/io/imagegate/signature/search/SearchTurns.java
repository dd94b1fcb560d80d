package io.imagegate.signature.search;

import java.util.concurrent.CompletableFuture;

/**
 * Runs the verifications of a search, which waits for each before the next. So several searches can share threads.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface SearchTurns {

    /**
     * Runs a verification, now or when it is its turn.
     *
     * @param bytes length of the content
     * @param verification what is run
     * @return completed when it has run; exceptionally if it threw something or was not run, which ends the search
     */
    CompletableFuture<?> run(long bytes, Runnable verification);
}
