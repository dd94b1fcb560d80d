package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.registry.authentication.DockerConfigFile;
import io.imagegate.registry.authentication.Secret;
import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.content.Failure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration of Docker has a secret for a host, which is the same when it stands there alone, or is refused without being quoted. */
@WhereJazzerRuns
class DockerConfigFuzzTest {

    private static final List<String> HOSTS = List.of("docker.io", "ghcr.io", "registry.example:5000", "[2001:db8::1]");
    private static final SecretSource HELPER =
            host -> CompletableFuture.completedFuture(Optional.of(Secret.basic("helper", host)));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"auths\":{\"ghcr.io\":{\"auth\":\"amFuZTpzM2NyM3Q=\"},\"https://index.docker.io/v1/\":"
                                + "{\"username\":\"jane\",\"password\":\"x\"}}}",
                        "{\"auths\":{\"REGISTRY.example:5000/v2/\":{\"identitytoken\":\"abc\"},\"[2001:DB8:0::1]:443\":"
                                + "{\"registrytoken\":\"a.b.c\"}}}",
                        "{\"credHelpers\":{\"ghcr.io\":\"known\"},\"credsStore\":\"unknown\"}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileHasASecretOrIsRefused(byte[] data) {
        SecretSource file;
        try {
            file = DockerConfigFile.open(FuzzedFile.of(data), Map.of("known", HELPER));
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(1000).matches("[ -~]+");
            return;
        }
        for (String host : HOSTS) {
            try {
                file.find(host).join().ifPresent(secret -> assertAlone(host, secret));
            } catch (CompletionException refused) {
                assertThat(refused.getCause()).isInstanceOf(Failure.class);
                assertThat(Failure.of(refused).reason()).hasSizeLessThan(1000).matches("[ -~]+");
            }
            // It is read again for each host.
            FuzzedFile.of(data);
        }
    }

    private static void assertAlone(String host, Secret secret) {
        String key = switch (secret.kind()) {
            case BASIC -> "auth";
            case IDENTITY_TOKEN -> "identitytoken";
            case BEARER -> "registrytoken";
        };
        String alone = JsonTree.write(Map.of("auths", Map.of(host, Map.of(key, secret.value()))));
        Secret again = DockerConfigFile.open(FuzzedFile.of(alone.getBytes(UTF_8)), Map.of())
                .find(host)
                .join()
                .orElseThrow();
        assertThat(again.kind()).isEqualTo(secret.kind());
        assertThat(again.value()).isEqualTo(secret.value());
    }
}
