package io.imagegate.registry.http;

import io.imagegate.registry.content.Failure;
import io.imagegate.text.JdkSentences;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;

/** Sends requests with one HTTP client, and reads what is answered, within limits. */
public final class Transport {

    /** How much is read of a body that is not wanted. */
    private static final long IGNORED = 16 << 10;

    /** Before the second attempt after a connection failed. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final int SHOWN = 200;

    /**
     * Answers that are no HTTP, after which the client is replaced. The JDK's never closes their connections, as long as the
     * registry keeps them open, and keeps what was read of each.
     */
    private static final int MALFORMED = 16;

    private final Supplier<HttpClient> clients;
    private final Consumer<HttpClient> retire;
    private final Function<URI, Optional<String>> proxyAuthorization;
    private HttpClient client;
    private int malformed;

    /**
     * Sends requests with a client.
     *
     * @param clients makes the client, and others in its place
     * @param retire takes a client that is replaced
     * @param proxyAuthorization what the proxy on the way to a URL asks for, if anything. The client gives it to the proxy alone
     */
    public Transport(
            Supplier<HttpClient> clients,
            Consumer<HttpClient> retire,
            Function<URI, Optional<String>> proxyAuthorization) {
        this.clients = clients;
        this.retire = retire;
        this.proxyAuthorization = proxyAuthorization;
        this.client = clients.get();
    }

    /** {@return the current client} */
    public synchronized HttpClient client() {
        return client;
    }

    private synchronized void countMalformed(HttpClient used) {
        if (used != client || ++malformed < MALFORMED) {
            return;
        }
        malformed = 0;
        try {
            client = clients.get();
            retire.accept(used);
        } catch (IllegalArgumentException e) {
            // A file of certificates is being replaced; the next ones try again.
        }
    }

    /** Sends a request; the body of an answer other than 200 is not kept. */
    public CompletableFuture<Response> send(Flight flight, HttpRequest.Builder request, long limit) {
        return send(flight, request, (info, head) -> body(flight, info, head, limit));
    }

    /** Sends a request of whose answer only the head is wanted. */
    public CompletableFuture<Response> sendForHead(Flight flight, HttpRequest.Builder request) {
        return send(flight, request, (info, head) -> BoundedBody.ignored(flight, IGNORED));
    }

    private CompletableFuture<Response> send(
            Flight flight,
            HttpRequest.Builder request,
            BiFunction<ResponseInfo, Boolean, BodySubscriber<byte[]>> reader) {
        URI uri = request.timeout(flight.left()).build().uri();
        proxyAuthorization.apply(uri).ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        HttpRequest ready = request.build();
        boolean head = ready.method().equals("HEAD");
        HttpClient used = client();
        return flight.sending(used.sendAsync(ready, info -> reader.apply(info, head)))
                .handle((response, thrown) -> {
                    if (thrown != null) {
                        boolean replaced = used != client();
                        if (isMalformed(thrown)) {
                            countMalformed(used);
                        }
                        throw failure(thrown, String.valueOf(ready.uri().getRawAuthority()), replaced);
                    }
                    return new Response(response);
                });
    }

    private static BodySubscriber<byte[]> body(Flight flight, ResponseInfo info, boolean head, long limit) {
        if (head || info.statusCode() != 200) {
            return BoundedBody.ignored(flight, IGNORED);
        }
        boolean compressed = info.headers()
                .firstValue("Content-Encoding")
                .filter(encoding -> !encoding.equals("identity"))
                .isPresent();
        if (compressed) {
            // If an exception were thrown here, the client would never close the connection.
            return BoundedBody.refused(
                    flight, Failure.undecidable("the answer is compressed, which was not asked for"));
        }
        return BoundedBody.whole(
                flight, limit, info.headers().firstValueAsLong("Content-Length").orElse(-1));
    }

    private static boolean isMalformed(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }

    private static Failure failure(Throwable thrown, String host, boolean replaced) {
        boolean refusedByTls = false;
        Throwable last = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Failure failure) {
                return failure;
            }
            refusedByTls |= cause instanceof CertificateException;
            last = cause;
        }
        if (refusedByTls || last instanceof SSLException) {
            return Failure.undecidable("TLS with " + host + " failed: " + shown(last) + advice(last, refusedByTls));
        }
        if (JdkSentences.saysNoDescriptors(last)) {
            // This process reached a limit of its own, which is no outage of the host.
            return Failure.undecidable("no connection to " + host + " from this machine: " + shown(last));
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpTimeoutException || cause instanceof CancellationException) {
                return Failure.suspect(host + " did not answer in time");
            }
            if (cause instanceof ConnectException) {
                return lost("no connection to " + host, replaced);
            }
            OptionalInt refused = JdkSentences.refusedTunnel(cause);
            if (refused.isPresent()) {
                return Failure.undecidable(
                        "the proxy on the way to " + host + " refused access (" + refused.getAsInt() + ")");
            }
            if (cause instanceof IOException) {
                return lost("the connection to " + host + " failed: " + shown(cause), replaced);
            }
        }
        return Failure.undecidable("the request to " + host + " failed: " + shown(last));
    }

    /** {@return why there is no answer} A client that was replaced is closed, which proves nothing about the host. */
    private static Failure lost(String reason, boolean replaced) {
        return (replaced ? Failure.undecidable(reason) : Failure.suspect(reason)).retryAfter(PAUSE);
    }

    /** {@return what to change in the file of registries; empty if that is not certain} */
    private static String advice(Throwable last, boolean refused) {
        if (refused) {
            return "; expected a certificate for this host by an authority of the system, or by one in ca of its entry";
        }
        return JdkSentences.saysNoTls(last) ? "; to use a registry without TLS, add plainHttp: true to its entry" : "";
    }

    private static String shown(Throwable thrown) {
        return SafeText.escape(SafeText.cut(String.valueOf(thrown.getMessage()), SHOWN));
    }
}
