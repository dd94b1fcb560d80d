package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A policy with a rule on signatures in a Tomcat. */
abstract class TomcatSignatures extends TomcatTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: signed}
            spec:
              signers: {release: {keys: [{file: release.pub}]}}
              rules: [{name: signed, match: {images: ["%s/**"]}, signature: {by: [$release]}}]
            """;

    TomcatSignatures(String home) {
        super(home);
    }

    @Test
    void signaturesCountAndAKeyIsFollowed() throws Exception {
        try (SignedImagesRegistry registry = new SignedImagesRegistry()) {
            Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY.formatted(registry.host()));
            Path key = Files.write(directory.resolve("release.pub"), SignedImagesRegistry.key(1));
            Path registries = Files.writeString(directory.resolve("registries.yaml"), """
                    apiVersion: imagegate.io/v1alpha1
                    kind: ImageRegistries
                    metadata: {name: registries}
                    spec: {registries: [{host: "%s", plainHttp: true}]}
                    """.formatted(registry.host()));
            RunningTomcat tomcat =
                    start(List.of("-Dimagegate.policy=" + policy, "-Dimagegate.registries=" + registries), Map.of());
            String image = registry.host() + "/acme/%s:1.0.0";
            try (tomcat) {
                assertThat(review(tomcat, image.formatted("key"))).contains("\"allowed\":true");
                assertThat(review(tomcat, image.formatted("none")))
                        .contains("\"allowed\":false", "is not signed by release");

                Files.write(key, SignedImagesRegistry.key(2));
                awaitLoads(tomcat, 2);
                assertThat(review(tomcat, image.formatted("key")))
                        .contains("\"allowed\":false", "not signed by release", "another key");

                Files.delete(key);
                await(tomcat, "; the last valid policies stay active:");
                assertThat(review(tomcat, image.formatted("key"))).contains("\"allowed\":false");

                Files.write(key, SignedImagesRegistry.key(1));
                awaitLoads(tomcat, 3);
                assertThat(review(tomcat, image.formatted("key"))).contains("\"allowed\":true");
            }
            assertThat(tomcat.log())
                    .contains("Destroying ProtocolHandler")
                    .doesNotContain("memory leak", "has failed to stop it");
        }
    }

    private static void awaitLoads(RunningTomcat tomcat, int times) throws Exception {
        String line = "Imagegate loaded policies signed from";
        for (int i = 0; i < 600 && tomcat.log().split(line, -1).length <= times; i++) {
            Thread.sleep(50);
        }
        assertThat(tomcat.log().split(line, -1)).hasSize(times + 1);
    }
}
