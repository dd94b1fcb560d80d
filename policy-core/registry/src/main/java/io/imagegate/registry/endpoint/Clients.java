package io.imagegate.registry.endpoint;

import io.imagegate.registry.http.Transport;
import io.imagegate.registry.tls.RegistryTlsFiles;
import io.imagegate.registry.tls.Tls;
import io.imagegate.time.TimeSource;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The HTTP clients: one for all registries, and separate ones for entries with certificates. */
public final class Clients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MOST_RETIRING = 8;

    private final Executor executor;
    private final TimeSource time;
    private final Optional<ProxyRoute> proxy;
    private final Transport common;
    private final List<Transport> own = new ArrayList<>();
    private final List<Tls> followed = new ArrayList<>();
    private final Semaphore retiring = new Semaphore(MOST_RETIRING);

    public Clients(HostTable registries, Executor executor, TimeSource time, @Nullable HttpClient given) {
        this.executor = executor;
        this.time = time;
        this.proxy = registries
                .proxy()
                .map(address ->
                        ProxyRoute.open(address, registries.noProxy(), registries.proxyCredentials(), executor, time));
        this.common = given == null ? built(() -> builder().build()) : common(checked(given));
    }

    private static Transport common(HttpClient given) {
        return new Transport(() -> given, replaced -> {}, uri -> Optional.empty());
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

    public Transport common() {
        return common;
    }

    Endpoint.Clients special(HostEntry entry) {
        RegistryTlsFiles files = entry.tls();
        Transport others = special(entry.name(), files.withoutCertificate());
        return new Endpoint.Clients(
                files.clientCertificate().isPresent() ? special(entry.name(), files) : others, others);
    }

    public Transport special(String name, RegistryTlsFiles files) {
        Tls tls = Tls.open(name, files, executor, time);
        followed.add(tls);
        return built(() -> builder().sslContext(tls.context()).build());
    }

    /**
     * Builds a client whose thread does not keep the class loader of a web application: before Java 21 it inherits that of the
     * thread that builds the client, and ends only after the client is garbage.
     */
    private Transport built(Supplier<HttpClient> build) {
        Transport transport = new Transport(
                () -> build(build), this::retire, uri -> proxy.flatMap(route -> route.authorization(uri)));
        own.add(transport);
        return transport;
    }

    private static HttpClient build(Supplier<HttpClient> build) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return build.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /**
     * Closes a client after the answers that it waits for, or at once if several others wait for theirs: each takes a thread.
     * Before Java 21 its connections are closed when it is garbage.
     */
    private void retire(Object replaced) {
        if (replaced instanceof AutoCloseable closeable) {
            executor.execute(() -> {
                if (!retiring.tryAcquire()) {
                    close(closeable);
                    return;
                }
                try {
                    closeOrFail(closeable);
                } finally {
                    retiring.release();
                }
            });
        }
    }

    private static void closeOrFail(AutoCloseable client) {
        try {
            client.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes the clients, except one that was given. Their requests end at once, not when they are answered. */
    @Override
    public void close() {
        proxy.ifPresent(ProxyRoute::close);
        followed.forEach(Tls::close);
        own.forEach(transport -> close(transport.client()));
    }

    /** Clients can be closed since Java 21; before, their threads end when they are garbage. */
    private static void close(Object client) {
        if (client instanceof AutoCloseable closeable) {
            boolean interrupted = Thread.interrupted();
            // Closing waits for answers, unless it is interrupted.
            Thread.currentThread().interrupt();
            try {
                closeOrFail(closeable);
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
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(executor)
                .proxy(proxy.<ProxySelector>map(route -> route).orElse(HttpClient.Builder.NO_PROXY));
    }
}
