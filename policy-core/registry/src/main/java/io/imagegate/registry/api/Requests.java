package io.imagegate.registry.api;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.endpoint.RepositoryLocation;
import io.imagegate.registry.http.Flight;
import io.imagegate.registry.http.Response;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Sends requests of the distribution API: authenticates where the registry asks for it, and follows redirects by hand. */
final class Requests {

    private static final int REDIRECTS = 3;

    private final Tokens tokens;

    Requests(TimeSource time) {
        tokens = new Tokens(time);
    }

    /**
     * A request.
     *
     * @param flight the flight that it belongs to
     * @param place where it goes
     * @param method GET or HEAD
     * @param uri its URL
     * @param accept the media types that are wanted
     * @param limit longest body
     */
    record Ask(Flight flight, RepositoryLocation place, String method, URI uri, String accept, long limit) {

        Endpoint endpoint() {
            return place.endpoint();
        }
    }

    CompletableFuture<Response> send(Ask ask) {
        Optional<String> authorization =
                tokens.known(ask.endpoint(), ask.place().repository());
        return sendTo(ask, ask.uri(), authorization)
                .thenCompose(response -> response.status() == 401 ? authenticate(ask, response) : done(response))
                .thenCompose(response -> follow(ask, response, REDIRECTS));
    }

    private CompletableFuture<Response> authenticate(Ask ask, Response refused) {
        return tokens.answer(ask.flight(), ask.endpoint(), ask.place().repository(), refused)
                .thenCompose(authorization -> sendTo(ask, ask.uri(), Optional.of(authorization)));
    }

    /** Follows redirects without credentials: they are for the registry's own host, at the path that asked for them. */
    private static CompletableFuture<Response> follow(Ask ask, Response response, int left) {
        if (!response.isRedirect()) {
            return done(response);
        }
        if (left == 0) {
            throw Failure.undecidable(ask.endpoint().host() + " redirects more than " + REDIRECTS + " times");
        }
        String location = response.header("Location").orElse("");
        URI next = Locations.redirect(ask.endpoint(), response.uri(), location);
        return sendTo(ask, next, Optional.empty()).thenCompose(followed -> follow(ask, followed, left - 1));
    }

    private static CompletableFuture<Response> sendTo(Ask ask, URI uri, Optional<String> authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .method(ask.method(), BodyPublishers.noBody())
                .header("Accept", ask.accept());
        authorization.ifPresent(value -> request.header("Authorization", value));
        return ask.endpoint().client(uri).send(ask.flight(), request, ask.limit());
    }

    private static CompletableFuture<Response> done(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
