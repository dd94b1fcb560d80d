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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with rules on the content of images, and on their signatures, in a Tomcat. */
abstract class TomcatRegistries extends TomcatTest {

    private static final int THREADS = 4;
    private static final int REVIEWS = 24;
    private static final int MOST_TRIES = 5;

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

    private static final String SIGNED = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: signed}
            spec:
              signers: {release: {keys: [{file: release.pub}]}}
              rules: [{name: signed, match: {images: ["%s/**"]}, signature: {by: [$release]}}]
            """;

    private HangingRegistry hanging;
    private SignedImagesRegistry signed;
    private Path registries;
    private Path key;
    private Path classes;
    private RunningTomcat tomcat;

    @SuppressWarnings("NullAway.Init")
    TomcatRegistries(String home) {
        super(home);
    }

    /** Starts a Tomcat of few threads with an application that waits for a registry, and one that reads signatures in another. */
    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hanging = new HangingRegistry();
        signed = new SignedImagesRegistry();
        classes = folder.resolve("classes.txt");
        int port = Integer.parseInt(hanging.host().substring("127.0.0.1:".length()));
        Path content = Files.writeString(folder.resolve("content.yaml"), POLICY.formatted(port));
        registries = Files.writeString(folder.resolve("registries.yaml"), REGISTRIES.formatted(hanging.host()));
        Path signatures = Files.writeString(folder.resolve("signed.yaml"), SIGNED.formatted(signed.host()));
        key = Files.write(folder.resolve("release.pub"), SignedImagesRegistry.key(1));
        Path images = Files.writeString(folder.resolve("images.yaml"), REGISTRIES.formatted(signed.host()));
        CatalinaBase applications = CatalinaBase.create(folder.resolve("base"), home, identity)
                .add("content", policies(content) + parameter("imagegate.registries", registries))
                .add("signed", policies(signatures) + parameter("imagegate.registries", images));
        tomcat = new RunningTomcat(
                home,
                applications,
                List.of("-Dtest.threads=" + THREADS, "-Xlog:class+load:file=" + classes),
                Map.of("IMAGEGATE_POLICY", "builtin:restricted"));
    }

    @AfterAll
    void stop() {
        tomcat.close();
        hanging.close();
        signed.close();
    }

    @Test
    void servesABuiltInPolicy() throws Exception {
        assertThat(state(tomcat)).contains("builtin:restricted (set by environment variable IMAGEGATE_POLICY)");
        assertThat(review(tomcat, "nginx")).contains("\"allowed\":false");
    }

    @Test
    void reviewsThatWaitForARegistryHoldNoThread() throws Exception {
        RunningTomcat content = tomcat.at("content");
        assertThat(content.log())
                .contains(
                        "Imagegate loaded 1 registries from " + registries
                                + " (set by context parameter imagegate.registries)",
                        "looks at the content of images that need no digest");
        assertThat(state(content)).contains(registries.toString(), "\"obstacles\":[],\"warnings\":[]");
        int before = content.log().length();
        waitTogether(content, hanging);
        assertThat(content.log().substring(before)).doesNotContain("SEVERE");
        assertThat(Files.readString(classes)).contains("io.imagegate.war.ApplicationGate ", "io.imagegate.registry.");
    }

    @Test
    void signaturesCountAndAKeyIsFollowed() throws Exception {
        RunningTomcat application = tomcat.at("signed");
        String image = signed.host() + "/acme/%s:1.0.0";
        assertThat(decide(application, image.formatted("key"))).contains("\"allowed\":true");
        assertThat(decide(application, image.formatted("none")))
                .contains("\"allowed\":false", "is not signed by release");

        Files.write(key, SignedImagesRegistry.key(2));
        awaitLoads(2);
        assertThat(decide(application, image.formatted("key")))
                .contains("\"allowed\":false", "not signed by release", "another key");

        Files.delete(key);
        await(application, "; the last valid policies stay active:");
        assertThat(decide(application, image.formatted("key"))).contains("\"allowed\":false");

        Files.write(key, SignedImagesRegistry.key(1));
        awaitLoads(3);
        assertThat(decide(application, image.formatted("key"))).contains("\"allowed\":true");
    }

    /** {@return the answer on an image, asked for again while a busy machine had no time to look it up} */
    private String decide(RunningTomcat application, String image) throws Exception {
        String answer = review(application, image);
        for (int tries = 1; tries < MOST_TRIES && answer.contains("did not answer within"); tries++) {
            answer = review(application, image);
        }
        return answer;
    }

    private void awaitLoads(int times) throws Exception {
        String line = "Imagegate loaded policies signed from";
        tomcat.await(() -> tomcat.log().split(line, -1).length > times);
        assertThat(tomcat.log().split(line, -1)).hasSize(times + 1);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatAskedRegistriesLeavesNothingBehind() throws Exception {
        stopWithNothingLeft(tomcat);
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
            assertThat(review.join()).contains("\"allowed\":true");
        }
    }
}
