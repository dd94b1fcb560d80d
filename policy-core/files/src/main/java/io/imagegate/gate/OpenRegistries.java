package io.imagegate.gate;

import io.imagegate.fact.FactSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Registries that a {@link RegistryProvider} opened.
 *
 * @param facts what they know about images; whoever opened them closes it
 * @param digest the SHA-256 of their file, in hexadecimal
 * @param count the number of their entries
 * @param exactHosts the hosts that entries name exactly, as images name them
 * @param hosts the registries and whether they answer, at most 1,000; called by any thread, without I/O
 * @since 0.1
 */
public record OpenRegistries(
        FactSource facts, String digest, int count, List<String> exactHosts, Supplier<List<RegistryHost>> hosts) {

    /**
     * Copies the hosts.
     *
     * @param facts what they know about images
     * @param digest the SHA-256 of their file
     * @param count the number of their entries
     * @param exactHosts the hosts that entries name exactly
     * @param hosts the registries and whether they answer
     */
    public OpenRegistries {
        exactHosts = List.copyOf(exactHosts);
    }
}
