package io.imagegate.reference;

import java.util.Locale;
import java.util.Set;

/**
 * Normalizes names of registries, so that patterns can compare them. The host becomes lower case, leading zeros of the
 * port and the default port 443 are removed, and all names of Docker Hub become {@code docker.io}.
 */
final class RegistryName {

    static final String DOCKER_HUB = "docker.io";

    /** All names of Docker Hub. */
    static final Set<String> DOCKER_HUB_NAMES =
            Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private static final String HTTPS = "443";

    private RegistryName() {}

    static String comparable(String registry) {
        String name = withComparablePort(registry).toLowerCase(Locale.ROOT);
        return DOCKER_HUB_NAMES.contains(name) ? DOCKER_HUB : name;
    }

    private static String withComparablePort(String registry) {
        int colon = registry.lastIndexOf(':');
        if (colon < 0 || registry.endsWith("]")) {
            return registry;
        }
        int digits = colon + 1;
        while (digits < registry.length() - 1 && registry.charAt(digits) == '0') {
            digits++;
        }
        String host = registry.substring(0, colon);
        String port = registry.substring(digits);
        return port.equals(HTTPS) ? host : host + ':' + port;
    }
}
