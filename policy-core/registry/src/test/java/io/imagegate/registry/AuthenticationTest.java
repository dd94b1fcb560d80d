package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsExchange;
import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.oci.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets credentials: the registry is localhost, and its blob and token hosts are 127.0.0.1, all with TLS. */
@Tag("slow")
class AuthenticationTest extends RegistryTest {

    private static final String TOKEN = "{\"token\":\"t0k3n\",\"expires_in\":300}";
    private static final String INDEX = "{\"manifests\":[]}";

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;

    private final List<String> asked = new ArrayList<>();
    private FakeRegistry registry;
    private FakeRegistry other;

    @BeforeAll
    static void makeCertificate() {
        certificate = TestCertificate.in(folder);
    }

    @BeforeEach
    void start() {
        registry = closing(FakeRegistry.tls(certificate, "localhost"));
        other = closing(FakeRegistry.tls(certificate, "127.0.0.1"));
    }

    private RegistryEntry.Builder entry() {
        return RegistryEntry.builder(registry.host()).ca(certificate.certificate());
    }

    private RegistryEntry.Builder entryWith(Credential credential) {
        return entry().credentials(host -> {
            asked.add(host);
            return CompletableFuture.completedFuture(Optional.of(credential));
        });
    }

    private ImageReference image() {
        return image(registry, "a/b");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers only requests with this header, and challenges others. */
    private static FakeRegistry.Answer guarded(String authorization, String challenge, FakeRegistry.Answer answer) {
        return exchange -> {
            boolean good = authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (good ? answer : FakeRegistry.status(401, "WWW-Authenticate", challenge)).to(exchange);
        };
    }

    private Digest guardManifest(String authorization, String challenge) {
        Digest digest = registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, INDEX);
        FakeRegistry.Answer answer =
                FakeRegistry.content(MediaTypes.OCI_INDEX, INDEX.getBytes(StandardCharsets.UTF_8), digest.toString());
        registry.at("/v2/a/b/manifests/latest", guarded(authorization, challenge, answer));
        registry.at("/v2/a/b/manifests/" + digest, guarded(authorization, challenge, answer));
        return digest;
    }

    private String bearer(FakeRegistry at) {
        return "Bearer realm=\"https://" + at.host() + "/token\",service=\"s\",scope=\"repository:a/b:pull\"";
    }

