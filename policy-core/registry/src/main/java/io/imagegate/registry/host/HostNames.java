package io.imagegate.registry.host;

import io.imagegate.text.Ipv6Address;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Hosts with or without a port, as entries, images and URLs name them. */
public final class HostNames {

    public static final String DOCKER_HUB = "docker.io";

    private static final Set<String> DOCKER_HUB_NAMES =
            Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern NUMBER = Pattern.compile("(0x[0-9a-f]*|[0-9]+)");
    private static final int LONGEST = 255;

    private HostNames() {}

    /** {@return a registry's host in comparable form; one name for all names of Docker Hub} */
    public static String ofRegistry(String registry) {
        String host = comparable(registry);
        return DOCKER_HUB_NAMES.contains(host) ? DOCKER_HUB : host;
    }

    /** {@return a host in lower case, without the port of HTTPS, and with one spelling of an IPv6 address} */
    public static String comparable(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String host = lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
        int end = host.indexOf(']') + 1;
        return end == 0 ? host : Ipv6Address.comparable(host.substring(0, end)) + host.substring(end);
    }

    /** {@return whether this is a host in comparable form: a DNS name, an IPv4 address or one of IPv6 in brackets, and perhaps a port} */
    public static boolean isHost(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']') && colon >= 0;
        String name = hasPort ? host.substring(0, colon) : host;
        return host.length() <= LONGEST
                && (!hasPort || isPort(host.substring(colon + 1)))
                && (NAME.matcher(name).matches() || Ipv6Address.isAddress(name));
    }

    private static boolean isPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) <= 0xffff;
    }

    /** {@return whether a resolver may read the last label as part of an address, as in {@code 127.1} or {@code 0x7f000001}} */
    static boolean endsInNumber(String name) {
        return NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches();
    }
}
