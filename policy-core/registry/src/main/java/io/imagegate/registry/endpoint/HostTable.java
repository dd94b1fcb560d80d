package io.imagegate.registry.endpoint;

import io.imagegate.registry.host.HostRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The hosts that may be contacted, and the proxy on the way to them.
 *
 * @param entries exact hosts first and then the longest patterns, which is the order in which they are matched
 * @param proxy that every request goes through, if there is one
 * @param noProxy hosts that are contacted without it
 * @param proxyCredentials file with the user and the password that it asks for
 */
public record HostTable(
        List<HostEntry> entries, Optional<URI> proxy, List<HostRule> noProxy, Optional<Path> proxyCredentials) {

    /** {@return the entry for a host, if there is one} */
    public Optional<HostEntry> entry(String host) {
        return entries.stream().filter(entry -> entry.matches(host)).findFirst();
    }
}
