package io.imagegate.reference;

import io.imagegate.text.Ipv6Address;
import java.util.Locale;
import java.util.Set;

/**
 * Normalizes names of registries, so that patterns can compare them. The host becomes lower case, leading zeros of the
 * port and the default port 443 are removed, IPv6 addresses become that spelling of RFC 5952, or the IPv4 address that they
 * stand for, and all names of Docker Hub become {@code docker.io}.
 */
final class RegistryName {

    static final String DOCKER_HUB = "docker.io";

    /** All names of Docker Hub. */
    static final Set<String> DOCKER_HUB_NAMES =
            Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

    private static final String HTTPS = "443";

    private RegistryName() {}

    static String comparable(String registry) {
        String port = port(registry);
        int digits = 0;
        while (digits < port.length() - 1 && port.charAt(digits) == '0') {
            digits++;
        }
        String number = port.substring(digits);
        String name =
                of(Ipv6Address.comparable(host(registry).toLowerCase(Locale.ROOT)), number.equals(HTTPS) ? "" : number);
        return DOCKER_HUB_NAMES.contains(name) ? DOCKER_HUB : name;
    }

    static String of(String host, String port) {
        return port.isEmpty() ? host : host + ':' + port;
    }

    /** {@return the host of a registry, an IPv6 address in brackets} */
    static String host(String registry) {
        int colon = colon(registry);
        return colon < 0 ? registry : registry.substring(0, colon);
    }

    /** {@return the port of a registry; empty if it has none} */
    static String port(String registry) {
        int colon = colon(registry);
        return colon < 0 ? "" : registry.substring(colon + 1);
    }

    private static int colon(String registry) {
        return registry.endsWith("]") ? -1 : registry.lastIndexOf(':');
    }

    /** {@return whether a host has only digits and dots, as an IPv4 address and no domain name} */
    static boolean isNumeric(String host) {
        for (int i = 0; i < host.length(); i++) {
            if ((CharacterClass.of(host.charAt(i)) & (CharacterClass.DIGIT | CharacterClass.DOT)) == 0) {
                return false;
            }
        }
        return true;
    }
}
