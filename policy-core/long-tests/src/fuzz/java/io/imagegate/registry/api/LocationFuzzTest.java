package io.imagegate.registry.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.WhereJazzerRuns;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.Endpoint;
import io.imagegate.registry.endpoint.HostEntry;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.http.Transport;
import io.imagegate.registry.tls.RegistryTlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a registry names as a redirect, a token service or a next page, only hosts that the operator named are contacted, with TLS. */
@WhereJazzerRuns
class LocationFuzzTest {

    private static final URI FROM = URI.create("https://registry.example/v2/a/b/referrers/sha256:00?x=1");
    private static final Endpoint ENDPOINT = endpoint();

    private static final String OWN = "registry\\.example(:443)?";
    private static final Pattern BLOBS =
            Pattern.compile("https://(" + OWN + "|cdn\\.example:8443|([a-z0-9-]+\\.)+blobs\\.example(:443)?)([/?].*)?");
    private static final Pattern AUTH = Pattern.compile("https://(" + OWN + "|auth\\.example(:443)?)([/?].*)?");
    private static final Pattern PAGE = Pattern.compile("https://" + OWN + "/v2/a/b/referrers/sha256:00([?].*)?");

    private static Endpoint endpoint() {
        HostEntry entry = new HostEntry(
                HostRule.parse("host", "registry.example", true),
                Optional.empty(),
                Optional.of(HostRule.parseAll("authHosts", List.of("auth.example"), true)),
                Optional.of(HostRule.parseAll("blobHosts", List.of("cdn.example:8443", "*.blobs.example"), true)),
                Optional.empty(),
                new RegistryTlsFiles(Optional.empty(), Optional.empty()),
                false);
        Transport client = new Transport(HttpClient::newHttpClient, replaced -> {}, uri -> Optional.empty());
        return new Endpoint(
                entry,
                "registry.example",
                "registry.example",
                entry.authHosts().orElseThrow(),
                entry.blobHosts().orElseThrow(),
                new Endpoint.Clients(client, client));
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "/v2/a/b/referrers/sha256:00?n=2",
                        "https://REGISTRY.example:443/x?a=%2F",
                        "https://cdn.example:8443/a",
                        "//x.y.blobs.example/a",
                        "https://auth.example/token?account=a;b=c",
                        "https://auth.example/token?%73cope=x",
                        "https://user@registry.example\\@evil.example/#",
                        "http://registry.example/x")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void onlyNamedHostsAreContacted(byte[] data) {
        String location = new String(data, UTF_8);
        assertNamed(BLOBS, () -> Locations.redirect(ENDPOINT, FROM, location));
        assertNamed(AUTH, () -> Locations.realm(ENDPOINT, location))
                .ifPresent(realm -> assertThat(realm).doesNotContainPattern("^[^?]*[?](.*[&;])?scope(=|&|;|$)"));
        assertNamed(PAGE, () -> Locations.page(ENDPOINT, FROM, location));
    }

    private static Optional<String> assertNamed(Pattern named, Supplier<URI> reader) {
        URI found;
        try {
            found = reader.get();
        } catch (Failure refused) {
            assertThat(refused.reason()).hasSizeLessThan(2000).matches("[ -~]+");
            return Optional.empty();
        }
        // Only the host may be in another case.
        Matcher parts = Pattern.compile("(https://[^/?#]*)(.*)", Pattern.DOTALL).matcher(found.toString());
        assertThat(parts.matches()).as(found.toString()).isTrue();
        String compared = parts.group(1).toLowerCase(Locale.ROOT) + parts.group(2);
        assertThat(compared).matches(named);
        return Optional.of(compared);
    }
}
