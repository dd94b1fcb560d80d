package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.ImagegateHere;
import io.imagegate.server.Conditions;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One server for several clusters: the built jar with policies of several names. */
class NamedPoliciesIT {

    private static final String QUAY = "quay.io/a:1";
    private static final String HUB = "docker.io/a:1";
    private static final String ADMISSION = """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","kind":{"version":"v1",\
            "kind":"Pod"},"operation":"CREATE","namespace":"default","object":{"kind":"Pod","apiVersion":"v1",\
            "spec":{"containers":[{"name":"a","image":"%s"}]}}}}""";

    @TempDir
    static Path certificates = Path.of("");

    @TempDir
    Path folder = Path.of("");

    private Path prod = folder;
    private Path dev = folder;

    @BeforeAll
    static void makeCertificates() throws Exception {
        Program.makeCertificates(certificates);
    }

    @BeforeEach
    void writePolicies() throws Exception {
        prod = Files.createDirectory(folder.resolve("prod"));
        dev = Files.createDirectory(folder.resolve("dev"));
        allow(prod, "quay.io");
        allow(dev, "docker.io");
    }

    private static void allow(Path policies, String registry) throws Exception {
        Files.writeString(policies.resolve("p.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec: {rules: [{name: ours, allow: ["%s/**"]}]}
                """.formatted(policies.getFileName(), registry));
    }

    private ServerHere serve(String... more) throws Exception {
        return ServerHere.serve(certificates, options(more));
    }

    private RunningJar serveJar(String... more) throws Exception {
        return RunningJar.serveManaged(certificates, options(more));
    }

    private String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of("--policy", "prod=" + prod, "--policy", "dev=" + dev));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** The status and the outcome of both protocols, which is the same. */
    private static String ask(ReviewTester tester, RunningServer server, String path, String image) throws Exception {
        String first = outcome(tester.post(server, path, ReviewTester.review(image)));
        assertThat(outcome(tester.post(server, path, ADMISSION.formatted(image))))
                .isEqualTo(first);
        return first;
    }

    private static String outcome(HttpResponse<String> answer) {
        if (answer.statusCode() == 200 && answer.body().contains("\"kind\":\"AdmissionReview\"")) {
            assertThat(answer.body()).contains("\"uid\":\"u-1\"");
        }
        return answer.statusCode() != 200
                ? Integer.toString(answer.statusCode())
                : answer.body().contains("\"allowed\":true") ? "allowed" : "denied";
    }

    @ParameterizedTest
    @EnumSource
    void eachNameDecidesAlone(Version version) throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, version);
        try (RunningServer server = serve()) {
            for (String kind : List.of("/image_policy", "/validate", "/mutate")) {
                assertThat(ask(tester, server, kind + "/prod", QUAY)).isEqualTo("allowed");
                assertThat(ask(tester, server, kind + "/prod", HUB)).isEqualTo("denied");
                assertThat(ask(tester, server, kind + "/dev", HUB)).isEqualTo("allowed");
                assertThat(ask(tester, server, kind + "/dev", QUAY)).isEqualTo("denied");
                for (String image : List.of(QUAY, HUB)) {
                    assertThat(ask(tester, server, kind, image)).isEqualTo("denied");
                    assertThat(ask(tester, server, kind + "/pord", image)).isEqualTo("denied");
                    assertThat(ask(tester, server, kind + "/default", image)).isEqualTo("denied");
                }
                for (String other : List.of(
                        "/",
                        "/prod/",
                        "/prod/x",
                        "//prod",
                        "/pr%6Fd",
                        "/prod%2Fx",
                        "/./prod",
                        "/../dev",
                        "/prod;x",
                        "/%70rod")) {
                    assertThat(ask(tester, server, kind + other, QUAY))
                            .as(other)
                            .isEqualTo("404");
                }
            }
        }
    }

    @Test
    void theLogNamesThem() throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        try (RunningJar server = serveJar()) {
            assertThat(ask(tester, server, "/image_policy/prod", HUB)).isEqualTo("denied");
            server.awaitOutput("/image_policy/prod;", "prod=" + prod + ",dev=" + dev, " denied prod default/- " + HUB);
        }
    }

