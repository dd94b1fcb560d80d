package io.imagegate.gate;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Registries of a gate at one moment. Their file is read once.
 *
 * @param file the file
 * @param digest its SHA-256, in hexadecimal
 * @param count the number of its entries
 * @param loadedAt when it was read
 * @param hosts the registries and whether they answer, at most 1,000; those that are named exactly come first
 * @since 0.1
 */
public record RegistriesState(Path file, String digest, int count, Instant loadedAt, List<RegistryHost> hosts) {

    /**
     * Copies the hosts.
     *
     * @param file the file
     * @param digest its SHA-256, in hexadecimal
     * @param count the number of its entries
     * @param loadedAt when it was read
     * @param hosts the registries
     */
    public RegistriesState {
        hosts = List.copyOf(hosts);
    }
}
