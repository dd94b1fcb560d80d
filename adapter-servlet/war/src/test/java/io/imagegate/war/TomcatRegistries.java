package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Policies with rules on the content of images in a Tomcat. */
abstract class TomcatRegistries extends TomcatTest {

    private static final int THREADS = 4;
    private static final int REVIEWS = 24;

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: content}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true}}
                - {name: there, match: {images: ["127.0.0.1:%d/**"]}, image: {exists: true}}
            """;

    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec:
              registries: [{host: "%s", plainHttp: true}]
              limits: {flightsPerRegistry: 64}
            """;

    private Path policy;
    private Path registries;
    private Path classes;

    @SuppressWarnings("NullAway.Init")
    TomcatRegistries(String home) {
        super(home);
    }

    @BeforeEach
    void choose() {
        policy = directory.resolve("content.yaml");
        registries = directory.resolve("registries.yaml");
        classes = directory.resolve("classes.txt");
    }

    private List<String> options() {
        return List.of("-Dtest.threads=" + THREADS, "-Dimagegate.policy=" + policy, "-Xlog:class+load:file=" + classes);
    }

    private boolean loadedTheRegistryModule() throws Exception {
        String loaded = Files.readString(classes);
        assertThat(loaded).contains("io.imagegate.war.ApplicationGate ");
        return loaded.contains("io.imagegate.registry.");
    }

    @Test
    void withoutTheSettingRulesOnContentAreRefusedAndNoRegistryCodeIsLoaded() throws Exception {
        Files.writeString(policy, POLICY.formatted(5000));
        try (RunningTomcat tomcat = start(options(), Map.of())) {
            String reason = "looks at the content of images: this needs the setting imagegate.registries, the file of"
                    + " the registries to ask";
            assertThat(tomcat.log()).contains("; everything is denied:", policy + ":7:", reason);
            assertThat(state(tomcat)).contains("everything is denied", reason);
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(503);
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false");

            Files.writeString(policy, POLICY.formatted(5000).lines().limit(6).reduce("", (a, b) -> a + b + "\n"));
            await(tomcat, "Imagegate loaded policies content from");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
            assertThat(loadedTheRegistryModule()).isFalse();
        }
    }

    @Test
    void anInvalidFileRefusesRulesOnContentAndSaysWhere() throws Exception {
        Files.writeString(policy, POLICY.formatted(5000));
        Files.writeString(registries, REGISTRIES.formatted("127.0.0.1:5000").replace("plainHttp", "plainHtp"));
        try (RunningTomcat tomcat = start(options(), Map.of("IMAGEGATE_REGISTRIES", registries.toString()))) {
            assertThat(tomcat.log())
                    .contains(
                            "Imagegate cannot load registries from " + registries
                                    + " (set by environment variable IMAGEGATE_REGISTRIES)",
                            registries + ":5:",
                            "plainHtp",
                            "the file of the setting imagegate.registries could not be loaded");
            assertThat(state(tomcat))
                    .contains("The registries of " + registries + " (set by environment variable IMAGEGATE_REGISTRIES)")
                    .contains("are not in use", registries + ":5:", "plainHtp");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false");
        }
    }

    @Test
    void reviewsThatWaitForARegistryHoldNoThreadAndLeaveNothingBehind() throws Exception {
        try (HangingRegistry registry = new HangingRegistry()) {
            int port = Integer.parseInt(registry.host().substring("127.0.0.1:".length()));
            Files.writeString(policy, POLICY.formatted(port));
            Files.writeString(registries, REGISTRIES.formatted(registry.host()));
            base.context("<Parameter name=\"imagegate.registries\" value=\"" + registries + "\"/>");
            RunningTomcat tomcat = start(options(), Map.of());
            try (tomcat) {
                assertThat(tomcat.log())
                        .contains(
                                "Imagegate loaded 1 registries from " + registries
                                        + " (set by context parameter imagegate.registries)",
                                "looks at the content of images that need no digest");
                assertThat(state(tomcat)).contains(registries.toString(), "\"obstacles\":[],\"warnings\":[]");
                waitTogether(tomcat, registry);
                assertThat(loadedTheRegistryModule()).isTrue();
            }
            assertThat(tomcat.log())
                    .contains("Destroying ProtocolHandler")
                    .doesNotContain("memory leak", "has failed to stop it", "SEVERE");
        }
    }

    private void waitTogether(RunningTomcat tomcat, HangingRegistry registry) throws Exception {
        HttpClient http1 = HttpClient.newBuilder()
                .sslContext(identity.trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        List<CompletableFuture<String>> waiting = IntStream.range(0, REVIEWS)
                .mapToObj(i -> (i % 2 == 0 ? http1 : client)
                        .sendAsync(request(tomcat, registry.host() + "/team/app:" + i), BodyHandlers.ofString())
                        .thenApply(HttpResponse::body))
                .toList();
        // They are all decided on by fewer threads, or some would not ask.
        while (registry.waiting() < REVIEWS) {
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            Thread.sleep(10);
        }
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
        assertThat(review(tomcat, "nginx")).contains("\"allowed\":false", "fixed-tag");
        assertThat(get(tomcat, "/livez").statusCode()).isEqualTo(200);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        registry.release();
        for (CompletableFuture<String> review : waiting) {
            assertThat(review.get(30, TimeUnit.SECONDS)).contains("\"allowed\":true");
        }
    }
}
