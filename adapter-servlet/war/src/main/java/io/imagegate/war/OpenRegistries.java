package io.imagegate.war;

import io.imagegate.fact.FactSource;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import java.nio.file.Path;

/** Registries that are asked. A class of its own, so that the registry module is not loaded without the setting. */
final class OpenRegistries implements AutoCloseable {

    private final Registries registries;

    private OpenRegistries(Registries registries) {
        this.registries = registries;
    }

    /** Opens the registries of a file. */
    static OpenRegistries of(Path file) {
        return new OpenRegistries(Registries.of(ImageRegistries.load(file)));
    }

    int count() {
        return registries.configuration().entries().size();
    }

    FactSource facts() {
        return registries;
    }

    @Override
    public void close() {
        registries.close();
    }
}
