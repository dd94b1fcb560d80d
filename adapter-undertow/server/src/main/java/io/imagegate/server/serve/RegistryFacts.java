package io.imagegate.server.serve;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.registry.Registries;
import io.imagegate.server.metrics.RegistryMetrics;
import io.imagegate.server.metrics.ServerMetrics;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The registries of a server, which outlive its policies. Nothing of {@code policy-registry} is loaded unless one is
 * opened.
 */
final class RegistryFacts implements AutoCloseable {

    private final Registries registries;

    private RegistryFacts(Registries registries) {
        this.registries = registries;
    }

    /**
     * Opens registries.
     *
     * @param file of kind ImageRegistries
     * @param metrics shows what they are asked
     * @return the registries
     * @throws StartProblem if the file, or a certificate or key that it names, is invalid
     */
    static RegistryFacts open(Path file, ServerMetrics metrics) {
        try {
            RegistryMetrics counted = new RegistryMetrics(metrics.registry());
            Registries registries = Registries.builder(ImageRegistries.load(file))
                    .listener(counted)
                    .build();
            metrics.gauge("imagegate_fact_flights", "Look-ups that ask a registry now.", registries::flights);
            metrics.gauge("imagegate_fact_waiting", "Look-ups that wait for their turn.", registries::waiting);
            return new RegistryFacts(registries);
        } catch (ImageRegistriesException mistakes) {
            throw new StartProblem(String.valueOf(mistakes.getMessage()));
        } catch (IllegalArgumentException certificates) {
            throw new StartProblem(file + ": " + certificates.getMessage());
        }
    }

    ImageGate gate(Supplier<PolicySet> policies) {
        return ImageGate.of(policies, registries);
    }

    /** Ends all look-ups; reviews that wait for them are decided without. */
    @Override
    public void close() {
        registries.close();
    }
}
