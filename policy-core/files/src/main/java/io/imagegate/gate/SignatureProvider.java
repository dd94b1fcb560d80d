package io.imagegate.gate;

import io.imagegate.document.TrustCheck;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.MetricSink;
import java.time.InstantSource;

/**
 * Verifies signatures of images in registries, and checks the trusted roots of policies. {@link java.util.ServiceLoader}
 * finds the provider of {@code io.imagegate:policy-signature} when a gate with registries is opened.
 *
 * @since 0.1
 */
public interface SignatureProvider extends TrustCheck {

    /**
     * Makes a source that verifies signatures, and finds everything else in the registries.
     *
     * @param registries what a {@link RegistryProvider} opened; closed by the caller, after this source
     * @param metrics shows what was verified
     * @param clock the clock of the gate: what is kept, tokens and certificates have their age by it
     * @return the source
     * @throws IllegalArgumentException if the registries are of an unknown type
     */
    FactSource open(FactSource registries, MetricSink metrics, InstantSource clock);
}
