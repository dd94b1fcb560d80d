package io.imagegate.registry.provider;

import io.imagegate.gate.OpenRegistries;
import io.imagegate.gate.RegistryProvider;
import io.imagegate.metric.MetricSink;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryMetrics;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the registries of a file of kind ImageRegistries. */
public final class FileRegistries implements RegistryProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public FileRegistries() {}

    @Override
    public OpenRegistries open(Path file, MetricSink metrics, InstantSource clock) {
        return open(file, ImageRegistries.load(file), metrics, clock);
    }

    @Override
    public OpenRegistries open(Path file, byte[] content, MetricSink metrics, InstantSource clock) {
        return open(file, ImageRegistries.read(file, content), metrics, clock);
    }

    private static OpenRegistries open(
            Path file, ImageRegistries configuration, MetricSink metrics, InstantSource clock) {
        RegistryMetrics counted = new RegistryMetrics(metrics);
        Registries registries = build(file, configuration, counted, clock);
        counted.measure(registries);
        return new OpenRegistries(
                registries,
                configuration.digest().orElseThrow(),
                configuration.entries().size(),
                configuration.exactHosts(),
                registries::hosts);
    }

    private static Registries build(
            Path file, ImageRegistries configuration, RegistryMetrics counted, InstantSource clock) {
        try {
            return Registries.builder(configuration)
                    .listener(counted)
                    .clock(clock)
                    .build();
        } catch (IllegalArgumentException certificates) {
            throw new IllegalArgumentException(file + ": " + certificates.getMessage(), certificates);
        }
    }
}
