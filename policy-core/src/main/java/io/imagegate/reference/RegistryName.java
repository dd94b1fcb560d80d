package io.imagegate.reference;

import java.util.Locale;
import java.util.Set;

/**
 * Registries as patterns compare them: names that lead to one registry become one name. A host is lower-cased, the port
 * loses leading zeros and goes away when it is 443, which is where a host without a port is asked; and the names of Docker
 * Hub become {@code docker.io}.
 */
final class RegistryName {

    static final String DOCKER_HUB = "docker.io";

    /** Every name of Docker Hub. */
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
