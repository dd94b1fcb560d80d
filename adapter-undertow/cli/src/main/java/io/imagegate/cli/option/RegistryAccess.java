package io.imagegate.cli.option;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which registries a command contacts, and how: those of a file, or else each image's own with what Docker's configuration
 * has for it. Thread-safe.
 */
public final class RegistryAccess {

    private final @Nullable Path registries;
    private final @Nullable Path dockerConfig;
    private final boolean helpers;
    private final Set<String> unused = new LinkedHashSet<>();

    RegistryAccess(@Nullable Path registries, @Nullable Path dockerConfig, boolean helpers) {
        this.registries = registries;
        this.dockerConfig = dockerConfig;
        this.helpers = helpers;
    }

    /** {@return the file of kind ImageRegistries, if there is one} */
    Optional<Path> registries() {
        return Optional.ofNullable(registries);
    }

    /** {@return Docker's configuration, if there is one} */
    Optional<Path> dockerConfig() {
        return Optional.ofNullable(dockerConfig);
    }

    /** {@return whether the helpers that Docker's configuration names may run} */
    boolean helpers() {
        return helpers;
    }

    /** Records a helper that was named for a host and may not run. */
    synchronized void leaveOut(String helper, String host) {
        unused.add(dockerConfig + ": the helper " + helper + " for " + host
                + " was not run, expected --credential-helpers to run it");
    }

    /** {@return the helpers that were not run, a line each} */
    synchronized List<String> unused() {
        return List.copyOf(unused);
    }
}
