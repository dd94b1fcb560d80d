package io.imagegate.gate;

import io.imagegate.metric.MetricSink;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Opens registries from a file. {@link java.util.ServiceLoader} finds the provider of {@code io.imagegate:policy-registry}
 * when a gate with registries is opened.
 *
 * @since 0.1
 */
public interface RegistryProvider {

    /**
     * Opens the registries of a file.
     *
     * @param file the file of kind ImageRegistries
     * @param metrics shows what registries answer
     * @param clock the clock of the gate: what is kept, tokens and certificates have their age by it
     * @return the registries
     * @throws IllegalArgumentException if anything is wrong with the file, or with a certificate or key that it names; the
     *     message names the file
     */
    OpenRegistries open(Path file, MetricSink metrics, InstantSource clock);

    /**
     * Opens registries of the bytes that a file had; files that they name are read now.
     *
     * @param file the file of kind ImageRegistries, which is not read
     * @param content the bytes that it had
     * @param metrics shows what registries answer
     * @param clock the clock of the gate
     * @return the registries
     * @throws IllegalArgumentException if anything is wrong with them, or with a certificate or key that they name; the message names
     *     the file
     */
    OpenRegistries open(Path file, byte[] content, MetricSink metrics, InstantSource clock);
}
