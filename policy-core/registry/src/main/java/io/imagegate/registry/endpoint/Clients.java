package io.imagegate.registry.endpoint;

import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.tls.RegistryTlsFiles;
import io.imagegate.registry.tls.Tls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP clients: one for all registries, and separate ones for entries with certificates. */
public final class Clients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HostTable registries;
    private final Executor executor;
    private final HttpClient common;
    private final List<HttpClient> own = new ArrayList<>();

    public Clients(HostTable registries, Executor executor, @Nullable HttpClient given) {
        this.registries = registries;
        this.executor = executor;
        this.common = given == null ? built(() -> builder().build()) : checked(given);
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

    public HttpClient common() {
        return common;
    }

    Endpoint.Clients special(HostEntry entry) {
        RegistryTlsFiles files = entry.tls();
        HttpClient others = built(() -> Tls.client(builder(), entry.name(), files.withoutCertificate()));
        return new Endpoint.Clients(
                files.clientCertificate().isPresent()
                        ? built(() -> Tls.client(builder(), entry.name(), files))
                        : others,
                others);
    }

    /**
     * Builds a client whose thread does not keep the class loader of a web application: before Java 21 it inherits that of the
     * thread that builds the client, and ends only after the client is garbage.
     */
    private HttpClient built(Supplier<HttpClient> build) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            HttpClient client = build.get();
            own.add(client);
            return client;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Closes the clients, except one that was given. Their requests end at once, not when they are answered. */
    @Override
    public void close() {
        own.forEach(Clients::close);
    }

    /** Clients can be closed since Java 21; before, their threads end when they are garbage. */
    private static void close(Object client) {
        if (client instanceof AutoCloseable closeable) {
            boolean interrupted = Thread.interrupted();
            // Closing waits for answers, unless it is interrupted.
            Thread.currentThread().interrupt();
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                boolean unused = Thread.interrupted();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** HTTP/1.1: each request has a connection of its own, so that one that hangs holds up no other. */
    private HttpClient.Builder builder() {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor);
        List<HostRule> direct = registries.noProxy();
        return builder.proxy(registries
                .proxy()
                .<ProxySelector>map(proxy -> selector(proxy, direct))
                .orElse(HttpClient.Builder.NO_PROXY));
    }

    /** Static, because a client is never garbage while its own thread can reach it through the selector. */
    private static ProxySelector selector(URI proxy, List<HostRule> noProxy) {
        List<Proxy> through = List.of(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                String host = HostNames.comparable(String.valueOf(uri.getRawAuthority()));
                String name = HostNames.comparable(String.valueOf(uri.getHost()));
                boolean direct = noProxy.stream().anyMatch(rule -> rule.matches(host) || rule.matches(name));
                return direct ? List.of(Proxy.NO_PROXY) : through;
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // the request fails, too
            }
        };
    }
}
