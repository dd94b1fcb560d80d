package io.imagegate.cli.option;

import io.imagegate.reference.ImageReference;
import io.imagegate.registry.DockerCredentials;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.RegistryCredentials;
import io.imagegate.registry.RegistryEntry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The registry of one image, contacted as registry clients do. */
final class OwnRegistry {

    private static final RegistryCredentials NONE = host -> CompletableFuture.completedFuture(Optional.empty());

    private OwnRegistry() {}

    /**
     * {@return the registry of an image alone: its own host, and what the table of well-known registries says for it}
     *
     * @throws IllegalArgumentException if the image names no host that can be contacted, or Docker's configuration or a
     *     helper cannot be used
     */
    static ImageRegistries of(ImageReference image, RegistryAccess access) {
        String host = image.registry();
        RegistryEntry.Builder entry = RegistryEntry.builder(host)
                .credentials(access.dockerConfig()
                        .map(file -> credentials(file, host, access))
                        .orElse(NONE));
        if (LoopbackRegistry.isPlain(host)) {
            entry.plainHttp();
        }
        return ImageRegistries.builder().add(entry.build()).build();
    }

    private static RegistryCredentials credentials(Path file, String host, RegistryAccess access) {
        Optional<String> helper = DockerCredentials.helperIn(file, host);
        if (helper.isPresent() && access.helpers()) {
            return DockerCredentials.file(file, helper.get());
        }
        helper.ifPresent(name -> access.leaveOut(name, host));
        return DockerCredentials.file(file);
    }
}