    @Test
    void policiesWithoutANameHaveTheBarePaths() throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        Path all = folder.resolve("all");
        Files.createDirectory(all);
        allow(all, "ghcr.io");
        try (RunningServer server = serve("--policy", all.toString())) {
            assertThat(ask(tester, server, "/validate", "ghcr.io/a:1")).isEqualTo("allowed");
            assertThat(ask(tester, server, "/validate", QUAY)).isEqualTo("denied");
            assertThat(ask(tester, server, "/validate/prod", QUAY)).isEqualTo("allowed");
            assertThat(ask(tester, server, "/validate/prod", "ghcr.io/a:1")).isEqualTo("denied");
            assertThat(ask(tester, server, "/validate/default", "ghcr.io/a:1")).isEqualTo("denied");
        }
    }

    @Test
    void aNameThatStandsTwiceMeansThatAllMustAllow() throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        Path acme = folder.resolve("acme");
        Files.createDirectory(acme);
        allow(acme, "quay.io/acme");
        try (RunningServer server = serve("--policy", "prod=" + acme)) {
            assertThat(ask(tester, server, "/validate/prod", "quay.io/acme/a:1"))
                    .isEqualTo("allowed");
            assertThat(ask(tester, server, "/validate/prod", QUAY)).isEqualTo("denied");
            assertThat(ask(tester, server, "/validate/dev", HUB)).isEqualTo("allowed");
        }
    }

    @Test
    void invalidFilesOfOneNameDisturbNoOther() throws Exception {
        ReviewTester tester = ReviewTester.trusting(certificates, Version.HTTP_2);
        Files.writeString(dev.resolve("p.yaml"), "kind: [");
        try (RunningJar server = serveJar("--log-format", "json", "--log-decisions", "all")) {
            assertThat(server.manage("/readyz")).isEqualTo("503 not ready: no policy is loaded for dev\n");
            assertThat(server.metric(successful("prod"))).isEqualTo(1);
            assertThat(server.metric(successful("dev"))).isZero();
            assertThat(ask(tester, server, "/validate/prod", QUAY)).isEqualTo("allowed");
            assertThat(ask(tester, server, "/validate/dev", HUB)).isEqualTo("denied");

            allow(dev, "docker.io");
            Conditions.await("it is loaded", () -> server.metric(successful("dev")) == 1);
            assertThat(server.manage("/readyz")).isEqualTo("200 ok\n");
            assertThat(ask(tester, server, "/validate/dev", HUB)).isEqualTo("allowed");

            Files.writeString(dev.resolve("p.yaml"), "kind: [");
            Conditions.await("it is refused", () -> server.metric(successful("dev")) == 0);
            allow(prod, "ghcr.io");
            Conditions.await(
                    "prod is loaded again",
                    () -> server.metric("imagegate_policy_reloads_total{outcome=\"success\",policy_set=\"prod\"}")
                            == 2);
            assertThat(server.manage("/readyz")).startsWith("200 ok\nwarning: the policies dev are rejected since ");
            assertThat(ask(tester, server, "/validate/dev", HUB)).isEqualTo("allowed");
            assertThat(ask(tester, server, "/validate/prod", QUAY)).isEqualTo("denied");
            assertThat(ask(tester, server, "/validate/other", QUAY)).isEqualTo("denied");

            assertThat(server.metric("imagegate_reviews_total{outcome=\"allowed\",policy_set=\"prod\"}"))
                    .isEqualTo(2);
            assertThat(server.metric("imagegate_reviews_total{outcome=\"denied\",policy_set=\"prod\"}"))
                    .isEqualTo(2);
            assertThat(server.metric("imagegate_reviews_total{outcome=\"allowed\",policy_set=\"dev\"}"))
                    .isEqualTo(4);
            assertThat(server.metric("imagegate_reviews_total{outcome=\"denied\",policy_set=\"\"}"))
                    .isEqualTo(2);
            assertThat(server.manage("/metrics")).doesNotContain("policy_set=\"other\"");
            server.awaitOutput(
                    "\"policySet\":\"prod\",\"protocol\"", "rejected policy dev=" + dev, "loaded policy prod=");
            assertThat(server.output()).doesNotContain("\"policySet\":\"other\"");
        }
    }

    private static String successful(String name) {
        return "imagegate_policy_last_reload_successful{policy_set=\"" + name + "\"}";
    }

    /** Each cluster has a certificate of its own, of one authority. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--client-name prod=cn:kube-apiserver,dev=cn:other-apiserver | true | false | false | true",
                "--client-name prod=kube-apiserver --client-name other-apiserver | true | false | false | true",
                "--client-name prod=cn:kube-apiserver | true | true | false | true",
                "--client-name kube-apiserver | true | true | false | false",
                "--client-name prod=cn:kube-apiserver,other-apiserver --client-name dev=x,other-apiserver | true | false | true | true",
            })
    void namesOfClientsHoldForTheirPolicies(
            String options, boolean ownAtProd, boolean ownAtDev, boolean otherAtProd, boolean otherAtDev)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--client-ca", certificates.resolve("ca.pem").toString()));
        ReviewTester own = ReviewTester.as("apiserver-client", certificates, Version.HTTP_2);
        ReviewTester other = ReviewTester.as("other-client", certificates, Version.HTTP_1_1);
        try (RunningServer server = serve(arguments.toArray(String[]::new))) {
            assertThat(ask(own, server, "/validate/prod", QUAY)).isEqualTo(ownAtProd ? "allowed" : "403");
            assertThat(ask(own, server, "/validate/dev", HUB)).isEqualTo(ownAtDev ? "allowed" : "403");
            assertThat(ask(other, server, "/validate/prod", QUAY)).isEqualTo(otherAtProd ? "allowed" : "403");
            assertThat(ask(other, server, "/validate/dev", HUB)).isEqualTo(otherAtDev ? "allowed" : "403");
            // A mistake in the path is a denial for everybody who may ask something, and no way to other policies.
            assertThat(ask(own, server, "/validate/pord", QUAY)).isEqualTo("denied");
            assertThat(ask(other, server, "/validate", QUAY)).isEqualTo(otherAtProd || otherAtDev ? "denied" : "403");
            for (String path :
                    List.of("/validate/pr%6Fd", "/validate//prod", "/validate/x/../prod", "/validate/prod;")) {
                assertThat(raw(other, server, path)).isIn("403", "404");
            }
        }
    }

    private static String raw(ReviewTester tester, RunningServer server, String path) throws Exception {
        String review = ReviewTester.review(QUAY);
        try (SSLSocket socket = tester.connect(server)) {
            String request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + review.length() + "\r\n\r\n" + review;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).substring(9);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--policy Prod=x | --policy: name of policies \"Prod\"",
                "--policy default=x | --policy: name of policies \"default\"",
                "--policy prod= | --policy: policies \"prod=\"",
                "--policy prod=builtin:nothing | builtin:nothing",
                "--policy prod=builtin:baseline --client-ca CA --client-name dev=x | --client-name dev=...: expected a name of policies: prod",
                "--policy prod=builtin:baseline --client-ca CA --client-name prod= | --client-name expected a name, got nothing",
                "--policy prod=builtin:baseline --client-name prod=x | --client-name: expected --client-ca, too",
                "--policy prod=none --dry-run | not ready: no policy is loaded for prod",
            })
    @Timeout(300)
    void wrongNamesAreRefused(String line) {
        String[] parts =
                line.replace("CA ", certificates.resolve("ca.pem") + " ").split(" \\| ", -1);
        Program.Result result =
                ImagegateHere.run(Map.of(), RunningJar.arguments(certificates, parts[0].split(" ", -1)));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains(parts[1]);
    }

    /** As a file of options has them. */
    @Test
    void namesStandInListsOfOptions() throws Exception {
        Path config = Files.writeString(folder.resolve("serve.yaml"), """
                tls-cert: %1$s/webhook.pem
                tls-key: %1$s/webhook-key.pem
                client-ca: %1$s/ca.pem
                client-name: [kube-apiserver, dev=cn:other-apiserver]
                policy: ["prod=%2$s", "dev=%3$s", builtin:baseline]
                """.formatted(certificates, prod, dev));
        Program.Result printed = ImagegateHere.run(Map.of(), "serve", "--config", config.toString(), "--print-config");
        assertThat(printed.out())
                .contains("\npolicy: prod=" + prod + ",dev=" + dev + ",builtin:baseline  # policy in " + config)
                .contains("\nclient-name: kube-apiserver,dev=cn:other-apiserver  # client-name in " + config);
        Program.Result given = ImagegateHere.run(
                Map.of(),
                "serve",
                "--config",
                config.toString(),
                "--policy",
                "prod=x",
                "--policy",
                "y",
                "--print-config");
        assertThat(given.out()).contains("\npolicy: y,prod=x  # flag");
    }
}
