package io.imagegate.registry.endpoint;

import io.imagegate.registry.authentication.Secret;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.tls.FollowedFiles;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The proxy on the way to registries, except to hosts that are contacted directly, and what proves an identity to it.
 * Thread-safe. It knows no client, because a client is never garbage while its own thread can reach it through the selector.
 */
public final class ProxyRoute extends ProxySelector {

    /** Names what the JDK keeps from proxies on the way to TLS: {@code Basic}, unless the property is set. */
    private static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

    private static final String USER_AND_PASSWORD = "[^:\\p{Cntrl}]{1,1024}:\\P{Cntrl}{0,1024}";

    private final List<Proxy> proxy;
    private final List<HostRule> direct;
    private final Optional<FollowedFiles<String>> authorization;

    private ProxyRoute(URI proxy, List<HostRule> direct, Optional<FollowedFiles<String>> authorization) {
        this.proxy = List.of(
                new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
        this.direct = direct;
        this.authorization = authorization;
    }

    public static ProxyRoute open(
            URI proxy, List<HostRule> direct, Optional<Path> credentials, Executor threads, TimeSource time) {
        return new ProxyRoute(proxy, direct, credentials.map(file -> authorization(file, threads, time)));
    }

    private static FollowedFiles<String> authorization(Path file, Executor threads, TimeSource time) {
        requireBasic(System.getProperty(DISABLED));
        try {
            return FollowedFiles.open(List.of(file), contents -> basic(file, contents.get(0)), threads, time);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("proxyCredentials: " + FollowedFiles.reason(e), e);
        }
    }

    void close() {
        authorization.ifPresent(FollowedFiles::close);
    }

    /** Otherwise the JDK would leave out the password without a word, and the proxy refuse every registry with TLS. */
    public static void requireBasic(@Nullable String disabled) {
        boolean basic = disabled != null
                && Arrays.stream(disabled.split(",", -1))
                        .noneMatch(scheme -> scheme.strip().equalsIgnoreCase("basic"));
        if (!basic) {
            throw new IllegalArgumentException(
                    "proxyCredentials: Java sends passwords to a proxy only if it is started with -D" + DISABLED
                            + "= (nothing after the equals sign)");
        }
    }

    private static String basic(Path file, byte[] content) throws IOException {
        String text = new String(content, StandardCharsets.UTF_8).replaceFirst("\\r?\\n\\z", "");
        if (!text.matches(USER_AND_PASSWORD)) {
            throw new IOException(file + ": expected USER:PASSWORD in one line");
        }
        int colon = text.indexOf(':');
        return "Basic "
                + Secret.basic(text.substring(0, colon), text.substring(colon + 1))
                        .value();
    }

    @Override
    public List<Proxy> select(URI uri) {
        return isDirect(uri) ? List.of(Proxy.NO_PROXY) : proxy;
    }

    private boolean isDirect(URI uri) {
        String host = HostNames.comparable(String.valueOf(uri.getRawAuthority()));
        String name = HostNames.comparable(String.valueOf(uri.getHost()));
        return direct.stream().anyMatch(rule -> rule.matches(host) || rule.matches(name));
    }

    /** {@return the header for the proxy on the way to a URL, which nobody else may get} */
    Optional<String> authorization(URI uri) {
        return isDirect(uri) ? Optional.empty() : authorization.map(FollowedFiles::current);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        // the request fails, too
    }
}
