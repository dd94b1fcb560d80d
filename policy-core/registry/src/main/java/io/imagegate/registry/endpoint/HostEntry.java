package io.imagegate.registry.endpoint;

import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.tls.RegistryTlsFiles;
import java.util.List;
import java.util.Optional;

/**
 * How the hosts that one entry names are contacted.
 *
 * @param host the host or pattern
 * @param credentials where its credentials are; empty for anonymous access
 * @param authHosts other hosts of token services; empty for those of the table of well-known registries
 * @param blobHosts hosts that it may redirect to; empty for those of the table
 * @param mirror where requests go instead
 * @param tls files of certificates
 * @param plainHttp whether it is contacted without TLS
 */
public record HostEntry(
        HostRule host,
        Optional<SecretSource> credentials,
        Optional<List<HostRule>> authHosts,
        Optional<List<HostRule>> blobHosts,
        Optional<Mirror> mirror,
        RegistryTlsFiles tls,
        boolean plainHttp) {

    /** Where requests go instead. */
    public record Mirror(String host, String prefix) {}

    /** {@return the host or pattern as text} */
    public String name() {
        return host.text();
    }

    public boolean isPattern() {
        return host.isPattern();
    }

    public boolean matches(String registry) {
        return host.matches(registry);
    }
}
