package io.imagegate.server.serve;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.registry.Registries;
import io.imagegate.server.metrics.RegistryMetrics;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.fact.SignedImages;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * The registries of a server, which outlive its policies. Nothing of {@code policy-registry} or
 * {@code policy-signature} is loaded unless one is opened.
 */
final class RegistryFacts implements AutoCloseable {

    private final Registries registries;
    private final SignedImages images;

    private RegistryFacts(Registries registries, SignedImages images) {
        this.registries = registries;
        this.images = images;
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
            return new RegistryFacts(registries, SignedImages.of(registries, Verifier.create(), counted));
        } catch (ImageRegistriesException mistakes) {
            throw new StartProblem(String.valueOf(mistakes.getMessage()));
        } catch (IllegalArgumentException certificates) {
            throw new StartProblem(file + ": " + certificates.getMessage());
        }
    }

    /** {@return the hosts that entries name exactly} */
    List<String> exactHosts() {
        return registries.configuration().exactHosts();
    }

    ImageGate gate(Supplier<PolicySet> policies) {
        return ImageGate.of(policies, images);
    }

    /** Ends all look-ups; reviews that wait for them are decided without. */
    @Override
    public void close() {
        images.close();
        registries.close();
    }
}
