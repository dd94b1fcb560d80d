package io.imagegate.registry;

/**
 * Called for each answer of a registry or of the cache. Implementations are thread-safe and do not block; what they throw
 * is ignored.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RegistryListener {

    /**
     * Called once for each look-up, however many callers share it.
     *
     * @param answer what was asked and found
     */
    void onAnswer(RegistryAnswer answer);
}