    @Test
    @DisplayName("a password is sent once the registry asks for it, and from then on at once")
    void basicAuthentication() {
        guardManifest(basic("user:pass"), "Basic realm=\"x\"");
        Registries registries = open(entryWith(Credential.basic("user", "pass")).build());
        assertThat(await(registries.digest(image())).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(await(registries.digest(image(registry, "a/b:2"))).state()).isEqualTo(Fact.State.ABSENT);
        assertThat(registry.received())
                .extracting(FakeRegistry.Received::authorization)
                .startsWith((String) null)
                .endsWith(basic("user:pass"), basic("user:pass"));
        assertThat(asked).containsExactly(registry.host());
    }

    @Test
    @DisplayName("a wrong or missing password is undecidable")
    void wrongPassword() {
        guardManifest(basic("user:pass"), "Basic realm=\"x\"");
        Registries wrong = open(entryWith(Credential.basic("user", "guess")).build());
        assertThat(await(wrong.digest(image())).reason()).contains("401", "check the credentials");
        Registries none = open(entry().build());
        assertThat(await(none.digest(image())).reason()).contains("add credentials");
    }

    @Test
    @DisplayName("a token is fetched from the registry itself, with the password, and kept")
    void tokenFromTheHost() {
        Digest digest = guardManifest("Bearer t0k3n", bearer(registry));
        registry.at("/token", guarded(basic("user:pass"), "Basic", FakeRegistry.json(TOKEN)));
        Registries registries = open(entryWith(Credential.basic("user", "pass")).build());
        assertThat(await(registries.digest(image())).value()).contains(digest);
        assertThat(await(registries.manifest(image(), digest)).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(registry.count("/token")).isEqualTo(1);
    }

    @Test
    @DisplayName("anonymous tokens are fetched without credentials")
    void anonymousToken() {
        guardManifest("Bearer t0k3n", bearer(registry));
        registry.at("/token", FakeRegistry.json("{\"access_token\":\"t0k3n\"}"));
        assertThat(await(open(entry().build()).digest(image())).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("an identity token is exchanged by POST")
    void identityToken() {
        guardManifest("Bearer t0k3n", bearer(registry));
        registry.at("/token", exchange -> {
            String form = Recording.text(exchange.getRequestBody().readAllBytes());
            boolean good =
                    exchange.getRequestMethod().equals("POST") && form.contains("refresh_token=1%2F2&service=s&scope=");
            (good ? FakeRegistry.json(TOKEN) : FakeRegistry.status(400)).to(exchange);
        });
        Registries registries = open(entryWith(Credential.identityToken("1/2")).build());
        assertThat(await(registries.digest(image())).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("a token service elsewhere gets no request unless authHosts names it")
    void realmElsewhere() {
        guardManifest("Bearer t0k3n", bearer(other));
        other.at("/token", guarded(basic("user:pass"), "Basic", FakeRegistry.json(TOKEN)));
        Credential password = Credential.basic("user", "pass");
        Fact<Digest> refused = await(open(entryWith(password).build()).digest(image()));
        assertThat(refused.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(refused.reason()).contains("add authHosts: [\"" + other.host() + "\"]");
        assertThat(other.received()).isEmpty();
        RegistryEntry named =
                entryWith(password).authHosts(List.of(other.host())).build();
        assertThat(await(open(named).digest(image())).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("a token service that redirects, does not exist, or sends no token, makes the look-up undecidable")
    void hostileTokenService() {
        guardManifest("Bearer t0k3n", bearer(registry));
        registry.at("/token", FakeRegistry.redirect("https://" + other.host() + "/token"));
        assertThat(await(open(entry().build()).digest(image())).reason()).contains("307");
        registry.at("/token", FakeRegistry.status(404));
        assertThat(await(open(entry().build()).digest(image())).state()).isEqualTo(Fact.State.UNDECIDABLE);
        registry.at("/token", FakeRegistry.json("{\"token\":\"a\\r\\nHost: evil\"}"));
        assertThat(await(open(entry().build()).digest(image())).reason()).contains("sent no token");
        assertThat(other.received()).isEmpty();
    }

    @Test
    @DisplayName("a redirect is followed without credentials to a host that is named, and to no other")
    void redirects() {
        Digest digest = guardManifest(basic("user:pass"), "Basic realm=\"x\"");
        String path = "/v2/a/b/manifests/" + digest;
        registry.at(
                path, guarded(basic("user:pass"), "Basic", FakeRegistry.redirect("https://" + other.host() + "/x")));
        other.at("/x", FakeRegistry.content(MediaTypes.OCI_INDEX, INDEX.getBytes(StandardCharsets.UTF_8), ""));
        Credential password = Credential.basic("user", "pass");
        Fact<Manifest> refused = await(open(entryWith(password).build()).manifest(image(), digest));
        assertThat(refused.reason()).contains("add blobHosts: [\"" + other.host() + "\"]");
        assertThat(other.received()).isEmpty();
        RegistryEntry named =
                entryWith(password).blobHosts(List.of(other.host())).build();
        assertThat(await(open(named).manifest(image(), digest)).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(other.received()).hasSize(1).allMatch(request -> request.authorization() == null);
    }

    @Test
    @DisplayName("three redirects are followed, a loop is not")
    void loops() {
        Digest digest = registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, INDEX);
        FakeRegistry.Answer manifest =
                FakeRegistry.content(MediaTypes.OCI_INDEX, INDEX.getBytes(StandardCharsets.UTF_8), digest.toString());
        registry.at("/v2/a/b/manifests/" + digest, FakeRegistry.redirect("/1"))
                .at("/1", FakeRegistry.redirect("/2"))
                .at("/2", FakeRegistry.redirect("/3"))
                .at("/3", manifest);
        Registries registries = open(entry().build());
        registry.at("/v2/a/b/manifests/" + DIGEST, FakeRegistry.redirect("/v2/a/b/manifests/" + DIGEST));
        assertThat(await(registries.manifest(image(), DIGEST)).reason()).contains("redirects more than 3 times");
        assertThat(registry.count("/v2/a/b/manifests/" + DIGEST)).isEqualTo(4);
        assertThat(await(registries.manifest(image(), digest)).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("a certificate of another authority is undecidable, not an outage")
    void otherAuthority() {
        registry.manifest("a/b", "latest", MediaTypes.OCI_INDEX, INDEX);
        Registries registries = open(RegistryEntry.builder(registry.host()).build());
        Fact<Digest> found = await(registries.digest(image()));
        assertThat(found.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason()).contains("TLS");
    }

    @Test
    @DisplayName("a registry without TLS is not contacted without it, and the other way round")
    void plainHttpOnlyWhereWritten() {
        FakeRegistry plain = plain();
        plain.manifest("a/b", "latest", MediaTypes.OCI_INDEX, INDEX);
        Registries encrypted = open(RegistryEntry.builder(plain.host()).build());
        Fact<?> refused = await(encrypted.digest(image(plain, "a/b")));
        assertThat(refused.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(refused.reason()).endsWith("; to use a registry without TLS, add plainHttp: true to its entry");
        assertThat(plain.received()).isEmpty();
    }

    @Test
    @DisplayName("a client certificate is shown to the registry, not to hosts that it redirects to")
    void clientCertificate() {
        FakeRegistry.Answer who = exchange -> {
            boolean shown;
            try {
                shown = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length > 0;
            } catch (SSLPeerUnverifiedException e) {
                shown = false;
            }
            FakeRegistry.status(shown ? 403 : 404).to(exchange);
        };
        registry.at("/v2/a/b/manifests/shown", who);
        registry.at("/v2/a/b/manifests/moved", FakeRegistry.redirect("https://" + other.host() + "/x"));
        other.at("/x", who);
        Registries registries = open(entry().clientCertificate(certificate.certificate(), certificate.key())
                .blobHosts(List.of(other.host()))
                .build());
        assertThat(await(registries.digest(image(registry, "a/b:shown"))).reason())
                .contains("403");
        assertThat(await(registries.digest(image(registry, "a/b:moved"))).state())
                .isEqualTo(Fact.State.ABSENT);
    }

    @Test
    @DisplayName("a token that no header can carry is refused, and its text is in no message")
    void tokenWithLineBreak() {
        guardManifest("Bearer s3cret", "Bearer realm=\"x\"");
        for (String token : List.of("s3cret\n", "s3cret\r\nx: y", "s3c\u00e9ret", "")) {
            RegistryEntry entry = entry().credentials(
                            host -> CompletableFuture.supplyAsync(() -> Optional.of(Credential.bearer(token))))
                    .build();
            assertThat(await(open(entry).digest(image())).reason())
                    .contains("bearer token: expected printable ASCII")
                    .doesNotContain("s3c");
        }
        RegistryEntry good = entryWith(Credential.bearer("s3cret")).build();
        assertThat(await(open(good).digest(image())).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("an unexpected exception is shown on one line, and cut")
    void unexpected() {
        guardManifest("Bearer t0k3n", bearer(registry));
        RegistryEntry failing = entry().credentials(
                        host -> CompletableFuture.failedFuture(new IllegalStateException("a\nb" + "x".repeat(9_999))))
                .build();
        assertThat(await(open(failing).digest(image())).reason())
                .contains("a\\nb")
                .hasSizeLessThan(400);
    }

    @Test
    @DisplayName("credentials that cannot be found make the look-up undecidable")
    void failingCredentials() {
        guardManifest("Bearer t0k3n", bearer(registry));
        RegistryEntry failing = entry().credentials(
                        host -> CompletableFuture.failedFuture(new IllegalStateException("no vault")))
                .build();
        assertThat(await(open(failing).digest(image())).reason()).contains("no credential", "no vault");
    }
}
