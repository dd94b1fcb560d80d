package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Load.Question;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What API servers and their webhook share: certificates, a policy, and reviews whose answers are known. */
final class ControlPlane {

    /** Denied by two rules of {@link #policy}. */
    static final String REDIS = "redis:7";

    /** Allowed by all policies. */
    static final Question NGINX = new Question("nginx:1.17.1", "allowed");

    /** Certificates hold long before and after today, for clocks leap in tests. */
    private static final Duration MONTH = Duration.ofDays(30);

    private final Path folder;
    private final KubeWebhookClient client;
    private final Authority authority =
            Authority.create("control plane", Instant.now().minus(MONTH), MONTH.multipliedBy(2));
    private final SecretVolume volume;
    private final ReviewTester tester;

    ControlPlane(Path folder) throws Exception {
        this.folder = folder;
        this.client = KubeWebhookClient.build();
        this.volume = new SecretVolume(Files.createDirectory(folder.resolve("mounted")));
        Identity apiserver = authority.client("kube-apiserver", MONTH.multipliedBy(2));
        this.tester = ReviewTester.as(apiserver, authority.identity().certificate(), Version.HTTP_2);
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.pem"));
        PemFiles.writeCertificates(apiserver, folder.resolve("apiserver-client.pem"));
        PemFiles.writeKey(apiserver, folder.resolve("apiserver-client-key.pem"));
        rotate();
        write(policy("old"));
    }

    /** Gives the webhook another certificate. */
    Identity rotate() throws IOException {
        Identity webhook = authority.server(List.of(Host.parse("127.0.0.1")), MONTH.multipliedBy(2));
        volume.next().identity(webhook).clientAuthorities(authority.identity()).publish();
        return webhook;
    }

    /** Replaces the policy. */
    void write(String policy) throws IOException {
        Path next = Files.writeString(folder.resolve("next.yaml"), policy);
        Files.move(next, folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Each word stands in the findings of two rules, so an answer of two policies at once would be seen. */
    static String policy(String word) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: production}
                spec:
                  rules:
                    - {name: one, deny: [docker.io/library/redis], message: %1$s one}
                    - {name: two, deny: ["**/redis"], message: %1$s two}
                """.formatted(word);
    }

    /** Right is what the policy of any of these words answers. */
    static Question redis(String... words) {
        return new Question(
                REDIS,
                List.of(words).stream()
                        .map(word -> "denied: " + word + " one; " + word + " two")
                        .toArray(String[]::new));
    }

    RunningJar serve(String... more) throws IOException, InterruptedException {
        return RunningJar.serveManaged(volume.folder(), options(more));
    }

    /** Those that every webhook here has, before others. */
    String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--client-ca",
                volume.clientAuthorities().toString(),
                "--policy",
                folder.resolve("policy.yaml").toString()));
        Collections.addAll(options, more);
        return options.toArray(String[]::new);
    }

    Path certificates() {
        return volume.folder();
    }

    /** API servers that ask there. */
    Load load(String url, Question... questions) throws Exception {
        return Load.start(client, KubeWebhookClient.kubeconfig(url, folder), questions);
    }

    ReviewTester tester() {
        return tester;
    }

    /** The answer to one review about an image. */
    String answer(RunningServer server, String image) throws IOException, InterruptedException {
        return tester.post(server, ReviewTester.review(image)).body();
    }

    static void expectNothingWrong(Load.Result result) {
        Load.Counts counts = result.counts();
        assertThat(counts.answered()).as(result.problems()).isPositive();
        assertThat(counts.wrong()).as(result.problems()).isZero();
        assertThat(counts.answered() + counts.lost()).isEqualTo(counts.sent());
    }

    static void expectNothingLost(Load.Result result) {
        expectNothingWrong(result);
        assertThat(result.counts().lost()).as(result.problems()).isZero();
    }
}
