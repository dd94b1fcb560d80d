package io.imagegate.bench.peer;

import org.jspecify.annotations.Nullable;

/**
 * What a parser made of a reference, in terms that all of them share. Conventions that change nothing about which image
 * is meant are ironed out: a registry left out is Docker Hub, as are its other host names, {@code library/} may be implied,
 * and a tag {@code latest} may be filled in.
 *
 * @param registry host and port
 * @param repository path
 * @param tag tag, or empty
 * @param digest digest, or empty
 */
public record Name(String registry, String repository, String tag, String digest) {

    private static final String DOCKER_HUB = "docker.io";

    /**
     * Irons out conventions.
     *
     * @param registry host and port, null or empty where none was found
     * @param repository path
     * @param tag tag, or null
     * @param digest digest, or null
     * @return the name
     */
    public static Name of(@Nullable String registry, String repository, @Nullable String tag, @Nullable String digest) {
        String host = registry == null || registry.isEmpty() ? DOCKER_HUB : registry;
        boolean hub = host.equals(DOCKER_HUB)
                || host.equals("index.docker.io")
                || host.equals("registry-1.docker.io")
                || host.equals("https://index.docker.io/v1/");
        String path = hub && repository.startsWith("library/") && repository.indexOf('/', 8) < 0
                ? repository.substring(8)
                : repository;
        String label = tag == null || tag.equals("latest") ? "" : tag;
        return new Name(hub ? DOCKER_HUB : host, path, label, digest == null ? "" : digest);
    }
}
