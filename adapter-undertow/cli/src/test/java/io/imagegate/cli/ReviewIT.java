package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import io.imagegate.cli.command.ImagegateHere;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code review} and a server that needs certificates of clients. */
class ReviewIT {

    @TempDir
    static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static RunningServer server;

    @BeforeAll
    static void serve() throws Exception {
        Program.makeCertificates(folder);
        server =
                ServerHere.serve(folder, "--client-ca", folder.resolve("ca.pem").toString());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Result review(String path, String image, String... more) {
        return reviewTrusting("ca.pem", path, image, more);
    }

    private static Result reviewTrusting(String authority, String path, String image, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "review", server.url().replace("/image_policy", path), image, "--ca", folder + "/" + authority));
        words.addAll(List.of(more));
        return ImagegateHere.run(Map.of(), words.toArray(String[]::new));
    }

    private static String[] client(String... more) {
        List<String> words = new ArrayList<>(List.of(
                "--client-cert",
                folder + "/apiserver-client.pem",
                "--client-key",
                folder + "/apiserver-client-key.pem"));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/image_policy", "/validate", "/mutate", "/validate?timeout=5s"})
    void printsTheDecision(String path) {
        Result allowed = review(path, "nginx:1.17.1", client());
        assertThat(allowed.status()).as(allowed.err()).isZero();
        assertThat(allowed.out()).isEqualTo("allowed\n");

        Result denied = review(path, "nginx", client());
        assertThat(denied.status()).isOne();
        assertThat(denied.out()).startsWith("denied: ").contains("fixed-tag").hasLineCount(1);
        assertThat(review(path, "nginx", client("--any-decision")).status()).isZero();
    }

    @Test
    void anAnswerWithoutADecisionIsNone() {
        expectNone(review("/none", "nginx:1", client("--any-decision")), ": no decision: ", "404");
        expectNone(review("/validate", "nginx:1", "--any-decision"), ": no decision: ");
        expectNone(reviewTrusting("other-client.pem", "/validate", "nginx:1", client()), ": no decision: ", "PKIX");
        expectNone(
                review("/validate", "nginx:1", "--client-key", folder + "/none.pem"),
                "expected both --client-cert and");
        expectNone(reviewTrusting("none.pem", "/validate", "nginx:1", client()), "none.pem: no such file");
        expectNone(review("/validate", "a\"b", client()), "a\\\"b");
        expectNone(
                ImagegateHere.run(Map.of(), "review", "http://127.0.0.1:1/validate", "nginx:1"),
                "expected one such as https://imagegate.imagegate.svc/validate");
    }

    private static void expectNone(Result result, String... messages) {
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(messages).hasLineCount(1);
    }
}
