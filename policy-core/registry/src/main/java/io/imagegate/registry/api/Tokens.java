package io.imagegate.registry.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.imagegate.registry.authentication.Challenge;
import io.imagegate.registry.authentication.Secret;
import io.imagegate.registry.authentication.TokenAnswer;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.Response;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Answers the challenges of registries, and keeps the answers until shortly before they expire. Thread-safe. */
final class Tokens {

    private static final long LIMIT = 64 << 10;

    /** Most characters of all tokens. */
    private static final long ALL = 4 << 20;

    private static final int OVERHEAD = 400;

    /** How long a password, or a token that an operator gave, is sent before the registry asks. */
    private static final Duration LIFETIME = Duration.ofSeconds(60);

    private record Key(String host, String repository) {}

    /** The value of a header, and for how long it may be sent. */
    private record Authorization(String value, Duration lifetime) {}

    private final Cache<Key, Authorization> known;

    Tokens(TimeSource time) {
        known = Caffeine.newBuilder()
                .ticker(time::nanos)
                .maximumWeight(ALL)
                .weigher((Key key, Authorization value) ->
                        OVERHEAD + key.repository().length() + value.value().length())
                .expireAfter(Expiry.creating((Key key, Authorization value) -> value.lifetime()))
                .build();
    }

    /** {@return the header to send before the registry asks} */
    Optional<String> known(Endpoint endpoint, String repository) {
        return Optional.ofNullable(known.getIfPresent(new Key(endpoint.host(), repository)))
                .map(Authorization::value);
    }

    /** {@return the header that answers a challenge} */
    CompletableFuture<String> answer(Flight flight, Endpoint endpoint, String repository, Response refused) {
        Key key = new Key(endpoint.host(), repository);
        known.invalidate(key);
        Challenge challenge = Challenge.of(refused.headers("WWW-Authenticate"))
                .orElseThrow(() -> Failure.undecidable(
                        endpoint.host() + " refused access (401) and offered neither Basic nor Bearer"));
        return find(endpoint)
                .thenCompose(credential -> challenge.scheme().equals("basic")
                        ? CompletableFuture.completedFuture(basic(endpoint, credential))
                        : bearer(flight, endpoint, repository, challenge, credential))
                .thenApply(authorization -> {
                    known.put(key, authorization);
                    return authorization.value();
                });
    }

    private static CompletableFuture<Optional<Secret>> find(Endpoint endpoint) {
        return endpoint.credentials()
                .map(source -> source.find(endpoint.host()).handle((found, thrown) -> {
                    if (thrown != null) {
                        throw Failure.undecidable("no credential for " + endpoint.host() + ": "
                                + Failure.of(thrown).reason());
                    }
                    return found;
                }))
                .orElse(CompletableFuture.completedFuture(Optional.empty()));
    }

    private static Authorization basic(Endpoint endpoint, Optional<Secret> credential) {
        return credential
                .filter(given -> given.kind() == Secret.Kind.BASIC)
                .map(given -> new Authorization("Basic " + given.value(), LIFETIME))
                .orElseThrow(() -> Failure.undecidable(endpoint.host() + " asks for a user name and a password"
                        + (endpoint.credentials().isPresent()
                                ? ", but none are known for it"
                                : ": add credentials to its entry")));
    }

    private static CompletableFuture<Authorization> bearer(
            Flight flight, Endpoint endpoint, String repository, Challenge challenge, Optional<Secret> credential) {
        if (credential.isPresent() && credential.get().kind() == Secret.Kind.BEARER) {
            String value = "Bearer " + credential.get().value();
            return CompletableFuture.completedFuture(new Authorization(value, LIFETIME));
        }
        String realm = challenge.parameters().getOrDefault("realm", "");
        URI service = Locations.realm(endpoint, realm);
        HttpRequest.Builder request = request(service, parameters(challenge, repository), credential);
        return endpoint.client(service).send(flight, request, LIMIT).thenApply(response -> token(endpoint, response));
    }

    /** The scope is made here: a registry does not choose what a token of ours is good for. */
    private static String parameters(Challenge challenge, String repository) {
        Function<String, String> encode = text -> URLEncoder.encode(text, StandardCharsets.UTF_8);
        String service = Optional.ofNullable(challenge.parameters().get("service"))
                .map(name -> "service=" + encode.apply(name) + "&")
                .orElse("");
        return service + "scope=" + encode.apply("repository:" + repository + ":pull");
    }

    private static HttpRequest.Builder request(URI service, String parameters, Optional<Secret> credential) {
        Optional<Secret> identity = credential.filter(given -> given.kind() == Secret.Kind.IDENTITY_TOKEN);
        if (identity.isPresent()) {
            String form = "grant_type=refresh_token&client_id=imagegate&refresh_token="
                    + URLEncoder.encode(identity.get().value(), StandardCharsets.UTF_8) + "&" + parameters;
            return HttpRequest.newBuilder(service)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form));
        }
        String query = service.getRawQuery() == null ? "?" : "&";
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service + query + parameters));
        credential.ifPresent(given -> request.header("Authorization", "Basic " + given.value()));
        return request;
    }

    private static Authorization token(Endpoint endpoint, Response response) {
        if (response.status() == 404) {
            throw Failure.undecidable("the token service of " + endpoint.host() + " does not exist");
        }
        if (response.status() != 200) {
            throw Statuses.failure(endpoint, "the token service", response);
        }
        TokenAnswer answer = TokenAnswer.read(endpoint.host(), response.body());
        return new Authorization("Bearer " + answer.token(), answer.lifetime());
    }
}
