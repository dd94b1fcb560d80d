package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.time.TimeSource;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kubeconfigs as other programs write them. */
class OddKubeconfigTest {

    private static final Duration VALIDITY = Duration.ofDays(1);

    private static final String PLAIN = """
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443"}}]
            users: [{name: u, user: {token: secret}}]
            """;

    @TempDir
    private Path folder;

    private final Authority authority = Authority.create("cluster CA", Instant.now(), VALIDITY);
    private final List<String> problems = new ArrayList<>();

    @BeforeEach
    void writesAuthority() throws IOException {
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.crt"));
    }

    private ClusterAccess access(String kubeconfig) throws IOException {
        return access(kubeconfig.getBytes(UTF_8));
    }

    private ClusterAccess access(byte[] kubeconfig) throws IOException {
        Path file = Files.write(folder.resolve("config"), kubeconfig);
        return ClusterAccess.find(new ClusterSettings(Optional.of(file), Optional.empty(), Optional.empty()), Map.of());
    }

    private int read(ClusterAccess access) {
        List<String> found = new ArrayList<>();
        problems.clear();
        new ClusterObjects(access, TimeSource.system(), Workloads.wellKnown(), "", problems::add)
                .read(object -> found.add(object.title()));
        return found.size();
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1:6443, https://127.0.0.1:6443",
        "https://127.0.0.1:6443/, https://127.0.0.1:6443",
        "https://127.0.0.1:6443//, https://127.0.0.1:6443",
        "https://rancher.example/k8s/clusters/c-m-x, https://rancher.example/k8s/clusters/c-m-x",
        "https://rancher.example/k8s/clusters/c-m-x/, https://rancher.example/k8s/clusters/c-m-x",
        "'https://[::1]:6443', 'https://[::1]:6443'",
        "'https://[2001:db8::1]', 'https://[2001:db8::1]'",
        "http://localhost:8080, http://localhost:8080",
        "'http://[::1]:8080', 'http://[::1]:8080'",
        "https://ABCDEF.gr7.eu-central-1.eks.amazonaws.com, https://ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
    })
    void serversHavePortsPathsAndSlashes(String written, String server) throws IOException {
        assertThat(access(PLAIN.replace("https://127.0.0.1:6443", written)).server())
                .hasToString(server);
    }

    @Test
    void pathsOfServersStandBeforeThoseOfTheApi() throws IOException {
        try (RawServer server = new RawServer()) {
            read(access(PLAIN.replace("https://127.0.0.1:6443", server.url() + "/k8s/clusters/c-m-x/")));
            assertThat(server.requests()).contains("/k8s/clusters/c-m-x/apis", "/k8s/clusters/c-m-x/api/v1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:6443 | expected a URL such as",
                "https:// | expected a URL such as",
                "'' | server: expected a text, got nothing",
                "https://h:6443/api?x=1 | expected a URL such as",
                "https://h:6443/#x | expected a URL such as",
                "https://h/a b | expected a URL such as",
                "ftp://h | expected a URL such as",
                "http://10.0.0.1:8080 | expected https, got http://10.0.0.1:8080",
                "http://127.0.0.1.example:8080 | expected https",
            })
    void otherServersAreRefused(String written, String problem) {
        assertThatThrownBy(() -> access(PLAIN.replace("https://127.0.0.1:6443", written)))
                .isInstanceOf(ClusterProblem.class)
                .hasMessageContaining(problem);
    }

    @Test
    void theFileMayBeJsonHaveAMarkOrLinesOfWindowsAnchorsAndFieldsThatChangeNothing() throws IOException {
        String json = "{\"current-context\":\"c\",\"contexts\":[{\"name\":\"c\",\"context\":{\"cluster\":\"c\"}}],"
                + "\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":\"https://127.0.0.1:6443\"}}]}";
        String anchors = """
                current-context: &name c
                contexts: [{name: *name, context: {cluster: *name, user: *name, extensions: [{name: minikube}]}}]
                clusters: [{name: *name, cluster: {server: "https://127.0.0.1:6443", disable-compression: true}}]
                users: [{name: *name, user: &user {token: secret}}, {name: other, user: {<<: *user}}]
                preferences: {}
                """;
        for (String text :
                new String[] {json, "\ufeff" + PLAIN, PLAIN.replace("\n", "\r\n"), "---\n" + PLAIN, anchors}) {
            assertThat(access(text).server()).as(text).hasToString("https://127.0.0.1:6443");
        }
        assertThat(access(anchors).token().get()).contains("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "current-context: c | current-context: '' | no current-context: expected --context NAME",
                "current-context: c | x: y | no current-context: expected --context NAME",
                "current-context: c | current-context: other | expected context other in contexts, found none",
                "cluster: c, user: u | user: u | context c: cluster: expected a text, got nothing",
                "cluster: c, user: u | cluster: c, user: v | expected user v in users, found none",
                "users: [{name: u | users: [{name: u, user: {token: a}}, {name: u | users: expected u once, found it again",
                "clusters: [{name: c | clusters: [{name: c, cluster: {}}, {name: c | clusters: expected c once",
                "contexts: [{name: c | contexts: [{name: c, context: {}}, {name: c | contexts: expected c once",
                "token: secret | token: 'a b' | expected a token on one line",
                "token: secret | token: \"a\\r\\nHost: x\" | expected a token on one line",
                "token: secret | token: secret, exec: {command: x} | exec: plugins are not run",
                "{token: secret} | {token: secret, token: other} | 'config:4:41: the field \"token\" comes twice, expected it once'",
                "{token: secret} | 7 | user u: expected an object, got a number",
                "https:// | http://user:password@ | without user",
            })
    void mistakesSayWhatWasExpected(String right, String wrong, String problem) {
        String text = PLAIN.replace(right, wrong);
        assertThat(text).isNotEqualTo(PLAIN);
        assertThatThrownBy(() -> access(text))
                .isInstanceOf(ClusterProblem.class)
                .hasMessageContaining(problem)
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("password@"));
    }

    @Test
    void whatIsNoKubeconfigIsRefused() {
        for (String text : new String[] {"", "a: b", "[]", "7", "a: &a [*a]", "{", "\0", "x".repeat(2 << 20)}) {
            assertThatThrownBy(() -> access(text))
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isInstanceOf(ClusterProblem.class);
        }
        String bomb = """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
        assertThatThrownBy(() -> access(bomb + PLAIN)).isInstanceOf(ClusterProblem.class);
    }

    private void writeKey(String key) throws IOException {
        Files.writeString(folder.resolve("key.pem"), key);
    }

    /** k3s and RKE write keys of EC in their older form, a chain behind the certificate, and two authorities while one is replaced. */
    @Test
    void certificatesHaveChainsAndKeysTheirOlderForm() throws Exception {
        Identity client = authority.client("reader", VALIDITY);
        Authority next = Authority.create("next CA", Instant.now(), VALIDITY);
        PemFiles.writeCertificates(client, folder.resolve("client.pem"));
        String chain = Files.readString(folder.resolve("client.pem")) + Files.readString(folder.resolve("ca.crt"));
        Files.writeString(folder.resolve("client.pem"), "Subject: CN=reader\n" + chain);
        PemFiles.writeCertificates(next.identity(), folder.resolve("next.crt"));
        Files.writeString(
                folder.resolve("both.crt"),
                Files.readString(folder.resolve("next.crt")) + Files.readString(folder.resolve("ca.crt")));
        StringWriter sec1 = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(sec1)) {
            pem.writeObject(new JcaMiscPEMGenerator(client.key()));
        }
        assertThat(sec1.toString()).startsWith("-----BEGIN EC PRIVATE KEY-----");
        Identity identity = authority.server(List.of(Host.parse("127.0.0.1")), VALIDITY);
        try (FakeApiServer server = FakeApiServer.overTls(
                TlsContexts.server(identity, List.of(authority.identity().certificate())), true)) {
            server.list("/api/v1/pods", "PodList", FakeApiServer.pod("web", "u", "", "nginx:1"));
            String config = PLAIN.replace(
                            "\"https://127.0.0.1:6443\"", server.url() + ", certificate-authority: both.crt")
                    .replace("token: secret", "client-certificate: client.pem, client-key: key.pem");
            writeKey("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + sec1);
            assertThat(read(access(config))).as(problems.toString()).isEqualTo(1);

            writeKey(sec1.toString()
                    .replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\nM"));
            assertThat(Files.readString(folder.resolve("key.pem"))).contains("ENCRYPTED");
            assertThatThrownBy(() -> access(config))
                    .isInstanceOf(ClusterProblem.class)
                    .hasMessageContaining("key.pem")
                    .hasMessageContaining("encrypted");
        }
    }
}
