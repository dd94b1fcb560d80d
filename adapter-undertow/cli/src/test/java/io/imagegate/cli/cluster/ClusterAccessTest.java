package io.imagegate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.ManifestObject;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.time.TimeSource;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an API server is reached: kubeconfigs, and the service account of a pod. */
class ClusterAccessTest {

    private static final String CHANGES = "{}[]\"',:&*!-<? \n\t0a";
    private static final Duration VALIDITY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private final Authority authority = Authority.create("cluster CA", Instant.now(), VALIDITY);
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void writesAuthority() throws IOException {
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.crt"));
    }

    private FakeApiServer server(String host, boolean wantsCertificate) throws IOException {
        Identity identity = authority.server(List.of(Host.parse(host)), VALIDITY);
        FakeApiServer server = FakeApiServer.overTls(
                TlsContexts.server(identity, List.of(authority.identity().certificate())), wantsCertificate);
        server.list("/api/v1/pods", "PodList", FakeApiServer.pod("web", "u", "", "nginx:1"));
        return server;
    }

    private Path kubeconfig(String server, String cluster, String user) throws IOException {
        return Files.writeString(
                folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: test
                contexts:
                  - name: other
                    context: {cluster: missing, user: u}
                  - name: test
                    context: {cluster: c, user: u, namespace: ignored}
                clusters:
                  - name: c
                    cluster: {server: "%s"%s}
                users:
                  - name: u
                    user: {%s}
                """.formatted(server, cluster.isEmpty() ? "" : ", " + cluster, user));
    }

    private static ClusterAccess access(Path kubeconfig) {
        return ClusterAccess.find(
                new ClusterSettings(Optional.of(kubeconfig), Optional.empty(), Optional.empty()), Map.of());
    }

    private List<String> read(ClusterAccess access) {
        List<ManifestObject> found = new ArrayList<>();
        problems.clear();
        new ClusterObjects(access, TimeSource.system(), Workloads.wellKnown(), "", problems::add).read(found::add);
        return found.stream().map(ManifestObject::title).toList();
    }

    private String base64(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve(file)));
    }

    @Test
    void showsATokenToAServerOfTheAuthority() throws IOException {
        try (FakeApiServer server = server("127.0.0.1", false)) {
            Path config =
                    kubeconfig(server.url() + "/", "certificate-authority-data: " + base64("ca.crt"), "token: secret");
            assertThat(read(access(config))).containsExactly("Pod shop/web");
            assertThat(server.authorizations()).containsOnly("Bearer secret");
        }
    }

    @Test
    void readsTheFileOfATokenForEachRequest() throws IOException {
        try (FakeApiServer server = server("127.0.0.1", false)) {
            Files.writeString(folder.resolve("token"), "first\n");
            ClusterAccess access =
                    access(kubeconfig(server.url(), "certificate-authority: ca.crt", "tokenFile: token, token: old"));
            assertThat(read(access)).hasSize(1);
            Files.writeString(folder.resolve("token"), "second");
            assertThat(read(access)).hasSize(1);
            assertThat(server.authorizations()).contains("Bearer first").endsWith("Bearer second");

            Files.writeString(folder.resolve("token"), "two\nlines");
            assertThat(read(access)).isEmpty();
            assertThat(problems)
                    .extracting(problem -> problem.replaceAll(": .*: ", ": "))
                    .containsExactly(
                            "API groups: expected a token on one line", "API group core: expected a token on one line");
        }
    }

    @Test
    void showsACertificate() throws IOException {
        Identity client = authority.client("reader", VALIDITY);
        PemFiles.writeCertificates(client, folder.resolve("reader.pem"));
        PemFiles.writeKey(client, folder.resolve("reader-key.pem"));
        try (FakeApiServer server = server("127.0.0.1", true)) {
            String data = "client-certificate-data: " + base64("reader.pem") + ", client-key-data: "
                    + base64("reader-key.pem");
            assertThat(read(access(kubeconfig(server.url(), "certificate-authority: ca.crt", data))))
                    .hasSize(1);
            String files = "client-certificate: reader.pem, client-key: reader-key.pem";
            assertThat(read(access(kubeconfig(server.url(), "certificate-authority: ca.crt", files))))
                    .hasSize(1);
            assertThat(read(access(kubeconfig(server.url(), "certificate-authority: ca.crt", "token: x"))))
                    .isEmpty();
        }
    }

    @Test
    void doesNotTrustOthers() throws IOException {
        Authority other = Authority.create("other CA", Instant.now(), VALIDITY);
        PemFiles.writeCertificates(other.identity(), folder.resolve("other.crt"));
        try (FakeApiServer server = server("127.0.0.1", false)) {
            assertThat(read(access(kubeconfig(server.url(), "certificate-authority: other.crt", "token: x"))))
                    .isEmpty();
            assertThat(read(access(kubeconfig(server.url(), "", "token: x"))))
                    .as("the system's")
                    .isEmpty();
            assertThat(server.requests()).isEmpty();
        }
        try (FakeApiServer server = server("api.example", false)) {
            assertThat(read(access(kubeconfig(server.url(), "certificate-authority: ca.crt", "token: x"))))
                    .as("another name")
                    .isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "api.example, api.example, 1",
        "api.example, API.example, 1",
        "api.example, other.example, 0",
        "*.example, api.example, 1",
        "*.example, a.api.example, 0"
    })
    void expectsTheNameOfTheServerThatIsWritten(String certified, String expected, int found) throws IOException {
        try (FakeApiServer server = server(certified, false)) {
            String cluster = "certificate-authority: ca.crt, tls-server-name: " + expected;
            assertThat(read(access(kubeconfig(server.url(), cluster, "token: x"))))
                    .hasSize(found);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec: {command: aws} | user u: exec: plugins are not run: start kubectl proxy",
                "auth-provider: {name: gcp} | user u: auth-provider: plugins are not run: start kubectl proxy",
                "as: admin | user u: as: not supported",
                "username: a, password: b | user u: username: not supported",
                "token: [a] | user u: token: expected a text",
                "client-certificate: ca.crt | expected both client-certificate and client-key",
            })
    void refusesUsersThatItCannotBe(String user, String problem) throws IOException {
        Path config = kubeconfig("https://127.0.0.1:1", "certificate-authority: ca.crt", user);
        assertThatThrownBy(() -> access(config))
                .isInstanceOf(ClusterProblem.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://127.0.0.1:1 | insecure-skip-tls-verify: true | expected certificate-authority-data",
                "https://127.0.0.1:1 | proxy-url: socks5://p:1 | expected a URL",
                "https://127.0.0.1:1 | proxy-url: https://p:1 | expected a proxy such as",
                "https://127.0.0.1:1 | certificate-authority: missing.crt | missing.crt",
                "https://127.0.0.1:1 | certificate-authority-data: '!' | certificate-authority-data",
                "http://10.0.0.1:80 | tls-server-name: a | expected https",
                "HTTP://10.0.0.1:80 | tls-server-name: a | expected a URL",
                "https://10.0.0.1:99999 | tls-server-name: a | expected a URL",
                "https://u@h | tls-server-name: a | expected a URL",
            })
    void refusesClustersThatItCannotTrust(String server, String cluster, String problem) throws IOException {
        Path config = kubeconfig(server, cluster, "token: x");
        assertThatThrownBy(() -> access(config))
                .isInstanceOf(ClusterProblem.class)
                .hasMessageContaining(problem);
    }

    @Test
    void connectsByTheProxyThatIsWritten() throws IOException {
        Path config = kubeconfig("https://api.example:6443", "proxy-url: 'http://proxy.example:3128'", "token: x");
        assertThat(access(config).proxy().map(proxy -> proxy.getHostString() + ":" + proxy.getPort()))
                .contains("proxy.example:3128");
    }

    @Test
    void findsTheKubeconfigAsKubectlDoes() throws IOException {
        try (FakeApiServer server = new FakeApiServer()) {
            Path whole = kubeconfig(server.url(), "", "token: x");
            Path first = Files.writeString(folder.resolve("first"), "current-context: test\n");
            ClusterSettings none = new ClusterSettings(Optional.empty(), Optional.empty(), Optional.empty());
            Map<String, String> several = Map.of("KUBECONFIG", first + ":" + folder.resolve("missing") + ":" + whole);
            assertThat(ClusterAccess.find(none, several).server()).hasToString(server.url());

            Path home = Files.createDirectories(folder.resolve("home/.kube"));
            Files.copy(whole, home.resolve("config"));
            Map<String, String> usual = Map.of("HOME", folder.resolve("home").toString());
            assertThat(ClusterAccess.find(none, usual).server()).hasToString(server.url());

            ClusterSettings other = new ClusterSettings(Optional.of(whole), Optional.of("other"), Optional.empty());
            assertThatThrownBy(() -> ClusterAccess.find(other, Map.of()))
                    .hasMessageContaining("expected cluster missing in clusters");
            ClusterSettings unknown = new ClusterSettings(Optional.of(whole), Optional.of("x"), Optional.empty());
            assertThatThrownBy(() -> ClusterAccess.find(unknown, Map.of()))
                    .hasMessageContaining("expected context x in contexts");
            assertThatThrownBy(() -> ClusterAccess.find(none, Map.of("KUBECONFIG", folder + "/missing")))
                    .hasMessageContaining("missing");
        }
    }

    /** Whatever stands there is an access or an error. */
    @Test
    void readsAnyKubeconfigOrRefusesIt() throws IOException {
        Random random = new Random(33);
        String good = Files.readString(kubeconfig("https://127.0.0.1:1", "tls-server-name: a", "token: x"));
        Path file = folder.resolve("changed");
        int found = 0;
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(3); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), CHANGES.charAt(random.nextInt(CHANGES.length())));
            }
            Files.writeString(file, text);
            try {
                access(file);
                found++;
            } catch (ClusterProblem expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
        assertThat(found).isBetween(10, 290);
    }

    @Test
    void usesTheServiceAccountOfAPod() throws IOException {
        try (FakeApiServer server = server("127.0.0.1", false)) {
            Files.writeString(folder.resolve("token"), "pod");
            Map<String, String> environment = Map.of(
                    "KUBERNETES_SERVICE_HOST",
                    "127.0.0.1",
                    "KUBERNETES_SERVICE_PORT",
                    server.url().substring(server.url().lastIndexOf(':') + 1));
            assertThat(read(PodAccess.find(folder, environment).orElseThrow())).hasSize(1);
            assertThat(server.authorizations()).containsOnly("Bearer pod");

            assertThat(PodAccess.find(folder, Map.of())).isEmpty();
            Files.delete(folder.resolve("token"));
            assertThatThrownBy(() -> PodAccess.find(folder, environment))
                    .hasMessageContaining("automountServiceAccountToken");
        }
    }
}
