package io.imagegate.registry.endpoint;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.gate.RegistryHost;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.WellKnownRegistries;
import io.imagegate.registry.http.Transport;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds where an image is looked up: only at hosts that an entry names. Thread-safe. */
public final class Endpoints {

    /** Most hosts of an entry of which it is remembered whether they are up; pods choose names under a pattern. */
    private static final int HOSTS = 1_024;

    /** Most hosts that are shown. */
    private static final int SHOWN_HOSTS = 1_000;

    private final HostTable registries;
    private final Clients clients;
    private final FairPermits budget;
    private final Duration timeout;
    private final TimeSource time;
    private final Map<HostEntry, Endpoint.Clients> special = new ConcurrentHashMap<>();

    /** By entry, so that names that a pod invents under a pattern make no outage of another entry's host forgotten. */
    private final Map<HostEntry, Cache<String, Health>> healths = new ConcurrentHashMap<>();

    public Endpoints(HostTable registries, Clients clients, FairPermits budget, Duration timeout, TimeSource time) {
        this.registries = registries;
        this.clients = clients;
        this.budget = budget;
        this.timeout = timeout;
        this.time = time;
        registries.entries().stream()
                .filter(entry -> entry.tls().isSpecial())
                .forEach(entry -> special.put(entry, clients.special(entry)));
    }

    /** {@return where the repository of an image is looked up} */
    public RepositoryLocation place(ImageReference image) {
        String host = HostNames.ofRegistry(image.registry());
        HostEntry entry = entry(host);
        return entry.mirror()
                .map(mirror -> new RepositoryLocation(
                        endpoint(entry(mirror.host()), mirror.host()), mirror.prefix() + image.repository()))
                .orElseGet(() -> new RepositoryLocation(endpoint(entry, host), image.repository()));
    }

    private HostEntry entry(String host) {
        return registries
                .entry(host)
                .orElseThrow(
                        () -> Failure.undecidable("no entry of ImageRegistries names the host " + Failure.shown(host)
                                + ": add {host: " + Failure.shown(host) + "} to have its images looked up"));
    }

    private Endpoint endpoint(HostEntry entry, String host) {
        WellKnownRegistries.Hosts known = WellKnownRegistries.of(host);
        Transport common = clients.common();
        return new Endpoint(
                entry,
                host,
                known.address().orElse(host),
                entry.authHosts().orElse(known.authHosts()),
                entry.blobHosts().orElse(known.blobHosts()),
                special.getOrDefault(entry, new Endpoint.Clients(common, common)));
    }

    public Health health(Endpoint endpoint) {
        return healths.computeIfAbsent(
                        endpoint.entry(),
                        entry -> Caffeine.newBuilder().maximumSize(HOSTS).build())
                .get(endpoint.host(), host -> new Health(endpoint, budget, timeout, time));
    }

    /** {@return the hosts of all entries, as many as are shown, and whether they answer} */
    public List<RegistryHost> hosts() {
        return registries.entries().stream()
                .flatMap(this::hosts)
                .limit(SHOWN_HOSTS)
                .toList();
    }

    /** {@return by the name of each entry, whether a host of it limits requests now} */
    public Map<String, Boolean> limited() {
        return registries.entries().stream()
                .collect(Collectors.toMap(
                        HostEntry::name,
                        entry -> hosts(entry).anyMatch(host -> host.state() == RegistryHost.State.LIMITED)));
    }

    private Stream<RegistryHost> hosts(HostEntry entry) {
        Cache<String, Health> asked = healths.get(entry);
        return asked == null || asked.asMap().isEmpty()
                ? Stream.of(new RegistryHost(entry.name(), RegistryHost.State.UNUSED, Optional.empty()))
                : asked.asMap().values().stream().map(Health::state);
    }
}
