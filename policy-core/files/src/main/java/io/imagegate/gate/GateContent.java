package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.MetricSink;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    /**
     * Opens registries.
     *
     * @param content the bytes that the file had, one character each; empty if it is read now
     */
    static GateContent open(
            Path file, Optional<String> content, MetricSink metrics, ClassLoader loader, InstantSource clock) {
        RegistryProvider provider = Providers.find(RegistryProvider.class, loader)
                .orElseThrow(() -> new GateException(
                        file + ": add the artifact " + Providers.REGISTRY + ", which asks registries", null));
        SignatureProvider verifier =
                Providers.find(SignatureProvider.class, loader).orElse(null);
        try {
            OpenRegistries opened = content.isPresent()
                    ? provider.open(file, content.get().getBytes(ISO_8859_1), metrics, clock)
                    : provider.open(file, metrics, clock);
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

    /**
     * {@return a reader of policies that may ask for what is known}
     *
     * @param ownSignatures whether the program verifies signatures itself, so that the reader says whether policies may ask for them
     */
    PolicyDocuments documents(PolicyDocuments documents, boolean ownSignatures) {
        PolicyDocuments named = documents.withRegistries(registries.exactHosts());
        if (ownSignatures) {
            return named;
        }
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
