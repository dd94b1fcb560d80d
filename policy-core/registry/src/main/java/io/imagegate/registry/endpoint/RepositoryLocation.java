package io.imagegate.registry.endpoint;

/**
 * A repository where it is looked up, which a mirror may have moved.
 *
 * @param endpoint the host
 * @param repository the path there
 */
public record RepositoryLocation(Endpoint endpoint, String repository) {

    /** {@return the name of the place in messages and cache keys} */
    public String name() {
        return endpoint.host() + "/" + repository;
    }

    public String path(String kind, String reference) {
        return "/v2/" + repository + "/" + kind + "/" + reference;
    }
}
