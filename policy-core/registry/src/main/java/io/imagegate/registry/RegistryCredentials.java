package io.imagegate.registry;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds credentials for registries. Implementations are thread-safe.
 *
 * <pre>{@code
 * RegistryCredentials vault = host -> vaultClient.read(host)
 *         .thenApply(secret -> Optional.of(Credential.basic(secret.user(), secret.password())));
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryCredentials {

    /**
     * Finds the credential for a host. Called only when the registry asks for one, and again after the registry refused
     * it. Never blocks.
     *
     * @param host the registry's host as its images name it, with its port unless that is 443; {@code docker.io} for Docker
     *     Hub
     * @return the credential; empty for anonymous access. A future that fails makes the look-up undecidable
     */
    CompletableFuture<Optional<Credential>> find(String host);
}
