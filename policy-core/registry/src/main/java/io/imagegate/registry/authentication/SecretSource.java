package io.imagegate.registry.authentication;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Finds the secret for a host. Implementations are thread-safe. */
@FunctionalInterface
public interface SecretSource {

    /** {@return the secret for a host; empty for anonymous access} */
    CompletableFuture<Optional<Secret>> find(String host);
}
