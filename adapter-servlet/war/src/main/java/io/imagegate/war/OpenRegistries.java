package io.imagegate.war;

import io.imagegate.fact.FactSource;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.signature.fact.SignedImages;
import java.nio.file.Path;
import java.util.List;

/** Registries that are asked. A class of its own, so that the registry module is not loaded without the setting. */
final class OpenRegistries implements AutoCloseable {

    private final Registries registries;
    private final SignedImages images;

    private OpenRegistries(Registries registries) {
        this.registries = registries;
        this.images = SignedImages.of(registries);
    }

    /** Opens the registries of a file. */
    static OpenRegistries of(Path file) {
        return new OpenRegistries(Registries.of(ImageRegistries.load(file)));
    }

    int count() {
        return registries.configuration().entries().size();
    }

    /** {@return the hosts that entries name exactly} */
    List<String> exactHosts() {
        return registries.configuration().exactHosts();
    }

    FactSource facts() {
        return images;
    }

    @Override
    public void close() {
        images.close();
        registries.close();
    }
}
