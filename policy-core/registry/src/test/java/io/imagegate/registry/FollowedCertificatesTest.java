package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsExchange;
import io.imagegate.LoggedRecords;
import io.imagegate.fact.Fact;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.tls.FollowedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Files of certificates are followed when they change. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class FollowedCertificatesTest extends RegistryTest {

    private static final String LOADED = "loaded";
    private static final String KEPT = "not reloaded";

    @TempDir
    private Path folder;

    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(
            FollowedFiles.class,
            record -> Arrays.toString(record.getParameters()).contains(folder.toString()));

    @TempDir
    private static Path made;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificate one;

    @SuppressWarnings("NullAway.Init")
    private static TestCertificate two;

    @BeforeAll
    static void certificates() throws IOException {
        one = TestCertificate.in(Files.createDirectory(made.resolve("one")));
        two = TestCertificate.in(Files.createDirectory(made.resolve("two")));
    }

    private static void replace(Path file, Path by) throws IOException {
        Files.copy(by, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns when so many readers of the files have looked at them since this was last called. */
    private void untilSeen(int readers, String said) throws InterruptedException {
        while (logged.records().stream()
                        .filter(record -> record.getMessage().contains(said))
                        .count()
                < readers) {
            Thread.sleep(20);
        }
        logged.records().clear();
    }

    /** Each question is about another image, since answers are cached. */
    private static Fact<?> ask(Registries registries, FakeRegistry registry, String tag) {
        return await(registries.digest(ImageReference.parse(registry.host() + "/a:" + tag)));
    }

    @Test
    @DisplayName("a registry whose authority comes into the file is trusted, and one whose authority left it is not")
    void authority() throws Exception {
        FakeRegistry first = closing(FakeRegistry.tls(one, "localhost"));
        FakeRegistry second = closing(FakeRegistry.tls(two, "localhost"));
        for (FakeRegistry registry : List.of(first, second)) {
            registry.manifest("a", "1", MediaTypes.OCI_MANIFEST, imageManifest(DIGEST, 1));
        }
        Path ca = Files.copy(one.certificate(), folder.resolve("ca.pem"));
        Registries registries = open(
                RegistryEntry.builder(first.host()).ca(ca).build(),
                RegistryEntry.builder(second.host()).ca(ca).build());
        assertThat(ask(registries, second, "1").reason())
                .startsWith("TLS with " + second.host() + " failed: ")
                .endsWith(
                        "; expected a certificate for this host by an authority of the system, or by one in ca of its entry");
        replace(ca, two.certificate());
        untilSeen(2, LOADED);
        assertThat(ask(registries, second, "1").state()).isEqualTo(Fact.State.KNOWN);
        assertThat(ask(registries, first, "1").reason()).contains("TLS with " + first.host() + " failed");
        Files.writeString(ca, "-----BEGIN CERTIFICATE-----\nhalf");
        untilSeen(2, KEPT);
        assertThat(ask(registries, first, "1").reason()).contains("TLS with " + first.host() + " failed");
        replace(ca, one.certificate());
        untilSeen(2, LOADED);
        assertThat(ask(registries, first, "1").state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("a client certificate is replaced when both files are, and not before")
    void clientCertificate() throws Exception {
        FakeRegistry registry = closing(FakeRegistry.tls(one, "localhost"));
        for (int i = 0; i < 3; i++) {
            registry.at(
                    "/v2/a/manifests/" + i,
                    exchange -> FakeRegistry.status(
                                    isCertified((HttpsExchange) exchange) ? 403 : 404, "Connection", "close")
                            .to(exchange));
        }
        Path certificate = Files.copy(two.certificate(), folder.resolve("client.pem"));
        Path key = Files.copy(two.key(), folder.resolve("client-key.pem"));
        Registries registries = open(RegistryEntry.builder(registry.host())
                .ca(one.certificate())
                .clientCertificate(certificate, key)
                .build());
        assertThat(ask(registries, registry, "0").state()).isEqualTo(Fact.State.ABSENT);
        replace(certificate, one.certificate());
        untilSeen(1, KEPT);
        assertThat(ask(registries, registry, "1").state())
                .as("the key is still that of another certificate")
                .isEqualTo(Fact.State.ABSENT);
        replace(key, one.key());
        untilSeen(1, LOADED);
        assertThat(ask(registries, registry, "2").reason()).contains("403");
    }

    private static boolean isCertified(HttpsExchange exchange) {
        try {
            return exchange.getSSLSession().getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException e) {
            return false;
        }
    }

    @Test
    @DisplayName("a key that is not that of the certificate is refused with the names of both files")
    void otherKey() {
        RegistryEntry entry = RegistryEntry.builder("a.com")
                .clientCertificate(one.certificate(), two.key())
                .build();
        assertThatThrownBy(() -> open(entry))
                .hasMessage("a.com: " + two.key() + ": not the key of the certificate in " + one.certificate());
    }
}
