package io.imagegate.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.reference.ImageReference;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds where an image is looked up: only at hosts that an entry names. Thread-safe. */
final class Endpoints {

    /** Most hosts of an entry of which it is remembered whether they are up; pods choose names under a pattern. */
    private static final int HOSTS = 1_024;

    private final ImageRegistries registries;
    private final Clients clients;
    private final ByteBudget budget;
    private final Map<RegistryEntry, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<RegistryEntry, Endpoint.Clients> special = new ConcurrentHashMap<>();

    /** By entry, so that names that a pod invents under a pattern make no outage of another entry's host forgotten. */
    private final Map<RegistryEntry, Cache<String, Health>> healths = new ConcurrentHashMap<>();

    Endpoints(ImageRegistries registries, Clients clients, ByteBudget budget) {
        this.registries = registries;
        this.clients = clients;
        this.budget = budget;
        registries.entries().stream()
                .filter(Tls::isSpecial)
                .forEach(entry -> special.put(entry, clients.special(entry)));
    }

    /** {@return where the repository of an image is looked up} */
    Place place(ImageReference image) {
        String host = HostNames.ofRegistry(image.registry());
        RegistryEntry entry = entry(host);
        return entry.mirror()
                .map(mirror ->
                        new Place(endpoint(entry(mirror.host()), mirror.host()), mirror.prefix() + image.repository()))
                .orElseGet(() -> new Place(endpoint(entry, host), image.repository()));
    }

    private RegistryEntry entry(String host) {
        return registries
                .entry(host)
                .orElseThrow(() -> Failure.undecidable(
                        "no entry of ImageRegistries names the host " + OciManifestReader.shown(host) + ": add {host: "
                                + OciManifestReader.shown(host) + "} to have its images looked up"));
    }

    private Endpoint endpoint(RegistryEntry entry, String host) {
        WellKnownRegistries.Hosts known = WellKnownRegistries.of(host);
        HttpClient common = clients.common();
        return new Endpoint(
                entry,
                host,
                known.address().orElse(host),
                entry.authHosts().orElse(known.authHosts()),
                entry.blobHosts().orElse(known.blobHosts()),
                special.getOrDefault(entry, new Endpoint.Clients(common, common)),
                lanes.computeIfAbsent(entry, any -> new Lane()));
    }

    Health health(Endpoint endpoint) {
        return healths.computeIfAbsent(
                        endpoint.entry(),
                        entry -> Caffeine.newBuilder().maximumSize(HOSTS).build())
                .get(
                        endpoint.host(),
                        host -> new Health(endpoint, budget, registries.limits().timeout()));
    }
}
