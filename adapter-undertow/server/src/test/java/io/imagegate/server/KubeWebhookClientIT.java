package io.imagegate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.imagegate.server.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that kube-apiserver uses, client-go, asks the built jar over mutual TLS. */
class KubeWebhookClientIT {

    private static final Path CLIENT_GO = Path.of("/usr/share/gocode/src/k8s.io/client-go");

    @TempDir
    static Path folder = Path.of("");

    private static Path client = Path.of("");

    @BeforeAll
    static void buildTheClientAndMakeCertificates() throws Exception {
        boolean possible = Program.isInstalled("go", "version") && Files.isDirectory(CLIENT_GO);
        assumeTrue(
                possible,
                () -> Program.skipped(
                        "kube-apiserver's client", "needs the packages golang-go and golang-k8s-client-go-dev"));
        Path target = Path.of(Program.setting("imagegate.go.target"));
        client = target.resolve("kube-webhook-client");
        Result built = Program.run(
                List.of("go", "build", "-o", client.toString(), Program.setting("imagegate.go.source") + "/main.go"),
                new byte[0],
                Map.of("GO111MODULE", "off", "GOPATH", "/usr/share/gocode", "GOFLAGS", ""));
        assertThat(built.status()).as(built.err()).isZero();
        Result certs = Program.run(
                Program.imagegate("certs", "--out", folder.toString(), "--host", "localhost", "--host", "127.0.0.1"));
        assertThat(certs.status()).as(certs.err()).isZero();
    }

    @Test
    void theTutorialsTwoImages() throws Exception {
        try (RunningJar server = serve()) {
            assertThat(ask(server, "nginx:1.17.1").out()).isEqualTo("allowed\n");
            assertThat(ask(server, "nginx").out()).startsWith("denied: ").contains("\"nginx\"", "fixed-tag");
        }
    }

    @Test
    void everyOtherImageOfAPodIsNamedOnlyWhenItIsDenied() throws Exception {
        try (RunningJar server = serve()) {
            assertThat(ask(server, "redis:7", "nginx", "app/web:latest", "busybox:1.36")
                            .out())
                    .startsWith("denied: ")
                    .contains("\"nginx\"", "\"app/web:latest\"")
                    .doesNotContain("redis", "busybox");
        }
    }

    @Test
    void anImageThatIsNoReferenceIsDenied() throws Exception {
        try (RunningJar server = serve()) {
            assertThat(ask(server, "bad image:@@").out()).startsWith("denied: ").contains("\"bad image:@@\"");
            assertThat(ask(server, "docker/Nginx").out()).startsWith("denied: ").contains("lowercase");
        }
    }

    @Test
    void aChineseReasonArrivesWhole() throws Exception {
        try (RunningJar server = serve("--locale", "zh-CN")) {
            assertThat(ask(server, "nginx").out())
                    .startsWith("denied: 镜像 \"nginx\"")
                    .containsPattern("\\p{IsHan}{4}")
                    .doesNotContain("�", "?");
        }
    }

    @Test
    void theyTalkHttp2() throws Exception {
        try (RunningJar server = serve()) {
            Result result =
                    Program.run(command(server, List.of("nginx")), new byte[0], Map.of("GODEBUG", "http2debug=1"));

            assertThat(result.out()).startsWith("denied: ");
            assertThat(result.err())
                    .contains("http2: Transport encoding header \":path\" = \"/image_policy?timeout=30s\"")
                    .contains("http2: Transport received DATA flags=END_STREAM");
        }
    }

    @Test
    void aClientWithoutACertificateFails() throws Exception {
        try (RunningJar server = serve()) {
            Path config = kubeconfig(server, "user: {}");
            Result result = Program.run(List.of(client.toString(), "-kubeconfig", config.toString(), "nginx:1.17.1"));

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out()).startsWith("failed: ").contains("certificate required");
        }
    }

    @Test
    void twoThousandReviewsAtEightAtATimeAllGetADecision() throws Exception {
        try (RunningJar server = serve()) {
            Result result = ask(server, "-repeat", "2000", "-concurrency", "8", "nginx", "redis:7");

            assertThat(result.out()).startsWith("0 allowed, 2000 denied, 0 failed");
        }
    }

    private static RunningJar serve(String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--client-ca", folder.resolve("ca.pem").toString()));
        return RunningJar.serve(folder, arguments.toArray(String[]::new));
    }

    private static Result ask(RunningJar server, String... arguments) throws IOException, InterruptedException {
        return Program.run(command(server, List.of(arguments)));
    }

    private static List<String> command(RunningJar server, List<String> arguments) throws IOException {
        Path config = kubeconfig(
                server,
                "user: {client-certificate: %1$s/apiserver-client.pem, client-key: %1$s/apiserver-client-key.pem}"
                        .formatted(folder));
        List<String> command = new ArrayList<>(List.of(client.toString(), "-kubeconfig", config.toString()));
        command.addAll(arguments);
        return command;
    }

    private static Path kubeconfig(RunningJar server, String user) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: webhook, cluster: {server: %s, certificate-authority: %s/ca.pem}}]
                users: [{name: apiserver, %s}]
                contexts: [{name: webhook, context: {cluster: webhook, user: apiserver}}]
                current-context: webhook
                """.formatted(server.url(), folder, user));
    }
}
