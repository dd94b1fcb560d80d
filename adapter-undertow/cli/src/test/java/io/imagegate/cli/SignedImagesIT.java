package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.SignedRegistry;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reviews of signed images by the built jar. */
class SignedImagesIT {

    private static final String ADMISSION = """
            {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1","operation":"CREATE",\
            "kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"default","object":{"kind":"Pod",\
            "apiVersion":"v1","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"%s"}]}}}}""";

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private final String key;
    private final String keyless;
    private final String none;

    SignedImagesIT() throws IOException {
        signed = new SignedRegistry("acme/key", "acme/keyless", "acme/none");
        String host = signed.registry().host();
        key = host + "/acme/key@" + SignedRegistry.IMAGE;
        keyless = host + "/acme/keyless@" + SignedRegistry.IMAGE;
        none = host + "/acme/none@" + SignedRegistry.IMAGE;
    }

    @BeforeEach
    void files() throws IOException {
        Program.makeCertificates(folder);
        Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: signed}
                spec:
                  trust: {own: {file: "%s", require: {timestamp: 1}}}
                  signers:
                    release: {keys: [{file: "%s"}]}
                    ci: {keyless: {trust: own, issuer: "http://127.0.0.1:5070", identity: "https://github.com/acme/api/**"}}
                  rules: [{name: signed, signature: {by: [$release, $ci]}}]
                """.formatted(
                        recorded("trust/trusted-root.json"), recorded("keys/1.pub")));
    }

    private static Path recorded(String name) {
        return Path.of(SignedRegistry.file(name)).toAbsolutePath();
    }

    @AfterEach
    void close() {
        signed.close();
    }

    private String[] options(String cache) throws IOException {
        Path registries = Path.of(signed.file(folder));
        Files.writeString(registries, Files.readString(registries).replace("}]}", "}], cache: " + cache + "}"));
        return RunningJar.managed(RunningJar.arguments(
                folder,
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--registries",
                registries.toString(),
                "--client-ca",
                folder.resolve("ca.pem").toString()));
    }

    @Test
    @DisplayName("a verified digest is served while the registry is gone, and audit annotations say since when and why")
    void outage() throws Exception {
        ReviewTester tester = ReviewTester.as("apiserver-client", folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.start(options("{verified: 2s, absent: 1s}"))) {
            String fresh =
                    tester.post(server, "/validate", ADMISSION.formatted(key)).body();
            assertThat(fresh)
                    .contains("\"allowed\":true", "\"verified\":\"" + key + " signed by release")
                    .doesNotContain("is down");
            signed.close();
            Thread.sleep(2_500);
            String served =
                    tester.post(server, "/validate", ADMISSION.formatted(key)).body();
            assertThat(served)
                    .contains("\"allowed\":true")
                    .containsPattern("\"auditAnnotations\":\\{[^}]*\"verified\":\"" + key
                            + " signed by release, as verified at 20[-0-9]{8}T[:0-9]{8}Z: the registry is down");
            assertThat(tester.post(server, ReviewTester.review(key)).body())
                    .contains("\"allowed\":true", "as verified at ", "the registry is down");
            assertThat(tester.post(server, "/validate", ADMISSION.formatted(keyless))
                            .body())
                    .contains("\"allowed\":false", " is down")
                    .doesNotContain("not signed");
        }
    }

    @Test
    @DisplayName("serve loads no class of Bouncy Castle, also while it decides on signatures by a key and an identity")
    void noBouncyCastle() throws Exception {
        Path classes = folder.resolve("classes");
        List<String> flags = new ArrayList<>(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"));
        flags.add("-Xlog:class+load:file=" + classes + "::filecount=0");
        ReviewTester tester = ReviewTester.as("apiserver-client", folder, Version.HTTP_2);
        try (RunningJar server = RunningJar.start(Program.java(flags, options("{verified: 1h}")))) {
            assertThat(tester.ask(server, key)).isEqualTo("allowed");
            assertThat(tester.ask(server, keyless)).isEqualTo("allowed");
            assertThat(tester.ask(server, none)).isEqualTo("denied");
            assertThat(server.manage("/metrics")).startsWith("200 ");
        }
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains(" io.imagegate.signature.Verifier "))
                .anyMatch(line -> line.contains(" io.imagegate.signature.timestamp."))
                .noneMatch(line -> line.contains("org.bouncycastle."));
    }
}
