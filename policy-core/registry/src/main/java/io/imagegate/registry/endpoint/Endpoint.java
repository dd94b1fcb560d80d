package io.imagegate.registry.endpoint;

import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.http.Transport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A host that is contacted, and how.
 *
 * @param entry the entry that names it
 * @param host its name for images and credentials
 * @param address the host and perhaps port that is contacted
 * @param authHosts other hosts of token services
 * @param blobHosts hosts that it may redirect to
 * @param clients the clients of the entry
 */
public record Endpoint(
        HostEntry entry,
        String host,
        String address,
        List<HostRule> authHosts,
        List<HostRule> blobHosts,
        Clients clients) {

    /** Clients for the registry's own host, which get its client certificate, and for all others. */
    public record Clients(Transport own, Transport others) {}

    public URI uri(String path) {
        return URI.create((entry.plainHttp() ? "http://" : "https://") + address + path);
    }

    public Transport client(URI uri) {
        return isOwn(uri) ? clients.own() : clients.others();
    }

    private boolean isOwn(URI uri) {
        return address.equals(HostNames.comparable(uri.getRawAuthority()));
    }

    public Optional<SecretSource> credentials() {
        return entry.credentials();
    }
}
