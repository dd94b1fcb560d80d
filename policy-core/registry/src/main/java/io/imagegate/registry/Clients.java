package io.imagegate.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The HTTP clients: one for all registries, and separate ones for entries with certificates. */
final class Clients {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final ImageRegistries registries;
    private final Executor executor;
    private final HttpClient common;

    Clients(ImageRegistries registries, Executor executor, @Nullable HttpClient given) {
        this.registries = registries;
        this.executor = executor;
        this.common = given == null ? builder().build() : checked(given);
    }

    /** A client that follows redirects, or answers challenges, would contact hosts that nobody named. */
    private static HttpClient checked(HttpClient given) {
        if (given.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("client: expected one that follows no redirects");
        }
        if (given.authenticator().isPresent() || given.cookieHandler().isPresent()) {
            throw new IllegalArgumentException("client: expected one without an authenticator and a cookie handler");
        }
        return given;
    }

    HttpClient common() {
        return common;
    }

    Endpoint.Clients special(RegistryEntry entry) {
        HttpClient others = Tls.client(builder(), entry, false);
        return new Endpoint.Clients(
                entry.clientCertificate().isPresent() ? Tls.client(builder(), entry, true) : others, others);
    }

    /** HTTP/1.1: each request has a connection of its own, so that one that hangs holds up no other. */
    private HttpClient.Builder builder() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor);
        return builder.proxy(
                registries.proxy().<ProxySelector>map(this::selector).orElse(HttpClient.Builder.NO_PROXY));
    }

    private ProxySelector selector(URI proxy) {
        List<Proxy> through = List.of(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                String host = HostNames.comparable(String.valueOf(uri.getRawAuthority()));
                String name = HostNames.comparable(String.valueOf(uri.getHost()));
                boolean direct =
                        registries.noProxy().stream().anyMatch(rule -> rule.matches(host) || rule.matches(name));
                return direct ? List.of(Proxy.NO_PROXY) : through;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // the request fails, too
            }
        };
    }
}
