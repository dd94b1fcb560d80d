package io.imagegate.gate;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.MetricSink;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gate knows about the content of images, from its registries and their signatures. */
final class GateContent implements AutoCloseable {

    private final Path file;
    private final Instant loadedAt;
    private final OpenRegistries registries;
    private final @Nullable SignatureProvider verifier;
    private final FactSource facts;

    private GateContent(
            Path file,
            Instant loadedAt,
            OpenRegistries registries,
            @Nullable SignatureProvider verifier,
            FactSource facts) {
        this.file = file;
        this.loadedAt = loadedAt;
        this.registries = registries;
        this.verifier = verifier;
        this.facts = facts;
    }

    static GateContent open(Path file, MetricSink metrics, ClassLoader loader, InstantSource clock) {
        RegistryProvider provider = Providers.find(RegistryProvider.class, loader)
                .orElseThrow(() -> new GateException(
                        file + ": add the artifact " + Providers.REGISTRY + ", which asks registries", null));
        SignatureProvider verifier =
                Providers.find(SignatureProvider.class, loader).orElse(null);
        try {
            OpenRegistries opened = provider.open(file, metrics, clock);
            Instant now = clock.instant();
            return new GateContent(file, now, opened, verifier, verified(opened.facts(), verifier, metrics, clock));
        } catch (IllegalArgumentException mistakes) {
            throw new GateException(String.valueOf(mistakes.getMessage()), mistakes);
        }
    }

    private static FactSource verified(
            FactSource registries, @Nullable SignatureProvider verifier, MetricSink metrics, InstantSource clock) {
        try {
            return verifier == null ? registries : verifier.open(registries, metrics, clock);
        } catch (RuntimeException unusable) {
            registries.close();
            throw unusable;
        }
    }

    /** {@return a reader of policies that may ask for what is known} */
    PolicyDocuments documents(PolicyDocuments documents) {
        PolicyDocuments named = documents.withRegistries(registries.exactHosts());
        return verifier == null
                ? named.withoutSignatures("add the artifact " + Providers.SIGNATURE + ", which verifies them")
                : named.withSignatures(verifier);
    }

    RegistriesState state() {
        List<RegistryHost> hosts = registries.hosts().get();
        return new RegistriesState(file, registries.digest(), registries.count(), loadedAt, hosts);
    }

    FactSource facts() {
        return facts;
    }

    @Override
    public void close() {
        facts.close();
        registries.facts().close();
    }
}
