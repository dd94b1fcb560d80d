package io.imagegate.signature.provider;

import io.imagegate.fact.FactSource;
import io.imagegate.gate.SignatureProvider;
import io.imagegate.metric.MetricSink;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryMetrics;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.fact.SignedImages;
import java.time.InstantSource;

/** Verifies signatures of images with the cryptography of the installed providers. */
public final class ImageSignatures implements SignatureProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public ImageSignatures() {}

    @Override
    public void check(String trustedRoot) {
        Verifier.requireTrustedRoot(trustedRoot);
    }

    @Override
    public FactSource open(FactSource registries, MetricSink metrics, InstantSource clock) {
        if (!(registries instanceof Registries asked)) {
            throw new IllegalArgumentException("expected the registries of io.imagegate:policy-registry, got "
                    + registries.getClass().getName());
        }
        return SignedImages.of(asked, Verifier.create(), new RegistryMetrics(metrics), clock);
    }
}
