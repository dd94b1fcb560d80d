package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client library that kube-apiserver uses, client-go, asks the built jar over mutual TLS. */
@Tag("full")
class KubeWebhookClientIT {

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static KubeWebhookClient client;

    @BeforeAll
    static void buildTheClientAndMakeCertificates() throws Exception {
        client = KubeWebhookClient.build();
        Program.makeCertificates(folder);
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
            Path config = KubeWebhookClient.kubeconfig(server.url(), folder, "user: {}");
            Result result = Program.run(client.command(config, List.of("nginx:1.17.1")));

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

    @Test
    void moreAtOnceThanStreamsInAConnectionWaitInTheClient() throws Exception {
        try (RunningJar server = serve("--max-streams", "2")) {
            Result result = ask(server, "-repeat", "300", "-concurrency", "8", "nginx");

            assertThat(result.out()).startsWith("0 allowed, 300 denied, 0 failed");
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
        return client.command(KubeWebhookClient.kubeconfig(server.url(), folder), arguments);
    }
}
