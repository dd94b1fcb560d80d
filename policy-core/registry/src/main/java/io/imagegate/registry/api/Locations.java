package io.imagegate.registry.api;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks URLs that a registry names: redirects, token services and next pages. Whoever controls a registry, or pushes to
 * one, must not choose which hosts are contacted.
 */
public final class Locations {

    private static final int LONGEST = 8_192;

    private Locations() {}

    /** {@return where a redirect leads} */
    public static URI redirect(Endpoint endpoint, URI from, String location) {
        return named(endpoint, from, location, "redirects", endpoint.blobHosts(), "blobHosts");
    }

    /** {@return a token service} Its URL has no scope, or a registry would choose what a token of ours is good for. */
    public static URI realm(Endpoint endpoint, String realm) {
        URI service = named(
                endpoint, endpoint.uri("/v2/"), realm, "names a token service", endpoint.authHosts(), "authHosts");
        if (hasScope(service.getRawQuery())) {
            throw Failure.undecidable(
                    endpoint.host() + " names a token service by a URL with a scope: " + Failure.shown(realm));
        }
        return service;
    }

    private static boolean hasScope(@Nullable String query) {
        return query != null
                && Arrays.stream(query.split("[&;]", -1))
                        .map(parameter -> URLDecoder.decode(parameter.replaceFirst("=.*", ""), StandardCharsets.UTF_8))
                        .anyMatch(name -> name.strip().equalsIgnoreCase("scope"));
    }

    /** {@return a next page, which is at the same path of the same host} */
    static URI page(Endpoint endpoint, URI from, String location) {
        String verb = "names a next page";
        URI next = encrypted(endpoint, from, location, verb);
        if (!isOwn(endpoint, next)) {
            throw Failure.undecidable(endpoint.host() + " " + verb + " at another host: " + Failure.shown(location));
        }
        if (!next.getRawPath().equals(from.getRawPath())) {
            throw Failure.undecidable(endpoint.host() + " " + verb + " at another path");
        }
        return next;
    }

    private static URI named(
            Endpoint endpoint, URI from, String location, String verb, List<HostRule> others, String setting) {
        URI uri = encrypted(endpoint, from, location, verb);
        String host = host(uri);
        if (!isOwn(endpoint, uri) && others.stream().noneMatch(rule -> rule.matches(host))) {
            throw Failure.undecidable(endpoint.host() + " " + verb + " at " + host
                    + ", which its entry does not name: add " + setting + ": [\"" + host + "\"] if that is right");
        }
        return uri;
    }

    /** Reads a URL with TLS, or without if that is right for the host itself. */
    private static URI encrypted(Endpoint endpoint, URI from, String location, String verb) {
        URI uri = parse(endpoint, from, location, verb);
        boolean plain = isOwn(endpoint, uri) && endpoint.entry().plainHttp() && "http".equals(uri.getScheme());
        if (!"https".equals(uri.getScheme()) && !plain) {
            throw Failure.undecidable(endpoint.host() + " " + verb + " without TLS: " + Failure.shown(location));
        }
        return uri;
    }

    private static boolean isOwn(Endpoint endpoint, URI uri) {
        return host(uri).equals(endpoint.address());
    }

    private static String host(URI uri) {
        return HostNames.comparable(String.valueOf(uri.getRawAuthority()));
    }

    /** Reads a URL whose host all readers see alike: no user, no escapes, no other alphabet. */
    private static URI parse(Endpoint endpoint, URI from, String location, String verb) {
        try {
            // Nothing would lead to the folder of the path, where a registry answers 404.
            boolean readable = !location.isEmpty() && location.length() <= LONGEST;
            URI uri = readable ? from.resolve(URI.create(location)) : null;
            if (uri != null && uri.getRawFragment() == null && isHost(uri.getRawAuthority())) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below, like all others
        }
        throw Failure.undecidable(endpoint.host() + " " + verb + " by a URL that is invalid or has a user or fragment: "
                + Failure.shown(location));
    }

    private static boolean isHost(String authority) {
        return authority != null && HostNames.isHost(authority.toLowerCase(Locale.ROOT));
    }
}
