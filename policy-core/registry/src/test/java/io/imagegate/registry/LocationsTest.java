package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.registry.api.Locations;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.endpoint.HostEntry;
import io.imagegate.registry.http.Transport;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs of a registry are contacted. Its entry names the blob hosts cdn.example and *.blobs.example, and auth.example. */
class LocationsTest {

    private static final URI FROM = URI.create("https://registry.example/v2/a/b/blobs/sha256:00?x=1");

    private static Endpoint endpoint(RegistryEntry.Builder entry, String address) {
        HostEntry built = entry.authHosts(List.of("auth.example"))
                .blobHosts(List.of("cdn.example", "cdn.example:8443", "*.blobs.example"))
                .build()
                .settings();
        Transport client = new Transport(HttpClient::newHttpClient, replaced -> {}, uri -> Optional.empty());
        return new Endpoint(
                built,
                address,
                address,
                built.authHosts().orElseThrow(),
                built.blobHosts().orElseThrow(),
                new Endpoint.Clients(client, client));
    }

    private static final Endpoint ENDPOINT = endpoint(RegistryEntry.builder("registry.example"), "registry.example");

    @ParameterizedTest
    @CsvSource({
        "/v2/a/b/x, https://registry.example/v2/a/b/x",
        "other, https://registry.example/v2/a/b/blobs/other",
        "https://registry.example/x, https://registry.example/x",
        "https://REGISTRY.example:443/x, https://REGISTRY.example:443/x",
        "https://cdn.example/a?sig=%2F, https://cdn.example/a?sig=%2F",
        "https://cdn.example:8443/a, https://cdn.example:8443/a",
        "///evil.example/a, https://registry.example/evil.example/a",
        "//cdn.example/a, https://cdn.example/a",
        "https://x.blobs.example/a, https://x.blobs.example/a",
        "https://x.y.blobs.example/a, https://x.y.blobs.example/a"
    })
    @DisplayName("a redirect to the host itself or to one that is named is followed")
    void followed(String location, String expected) {
        assertThat(Locations.redirect(ENDPOINT, FROM, location)).isEqualTo(URI.create(expected));
    }

    @Test
    @DisplayName("an IPv6 address is the host itself in any spelling")
    void spellings() {
        Endpoint endpoint = endpoint(RegistryEntry.builder("[0:0:0:0:0:0:0:1]:5000"), "[::1]:5000");
        URI from = URI.create("https://[::1]:5000/v2/a/blobs/sha256:00");
        assertThat(Locations.redirect(endpoint, from, "https://[0:0:0:0:0:0:0:1]:5000/x"))
                .isEqualTo(URI.create("https://[0:0:0:0:0:0:0:1]:5000/x"));
        assertThatThrownBy(() -> Locations.redirect(endpoint, from, "https://[::2]:5000/x"))
                .hasMessageContaining("[::2]:5000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://cdn.example/a",
                "http://registry.example/a",
                "https://registry.example:5000/a",
                "https://cdn.example:444/a",
                "https://blobs.example/a",
                "https://xblobs.example/a",
                "https://x.blobs.example:8443/a",
                "https://x.blobs.example.evil.example/a",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/a",
                "https://[fe80::1%25eth0]/a",
                "https://2130706433/a",
                "https://0x7f000001/a",
                "https://cdn.example@evil.example/a",
                "https://user:pass@cdn.example/a",
                "https://cdn.example%2eevil.example/a",
                "https://cdn.example\\@evil.example/a",
                "https://cdn.example./a",
                "https://cdn.exam\u0440le/a",
                "https://cdn.example:0443/a",
                "https://cdn.example:/a",
                "https:///a",
                "https:cdn.example",
                "file:///etc/passwd",
                "gopher://cdn.example/a",
                "ftp://cdn.example/a",
                "https://cdn.example/a b",
                "https://cdn.example/a#b",
                "https://auth.example/a",
                "javascript:alert(1)"
            })
    @DisplayName("any other is not")
    void refused(String location) {
        assertThatThrownBy(() -> Locations.redirect(ENDPOINT, FROM, location))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.<Object>fact().state()).isEqualTo(Fact.State.UNDECIDABLE))
                .message()
                .isPrintable()
                .contains("registry.example redirects");
    }

    @Test
    @DisplayName("the reason for a host that is not named says which line to add")
    void advice() {
        assertThatThrownBy(() -> Locations.redirect(ENDPOINT, FROM, "https://new.cdn.example/x"))
                .hasMessageContaining("add blobHosts: [\"new.cdn.example\"]");
        assertThatThrownBy(() -> Locations.realm(ENDPOINT, "https://tokens.example/x"))
                .hasMessageContaining("add authHosts: [\"tokens.example\"]");
    }

    @Test
    @DisplayName("a token service is at the host itself or at one that is named for it, never at a blob host")
    void realms() {
        assertThat(Locations.realm(ENDPOINT, "https://registry.example/token")).hasHost("registry.example");
        assertThat(Locations.realm(ENDPOINT, "https://auth.example/token")).hasHost("auth.example");
        for (String realm :
                List.of("https://cdn.example/token", "http://auth.example/token", "https://auth.example:1/", "")) {
            if (!realm.isEmpty()) {
                assertThatThrownBy(() -> Locations.realm(ENDPOINT, realm)).isInstanceOf(Failure.class);
            }
        }
    }

    @Test
    @DisplayName(
            "a token service's URL asks for no scope: with that, a registry would choose what a token of ours is good for")
    void scopes() {
        for (String query : List.of("service=scope", "scopes=x", "x=&scope.x=y")) {
            assertThat(Locations.realm(ENDPOINT, "https://auth.example/token?" + query))
                    .hasQuery(query);
        }
        for (String query :
                List.of("scope=x", "a=b&scope=x", "a;scope=x", "%73cope=x", "SCOPE=x", "scope", "a&+scope=x")) {
            assertThatThrownBy(() -> Locations.realm(ENDPOINT, "https://auth.example/token?" + query))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("registry.example names a token service by a URL with a scope: ");
        }
    }

    @Test
    @DisplayName("without TLS goes only the host itself, if its entry says so")
    void plainHttp() {
        Endpoint plain = endpoint(RegistryEntry.builder("127.0.0.1:5000").plainHttp(), "127.0.0.1:5000");
        URI from = URI.create("http://127.0.0.1:5000/v2/");
        assertThat(Locations.redirect(plain, from, "/x")).isEqualTo(URI.create("http://127.0.0.1:5000/x"));
        for (String location : List.of("http://cdn.example/x", "http://127.0.0.1:5001/x", "http://127.0.0.1/x")) {
            assertThatThrownBy(() -> Locations.redirect(plain, from, location)).isInstanceOf(Failure.class);
        }
    }
}
