package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.endpoint.Clients;
import io.imagegate.registry.endpoint.Endpoints;
import io.imagegate.registry.endpoint.Health;
import io.imagegate.registry.endpoint.HostTable;
import io.imagegate.registry.endpoint.ProxyRoute;
import io.imagegate.registry.share.FairPermits;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRegistriesTest extends RegistryTest {

    private static ImageRegistries of(RegistryEntry.Builder... entries) {
        ImageRegistries.Builder builder = ImageRegistries.builder();
        List.of(entries).forEach(entry -> builder.add(entry.build()));
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io",
        "ghcr.io:443/acme/api, ghcr.io",
        "'[::1]:5000/app', '[::1]:5000'",
        "'[0:0:0:0:0:0:0:1]:5000/app', '[::1]:5000'",
        "'[::FFFF:7f00:1]/app', 127.0.0.1"
    })
    @DisplayName("the registries of one image are its own host alone, over HTTPS and anonymous")
    void ofOneImage(String image, String host) {
        ImageRegistries registries = ImageRegistries.of(ImageReference.parse(image));
        assertThat(registries.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.host()).isEqualTo(host);
            assertThat(entry.settings().plainHttp()).isFalse();
            assertThat(entry.settings().credentials()).isEmpty();
            assertThat(entry.settings().blobHosts()).as("those of the table").isEmpty();
        });
        assertThat(registries.proxy()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo_bar.com/app", "ghcr.io:99999/app", "[:::1]:5000/app", "[1:2]/app"})
    @DisplayName("an image whose registry cannot be contacted has none")
    void ofNoImage(String image) {
        assertThatThrownBy(() -> ImageRegistries.of(ImageReference.parse(image)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io",
        "index.docker.io/acme/api, docker.io",
        "registry-1.docker.io/acme/api, docker.io",
        "GHCR.io/acme/api, ghcr.io",
        "ghcr.io:443/acme/api, ghcr.io",
        "ghcr.io:444/acme/api, ",
        "a.example.com/x, *.example.com",
        "a.b.example.com/x, *.b.example.com",
        "c.b.example.com/x, c.b.example.com",
        "example.com/x, ",
        "notexample.com/x, ",
        "a.example.com:5000/x, ",
        "127.0.0.1/x, "
    })
    @DisplayName("an image belongs to its exact host, else to the longest pattern, else to nothing")
    void entries(String image, String expected) {
        ImageRegistries registries = of(
                RegistryEntry.builder("*.example.com"),
                RegistryEntry.builder("*.b.example.com"),
                RegistryEntry.builder("c.b.example.com"),
                RegistryEntry.builder("registry-1.docker.io"),
                RegistryEntry.builder("GHCR.IO:443"));
        assertThat(registries
                        .entry(ImageReference.parse(image))
                        .map(RegistryEntry::host)
                        .orElse(null))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "*.1",
                "*.0x7f",
                "a.*.com",
                "*.example.com:5000",
                "https://a.com",
                "a.com/b",
                "a b",
                "a.com:0",
                "a.com:70000",
                "user@a.com",
                "a..com",
                "a_b.com",
                "-a.com",
                "a.com."
            })
    @DisplayName("what is not a host or a pattern is refused")
    void noHost(String host) {
        assertThatThrownBy(() -> RegistryEntry.builder(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("host: expected a host such as");
    }

    @Test
    @DisplayName("settings that exclude each other are refused")
    void contradictions() {
        assertThatThrownBy(() -> RegistryEntry.builder("*.a.com").plainHttp().build())
                .hasMessage("*.a.com: plainHttp: expected an exact host");
        assertThatThrownBy(() -> RegistryEntry.builder("a.com")
                        .plainHttp()
                        .ca(Path.of("x"))
                        .build())
                .hasMessageContaining("neither ca nor clientCertificate");
        assertThatThrownBy(() -> RegistryEntry.builder("a.com")
                        .mirror("b.com")
                        .plainHttp()
                        .build())
                .hasMessageContaining("never contacted");
        assertThatThrownBy(() -> RegistryEntry.builder("a.com").authHosts(List.of("*.b.com")))
                .hasMessageStartingWith("authHosts: expected a host");
        assertThatThrownBy(() -> RegistryEntry.builder("a.com").mirror("b.com/A"))
                .hasMessageStartingWith("mirror: expected");
    }

    @Test
    @DisplayName("duplicate hosts, and mirrors without an entry or with a mirror, are refused")
    void graph() {
        assertThatThrownBy(() -> of(RegistryEntry.builder("docker.io"), RegistryEntry.builder("index.docker.io")))
                .hasMessage("duplicate entry for the host docker.io");
        assertThatThrownBy(() -> of(RegistryEntry.builder("docker.io").mirror("b.com/hub")))
                .hasMessageContaining("expected an entry for the host b.com");
        assertThatThrownBy(() -> of(
                        RegistryEntry.builder("docker.io").mirror("b.com"),
                        RegistryEntry.builder("b.com").mirror("c.com"),
                        RegistryEntry.builder("c.com")))
                .hasMessageContaining("b.com has a mirror itself");
        assertThatThrownBy(() -> of(
                        RegistryEntry.builder("a.com"),
                        RegistryEntry.builder("A.com"),
                        RegistryEntry.builder("b.com").mirror("c.com")))
                .hasMessage("duplicate entry for the host a.com; b.com: mirror: expected an entry for the host c.com");
    }

    @Test
    @DisplayName("a proxy is an address over HTTP without a user")
    void proxies() {
        ImageRegistries.Builder builder = ImageRegistries.builder();
        assertThat(builder.proxy(URI.create("http://p:3128"), List.of("*.internal"))
                        .build()
                        .proxy())
                .contains(URI.create("http://p:3128"));
        for (String wrong : List.of("https://p:1", "http://p", "http://u:p@p:1", "http://p:1/x", "socks://p:1")) {
            assertThatThrownBy(() -> builder.proxy(URI.create(wrong), List.of()))
                    .hasMessageStartingWith("proxy: expected")
                    .hasMessageNotContaining("u:p");
        }
    }

    @Test
    @DisplayName("a certificate or key that cannot be read is refused with its file and what was expected")
    void certificates(@TempDir Path folder) throws IOException {
        Path none = folder.resolve("none.pem");
        Path text = Files.writeString(
                folder.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        Path key = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----");
        assertThatThrownBy(() -> Registries.of(of(RegistryEntry.builder("a.com").ca(none))))
                .hasMessage("a.com: no file that can be read at " + none);
        assertThatThrownBy(() -> Registries.of(of(RegistryEntry.builder("a.com").ca(text))))
                .hasMessageContaining("a.com: " + text + ": expected certificates in PEM");
        assertThatThrownBy(() -> Registries.of(of(RegistryEntry.builder("a.com").clientCertificate(none, key))))
                .hasMessage("a.com: no file that can be read at " + none);
        assertThatThrownBy(() -> Registries.of(of(RegistryEntry.builder("a.com").clientCertificate(text, key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a.com: " + key + ": expected a private key in base64");
    }

    @ParameterizedTest
    @CsvSource({
        "https://registry.internal, true",
        "https://registry.internal:5000, true",
        "http://REGISTRY.internal, true",
        "https://exact.example:8443, true",
        "https://port.example:5000, true",
        "https://port.example, false",
        "https://internal, false",
        "https://x.exact.example, false",
        "https://ghcr.io, false"
    })
    @DisplayName("noProxy without a port is for any port")
    void noProxy(URI uri, boolean direct) {
        HostTable registries = ImageRegistries.builder()
                .proxy(URI.create("http://p:3128"), List.of("*.internal", "exact.example", "port.example:5000"))
                .build()
                .hosts();
        ProxySelector selector = ProxyRoute.open(
                registries.proxy().orElseThrow(),
                registries.noProxy(),
                Optional.empty(),
                Runnable::run,
                TimeSource.system());
        assertThat(selector.select(uri))
                .extracting(Proxy::type)
                .containsExactly(direct ? Proxy.Type.DIRECT : Proxy.Type.HTTP);
    }

    @Test
    @DisplayName("a client that follows redirects, or has an authenticator, is refused")
    void clients() {
        ImageRegistries none = ImageRegistries.builder().build();
        closing(Registries.builder(none).client(HttpClient.newHttpClient()).build());
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> Registries.builder(none).client(following).build())
                .hasMessageContaining("follows no redirects");
        HttpClient cookies =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        assertThatThrownBy(() -> Registries.builder(none).client(cookies).build())
                .hasMessageContaining("cookie handler");
    }

    @Test
    @DisplayName("limits and periods are checked")
    void limits() {
        assertThatThrownBy(() -> RegistryLimits.builder().timeout(Duration.ZERO).build())
                .hasMessageStartingWith("timeout: expected");
        assertThatThrownBy(() -> RegistryLimits.builder().flights(0).build()).hasMessageContaining("flights");
        assertThatThrownBy(() -> CachePeriods.DEFAULTS.withTags(Duration.ofSeconds(-1)))
                .hasMessageStartingWith("tags: expected at most 30d");
    }

    @Test
    @DisplayName("a mirror gets every request, under its own entry and the path's prefix")
    void mirror() {
        FakeRegistry harbor = plain();
        harbor.manifest("hub/library/nginx", "1.27", MediaTypes.OCI_INDEX, "{\"manifests\":[]}");
        Registries registries = open(
                RegistryEntry.builder("docker.io")
                        .mirror(harbor.host() + "/hub")
                        .build(),
                plainEntry(harbor).build());
        assertThat(await(registries.digest(ImageReference.parse("nginx:1.27"))).state())
                .isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("names that a pod invents under a pattern do not make the state of another host forgotten")
    void healthByEntry() {
        HostTable registries = of(RegistryEntry.builder("a.com"), RegistryEntry.builder("*.b.com"))
                .hosts();
        Endpoints endpoints = new Endpoints(
                registries,
                new Clients(registries, Runnable::run, TimeSource.system(), null),
                new FairPermits(1),
                Duration.ofSeconds(20),
                TimeSource.system());
        Health exact = health(endpoints, "a.com/x");
        for (int i = 0; i < 5_000; i++) {
            for (int times = 0; times < 3; times++) {
                assertThat(health(endpoints, "h" + i + ".b.com/x")).isNotNull();
            }
        }
        assertThat(health(endpoints, "a.com/x")).isSameAs(exact);
    }

    private static Health health(Endpoints endpoints, String image) {
        return endpoints.health(endpoints.place(ImageReference.parse(image)).endpoint());
    }
}
