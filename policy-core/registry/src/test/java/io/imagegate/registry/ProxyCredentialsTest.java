package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.endpoint.ProxyRoute;
import io.imagegate.registry.tls.FollowedFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy that demands a user and a password. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ProxyCredentialsTest extends RegistryTest {

    private static final String GOOD = "build:s3:cret";

    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificate certificate;

    private final TestProxy proxy = closing(new TestProxy(GOOD));
    private Path file = Path.of("");

    @BeforeAll
    static void certificate() {
        certificate = TestCertificate.in(made);
    }

    @BeforeEach
    void credentials() throws IOException {
        file = Files.writeString(folder.resolve("proxy"), GOOD + "\n");
    }

    private FakeRegistry tls() {
        return closing(FakeRegistry.tls(certificate, "localhost"));
    }

    private RegistryEntry.Builder tlsEntry(FakeRegistry registry) {
        return RegistryEntry.builder(registry.host()).ca(certificate.certificate());
    }

    private Registries through(RegistryEntry.Builder entry, String... direct) {
        return closing(Registries.of(ImageRegistries.builder()
                .add(entry.build())
                .proxy(proxy.address(), List.of(direct))
                .proxyCredentials(file)
                .build()));
    }

    private static Fact<Digest> ask(Registries registries, FakeRegistry registry, String tag) {
        registry.manifest("a/b", tag, MediaTypes.OCI_MANIFEST, imageManifest(DIGEST, 1));
        return await(registries.digest(image(registry, "a/b:" + tag)));
    }

    /** Asks for 20 seconds at most: on a busy machine the file is read later than it would be otherwise. */
    private static Fact<Digest> askUntilKnown(Registries registries, FakeRegistry registry)
            throws InterruptedException {
        Fact<Digest> found = ask(registries, registry, "1");
        for (int tries = 0; tries < 100 && found.state() != Fact.State.KNOWN; tries++) {
            Thread.sleep(200);
            found = ask(registries, registry, "1");
        }
        return found;
    }

    private static void assertKnown(Fact<Digest> found) {
        assertThat(found.state()).as(found.toString()).isEqualTo(Fact.State.KNOWN);
    }

    private static void assertNotTold(FakeRegistry registry) {
        assertThat(registry.received()).isNotEmpty().allMatch(request -> request.proxyAuthorization() == null);
    }

    @Test
    @DisplayName("the proxy gets them, whether the registry has TLS or not; the registry never does")
    void passed() {
        FakeRegistry plain = plain();
        assertKnown(ask(through(plainEntry(plain)), plain, "1"));
        assertThat(proxy.passed).containsExactly("HEAD http://" + plain.host() + "/v2/a/b/manifests/1 HTTP/1.1");
        assertNotTold(plain);
        proxy.passed.clear();
        FakeRegistry tls = tls();
        assertKnown(ask(through(tlsEntry(tls)), tls, "1"));
        assertThat(proxy.passed).containsExactly("CONNECT " + tls.host() + " HTTP/1.1");
        assertNotTold(tls);
    }

    @Test
    @DisplayName("a registry that is contacted directly does not get them")
    void direct() {
        FakeRegistry plain = plain();
        assertKnown(ask(through(plainEntry(plain), "127.0.0.1"), plain, "1"));
        FakeRegistry tls = tls();
        assertKnown(ask(through(tlsEntry(tls), "localhost"), tls, "1"));
        assertThat(proxy.passed).isEmpty();
        assertNotTold(plain);
        assertNotTold(tls);
    }

    @Test
    @DisplayName("the registry's own password is another one")
    void both() throws IOException {
        FakeRegistry tls = tls();
        tls.at("/v2/a/b/manifests/own", exchange -> {
            boolean own = "Basic dTpw".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            FakeRegistry.Answer answer = own
                    ? FakeRegistry.status(200, "Docker-Content-Digest", DIGEST.toString())
                    : FakeRegistry.status(401, "WWW-Authenticate", "Basic realm=\"registry\"");
            answer.to(exchange);
        });
        Path config = Files.writeString(
                folder.resolve("config.json"), "{\"auths\":{\"" + tls.host() + "\":{\"auth\":\"dTpw\"}}}");
        Registries registries = through(tlsEntry(tls).credentials(DockerCredentials.file(config)));
        assertKnown(await(registries.digest(image(tls, "a/b:own"))));
        assertNotTold(tls);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("wrong ones are undecidable, and right ones that replace them are used")
    void replaced(boolean encrypted) throws Exception {
        Files.writeString(file, "build:wr0ng");
        FakeRegistry registry = encrypted ? tls() : plain();
        Registries registries = through(encrypted ? tlsEntry(registry) : plainEntry(registry));
        Fact<Digest> refused = ask(registries, registry, "1");
        assertThat(refused.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(refused.reason())
                .isEqualTo(
                        "the proxy on the way to " + registry.host()
                                + " refused access (407), expected proxyCredentials with a user and a password that it accepts");
        assertThat(registry.received()).isEmpty();
        Files.writeString(file, GOOD);
        assertKnown(askUntilKnown(registries, registry));
        Files.writeString(file, "half");
        Thread.sleep(FollowedFiles.INTERVAL.plusMillis(200).toMillis());
        assertKnown(ask(registries, registry, "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3cret", ":s3cret", "u:s3cret\nmore", "u:s3\tcret", "u\u0000:s3cret"})
    @DisplayName("a file with anything else is refused, and not repeated")
    void malformed(String content) throws IOException {
        Files.writeString(file, content);
        FakeRegistry plain = plain();
        assertThatThrownBy(() -> through(plainEntry(plain)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("proxyCredentials: " + file + ": expected USER:PASSWORD in one line");
    }

    @Test
    @DisplayName("without a proxy, or a JVM that sends them, they are refused")
    void refused() {
        assertThatThrownBy(
                        () -> ImageRegistries.builder().proxyCredentials(file).build())
                .hasMessage("proxyCredentials: expected proxy beside it");
        for (Optional<String> disabled :
                List.of(Optional.<String>empty(), Optional.of("Basic"), Optional.of("NTLM, basic"))) {
            assertThatThrownBy(() -> ProxyRoute.requireBasic(disabled.orElse(null)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("started with -Djdk.http.auth.tunneling.disabledSchemes= ");
        }
        assertThatNoException().isThrownBy(() -> ProxyRoute.requireBasic(""));
        assertThatNoException().isThrownBy(() -> ProxyRoute.requireBasic("NTLM"));
        assertThatThrownBy(() -> ImageRegistries.builder().proxy(URI.create("http://u:s3cret@p:1"), List.of()))
                .hasMessageContaining("in the file that proxyCredentials names")
                .hasMessageNotContaining("s3cret");
    }
}
