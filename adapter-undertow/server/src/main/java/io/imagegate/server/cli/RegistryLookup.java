package io.imagegate.server.cli;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.registry.Registries;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/**
 * Runs checks that look up the content of images. The only class that uses {@code policy-registry}, so nothing of that
 * module is loaded without {@code --registries}.
 */
final class RegistryLookup {

    private RegistryLookup() {}

    static int run(Path file, PolicySet policies, ToIntFunction<ImageGate> check) {
        try (Registries registries = open(file)) {
            return check.applyAsInt(ImageGate.of(() -> policies, registries));
        }
    }

    private static Registries open(Path file) {
        try {
            return Registries.of(ImageRegistries.load(file));
        } catch (ImageRegistriesException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        } catch (IllegalArgumentException certificates) {
            throw new CommandProblem(file + ": " + certificates.getMessage());
        }
    }
}
