package io.imagegate.reference;

/**
 * The registries that a pattern matches: every one, one by name, or all below a domain.
 *
 * @param scope every registry, one, or those below a domain
 * @param name the comparable name, or for a domain its comparable name after a dot; empty for every registry
 */
record HostPattern(Scope scope, String name) {

    enum Scope {
        EVERY,
        NAMED,
        BELOW
    }

    static final HostPattern EVERY = new HostPattern(Scope.EVERY, "");
    static final HostPattern DOCKER_HUB = named(RegistryName.DOCKER_HUB);

    static HostPattern named(String registry) {
        return new HostPattern(Scope.NAMED, RegistryName.comparable(registry));
    }

    /**
     * Hosts below a domain, which may have a port: {@code a.example.com} and {@code a.b.example.com}, not the domain
     * itself.
     */
    static HostPattern below(String domain) {
        // The prefix keeps a domain that is a name of Docker Hub from becoming docker.io.
        return new HostPattern(
                Scope.BELOW, RegistryName.comparable("x." + domain).substring(1));
    }

    boolean matches(String registry) {
        return switch (scope) {
            case EVERY -> true;
            case NAMED -> registry.equals(name);
            case BELOW -> registry.endsWith(name) || (registry.equals(RegistryName.DOCKER_HUB) && isAboveDockerHub());
        };
    }

    /** {@return whether a name of Docker Hub is below this domain; all its names are one registry} */
    boolean isAboveDockerHub() {
        return RegistryName.DOCKER_HUB_NAMES.stream().anyMatch(alias -> alias.endsWith(name));
    }
}
