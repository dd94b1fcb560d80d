package io.imagegate.reference;

/**
 * The registries that a pattern matches: every one, one host, all hosts below a domain, or all addresses of a network.
 *
 * @param scope which hosts
 * @param host the comparable host; for a domain after a dot, for a network its first numbers before a dot; empty for every
 *     registry
 * @param port the port, empty for the default one, or {@link #ANY_PORT}
 */
record HostPattern(Scope scope, String host, String port) {

    enum Scope {
        EVERY,
        NAMED,
        BELOW,
        NETWORK
    }

    static final String ANY_PORT = "*";

    static final HostPattern EVERY = new HostPattern(Scope.EVERY, "", ANY_PORT);
    static final HostPattern DOCKER_HUB = named(RegistryName.DOCKER_HUB);

    static HostPattern named(String registry) {
        String name = RegistryName.comparable(registry);
        return new HostPattern(Scope.NAMED, RegistryName.host(name), RegistryName.port(name));
    }

    /**
     * Hosts below a domain, which may have a port: {@code a.example.com} and {@code a.b.example.com}, not the domain
     * itself.
     */
    static HostPattern below(String domain) {
        // The prefix keeps a domain that is a name of Docker Hub from becoming docker.io.
        String name = RegistryName.comparable("x." + domain).substring(1);
        return new HostPattern(Scope.BELOW, RegistryName.host(name), RegistryName.port(name));
    }

    /** IPv4 addresses that begin with these numbers, such as {@code 127.}, which may have a port. */
    static HostPattern network(String numbers, String port) {
        String name = RegistryName.comparable(numbers + port);
        return new HostPattern(Scope.NETWORK, RegistryName.host(name), RegistryName.port(name));
    }

    HostPattern withAnyPort() {
        return new HostPattern(scope, host, ANY_PORT);
    }

    /** {@return whether this is one registry, with one port} */
    boolean isOne() {
        return scope == Scope.NAMED && !port.equals(ANY_PORT);
    }

    /** {@return one of these registries} */
    String sample() {
        String one = switch (scope) {
            case EVERY -> "0.example";
            case NAMED -> host;
            case BELOW -> "0" + host;
            case NETWORK -> {
                int parts = (int) host.chars().filter(c -> c == '.').count();
                yield host + "0" + ".0".repeat(3 - parts);
            }
        };
        return RegistryName.of(one, port.equals(ANY_PORT) ? "1" : port);
    }

    /** {@return host and port, by which a set of patterns finds it} */
    String name() {
        return RegistryName.of(host, port);
    }

    boolean matches(String registry) {
        return (matchesPort(RegistryName.port(registry)) && matchesHost(RegistryName.host(registry)))
                || (registry.equals(RegistryName.DOCKER_HUB) && isAboveDockerHub());
    }

    private boolean matchesPort(String other) {
        return port.equals(ANY_PORT) || port.equals(other);
    }

    private boolean matchesHost(String other) {
        return switch (scope) {
            case EVERY -> true;
            case NAMED -> other.equals(host);
            case BELOW -> other.endsWith(host);
            case NETWORK -> other.startsWith(host) && RegistryName.isNumeric(other);
        };
    }

    /** {@return whether a name of Docker Hub is below this domain; all its names are one registry} */
    boolean isAboveDockerHub() {
        return scope == Scope.BELOW
                && matchesPort("")
                && RegistryName.DOCKER_HUB_NAMES.stream().anyMatch(alias -> alias.endsWith(host));
    }

    /** {@return whether Docker Hub is among these registries} */
    boolean hasDockerHub() {
        return matches(RegistryName.DOCKER_HUB);
    }

    boolean overlaps(HostPattern other) {
        return (hasDockerHub() && other.hasDockerHub())
                || ((matchesPort(other.port) || other.matchesPort(port)) && overlapsHost(other));
    }

    private boolean overlapsHost(HostPattern other) {
        if (scope == Scope.EVERY || other.scope == Scope.NAMED) {
            return matchesHost(other.host);
        }
        if (other.scope == Scope.EVERY || scope == Scope.NAMED) {
            return other.matchesHost(host);
        }
        return switch (scope) {
            case BELOW ->
                other.scope == Scope.BELOW
                        ? host.endsWith(other.host) || other.host.endsWith(host)
                        : RegistryName.isNumeric(host);
            default ->
                other.scope == Scope.NETWORK
                        ? host.startsWith(other.host) || other.host.startsWith(host)
                        : RegistryName.isNumeric(other.host);
        };
    }

    /** {@return whether a client may read such a host as another address than the written one} */
    boolean mayBeAddress() {
        return switch (scope) {
            case EVERY -> true;
            case NAMED -> !Ipv4Spelling.readings(host).isEmpty();
            case BELOW -> Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
            case NETWORK -> false; // All readings are in the network, too.
        };
    }

    boolean covers(HostPattern other) {
        return switch (other.scope) {
            case EVERY -> scope == Scope.EVERY;
            case NAMED -> other.isOne() ? matches(other.name()) : matchesPort(other.port) && matchesHost(other.host);
            case BELOW, NETWORK ->
                scope == Scope.EVERY
                        || (scope == other.scope
                                && matchesPort(other.port)
                                && (scope == Scope.BELOW ? other.host.endsWith(host) : other.host.startsWith(host)));
        };
    }
}
