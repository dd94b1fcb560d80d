package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.WrittenProgram;
import io.imagegate.registry.authentication.CredentialHelper;
import io.imagegate.registry.authentication.DockerConfigFile;
import io.imagegate.registry.authentication.Secret;
import io.imagegate.registry.authentication.SecretExpiry;
import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.content.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DockerCredentialsTest {

    private static final String PATH = "/usr/bin:/bin";

    @TempDir
    private Path folder;

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path config(String text) throws IOException {
        return Files.writeString(folder.resolve("config.json"), text);
    }

    /** {@return kind and secret of a credential; empty if there is none} */
    private static String found(RegistryCredentials credentials, String host) {
        return secret(name -> credentials.find(name).thenApply(found -> found.map(Credential::secret)), host);
    }

    private static String secret(SecretSource secrets, String host) {
        return secrets.find(host)
                .orTimeout(20, TimeUnit.SECONDS)
                .join()
                .map(secret -> secret + " " + secret.value())
                .orElse("");
    }

    @Test
    @DisplayName("a credential is for exactly the host and port of its key")
    void exactHosts() throws IOException {
        RegistryCredentials file = DockerCredentials.file(config("""
                {"auths": {
                  "https://index.docker.io/v1/": {"auth": "%s"},
                  "registry.example:5000": {"username": "u", "password": "p"},
                  "tokens.example": {"auth": "ignored", "identitytoken": "t"},
                  "ghcr.io/acme": {"auth": "%s"}
                }}""".formatted(base64("hub:p:w"), base64("a:b"))));
        assertThat(found(file, "docker.io")).isEqualTo("BASIC " + base64("hub:p:w"));
        assertThat(found(file, "registry.example:5000")).isEqualTo("BASIC " + base64("u:p"));
        assertThat(found(file, "tokens.example")).isEqualTo("IDENTITY_TOKEN t");
        for (String other :
                List.of("registry.example", "registry.example:5001", "x.registry.example:5000", "ghcr.io")) {
            assertThat(found(file, other)).as(other).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "a file is followed when it changes; one that cannot be read is refused at the start, and then undecidable")
    void follows() throws IOException {
        assertThatThrownBy(() -> DockerCredentials.file(folder.resolve("config.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
        RegistryCredentials file = DockerCredentials.file(config("{}"));
        assertThat(found(file, "a.example")).isEmpty();
        config("{\"auths\":{\"a.example\":{\"auth\":\"" + base64("u:p") + "\"}}}");
        assertThat(found(file, "a.example")).isNotEmpty();
        config("{\"auths\":{\"a.example\":{\"auth\":\"s3cret\"}}}");
        assertThatThrownBy(() -> found(file, "a.example"))
                .hasRootCauseInstanceOf(Failure.class)
                .hasMessageContaining("in base64")
                .hasMessageNotContaining("s3cret");
        config("{\"auths\":{\"a.example\":{\"registrytoken\":\"s3cret\\n\"}}}");
        assertThatThrownBy(() -> found(file, "a.example"))
                .hasRootCauseInstanceOf(Failure.class)
                .hasMessageContaining("config.json: bearer token: expected printable ASCII")
                .hasMessageNotContaining("s3cret");
        config("{\"auths\":");
        assertThatThrownBy(() -> found(file, "a.example")).hasMessageContaining("is not JSON");
    }

    private CredentialHelper helper(String script) throws Exception {
        WrittenProgram.write(folder.resolve("docker-credential-test"), "#!/bin/sh\n" + script);
        return new CredentialHelper(
                CredentialHelper.find("test", "/nowhere:" + folder), Map.of("PATH", PATH, "SET", "x"));
    }

    @Test
    @DisplayName(
            "a helper gets the host on its input and the environment of the start, and runs once while its answer holds")
    void runs() throws Exception {
        CredentialHelper helper = helper("""
                echo run >> %s/runs
                echo "{\\"ServerURL\\":\\"x\\",\\"Username\\":\\"$1-$SET-$HOME\\",\\"Secret\\":\\"$(cat)\\"}"
                """.formatted(folder));
        List<CompletableFuture<Optional<Secret>>> all =
                Stream.generate(() -> helper.find("a.example")).limit(10).toList();
        all.forEach(future -> assertThat(
                        future.orTimeout(20, TimeUnit.SECONDS).join().map(Secret::value))
                .contains(base64("get-x-:a.example")));
        assertThat(secret(helper, "a.example")).isNotEmpty();
        assertThat(folder.resolve("runs")).hasContent("run");
        assertThat(secret(helper, "docker.io")).endsWith(base64("get-x-:https://index.docker.io/v1/"));
    }

    @Test
    @DisplayName("the user <token> means an identity token; no credential means anonymous access")
    void answers() throws Exception {
        assertThat(secret(helper("echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'"), "a"))
                .isEqualTo("IDENTITY_TOKEN t");
        assertThat(secret(helper("echo credentials not found in native keychain; exit 1"), "a"))
                .isEmpty();
    }

    @Test
    @DisplayName("a helper that fails or prints no JSON is undecidable, and runs again")
    void fails() throws Exception {
        CredentialHelper helper = helper("echo run >> " + folder + "/runs; echo no AWS credentials; exit 3");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> secret(helper, "a"))
                    .hasMessageContaining("ended with 3")
                    .hasMessageContaining("no AWS");
        }
        assertThat(Files.readAllLines(folder.resolve("runs"))).hasSize(2);
        assertThatThrownBy(() -> secret(helper("echo hello"), "a")).hasMessageContaining("is not");
    }

    @Tag("slow")
    @Test
    @DisplayName("a helper that hangs or prints without end is ended after five seconds, with what it started")
    void hangs() throws Exception {
        for (String script : List.of("sleep 60 & wait", "exec yes")) {
            CredentialHelper helper = helper(script);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> secret(helper, "a")).hasMessageContaining("did not end within 5 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
        }
        for (int i = 0; i < 600 && childrenOfHelpers() > 0; i++) {
            Thread.sleep(50);
        }
        assertThat(childrenOfHelpers()).isZero();
    }

    private static long childrenOfHelpers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").matches(".*/(sleep|yes|coreutils)"))
                .count();
    }

    @Test
    @DisplayName("helpers that a file names run only if they are named beside it")
    void helpersOfFiles() throws Exception {
        Path file = config("{\"credHelpers\":{\"a.example\":\"test\"},\"credsStore\":\"other\"}");
        assertThat(found(DockerCredentials.file(file), "a.example")).isEmpty();
        SecretSource named =
                DockerConfigFile.open(file, Map.of("test", helper("echo '{\"Username\":\"u\",\"Secret\":\"p\"}'")));
        assertThat(secret(named, "a.example")).isEqualTo("BASIC " + base64("u:p"));
        assertThat(secret(named, "b.example")).isEmpty();
    }

    @Test
    @DisplayName("a helper that is not on the PATH, or whose name is a path, is refused")
    void notThere() {
        assertThatThrownBy(() -> DockerCredentials.helper("is-not-there")).hasMessageContaining("on the PATH");
        for (String name : List.of("", "../x", "a/b", "-a", "a b")) {
            assertThatThrownBy(() -> DockerCredentials.helper(name)).hasMessageContaining("expected a name");
        }
    }

    @Test
    @DisplayName("a secret is kept until shortly before it expires")
    void expiry() {
        Instant now = Instant.ofEpochSecond(1_000_000);
        String jwt = "e30."
                + Base64.getUrlEncoder().encodeToString("{\"exp\":1001000}".getBytes(StandardCharsets.UTF_8)) + ".x";
        assertThat(SecretExpiry.period(jwt, now)).isEqualTo(Duration.ofMinutes(15));
        assertThat(SecretExpiry.period(base64("{\"expiration\":1000100}"), now)).isEqualTo(Duration.ofSeconds(90));
        assertThat(SecretExpiry.period(base64("{\"expiration\":9000000}"), now)).isEqualTo(Duration.ofMinutes(54));
        assertThat(SecretExpiry.period(base64("{\"expiration\":999999}"), now)).isZero();
        assertThat(SecretExpiry.period(base64("{\"expiration\":-9223372036854775808}"), now))
                .isZero();
        assertThat(SecretExpiry.period(base64("{\"expiration\":9223372036854775807}"), now))
                .isEqualTo(Duration.ofMinutes(54));
        for (String other : List.of("", "pass.word.x", "opaque", base64("{}"), base64("[]"))) {
            assertThat(SecretExpiry.period(other, now)).isEqualTo(SecretExpiry.UNSEEN);
        }
    }
}
