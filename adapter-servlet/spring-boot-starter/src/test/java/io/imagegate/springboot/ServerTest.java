package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with nothing but the starter, a web server and the actuator, over HTTP. */
@Isolated("it reads what is printed")
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private final HttpClient client = HttpClient.newHttpClient();

    private ConfigurableApplicationContext service;
    private String base;

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always",
                "--management.endpoint.health.probes.enabled=true",
                "--management.endpoint.health.group.readiness.include=readinessState,imagegate"));
        arguments.addAll(List.of(settings));
        return SpringApplication.run(Application.class, arguments.toArray(String[]::new));
    }

    @BeforeAll
    void start() throws IOException {
        service = start(
                "--imagegate.policy=" + PolicyFiles.policy(folder, "p", "{name: fixed, tag: {required: true}}"),
                "--imagegate.registries=" + PolicyFiles.registries(folder));
        base = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> review(String path, String image) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}"))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    @DisplayName("runs with the version of Spring Boot that is meant")
    void version() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("imagegate.spring-boot"));
    }

    @Test
    @DisplayName("answers reviews beside its own endpoints")
    void reviews() throws Exception {
        assertThat(review("/image_policy", "nginx").body()).contains("\"allowed\":false", "fixed");
        assertThat(review("/validate", "nginx:1").body()).contains("\"allowed\":true");
        assertThat(get("/validate").statusCode()).isEqualTo(405);
        assertThat(review("/validate/", "nginx:1").statusCode()).isEqualTo(404);
        assertThat(review("/other", "nginx:1").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("shows policies and registries as health, in the readiness group and not in that of liveness")
    void health() throws Exception {
        assertThat(get("/actuator/health").body()).contains("\"imagegate\":{");
        assertThat(get("/actuator/health/imagegate").body())
                .contains(
                        "\"status\":\"UP\"",
                        "\"policies\":{\"default\":{\"location\":\"" + folder.resolve("p.yaml") + "\",\"digest\":\"",
                        "\"registries\":{\"file\":\"" + folder.resolve("registries.yaml"),
                        "\"entries\":1");
        assertThat(get("/actuator/health/readiness").body()).contains("imagegate");
        assertThat(get("/actuator/health/liveness").body()).doesNotContain("imagegate");
    }

    @Test
    @DisplayName("is not ready, but alive, while everything is denied; an invalid file on reload changes no status")
    void notReady() throws Exception {
        Path policy = Files.writeString(folder.resolve("late.yaml"), "kind: [");
        try (ConfigurableApplicationContext late =
                start("--imagegate.policy=" + policy, "--imagegate.fail-fast=false", "--logging.level.root=off")) {
            String before = base;
            base = "http://127.0.0.1:" + late.getEnvironment().getProperty("local.server.port");
            try {
                HttpResponse<String> readiness = get("/actuator/health/readiness");
                assertThat(readiness.statusCode()).isEqualTo(503);
                assertThat(readiness.body()).contains("OUT_OF_SERVICE", "late.yaml:1:");
                assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
                assertThat(review("/validate", "nginx:1").body()).contains("\"allowed\":false");
                PolicyFiles.policy(folder, "late", "{name: any, allow: [\"**\"]}");
                await("/actuator/health/imagegate", "\"status\":\"UP\"");
                assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
                Files.writeString(policy, "kind: [");
                await("/actuator/health/imagegate", "\"problem\":\"");
                assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
                assertThat(review("/validate", "nginx:1").body()).contains("\"allowed\":true");
            } finally {
                base = before;
            }
        }
    }

    private void await(String path, String expected) throws Exception {
        for (int i = 0; i < 300; i++) {
            if (get(path).body().contains(expected)) {
                return;
            }
            Thread.sleep(100);
        }
        Assertions.fail(path + ": expected " + expected + ", got " + get(path).body());
    }

    @Test
    @DisplayName("shows the active policies at its endpoint")
    void endpoint() throws Exception {
        assertThat(get("/actuator/imagegate").body())
                .contains(
                        "\"ready\":true",
                        "\"policySets\":[{\"name\":\"default\",\"location\":\"" + folder.resolve("p.yaml"),
                        "\"policies\":[{\"name\":\"p\",\"rules\":[{\"name\":\"fixed\",\"enforcement\":\"deny\",\"differsByNamespace\":false",
                        "\"exceptions\":0,\"breakGlass\":false",
                        "\"registries\":{\"file\":");
    }

    @Test
    @DisplayName("shows metrics by Micrometer")
    void metrics() throws Exception {
        review("/validate", "nginx");
        assertThat(get("/actuator/metrics/imagegate.reviews?tag=outcome:denied").body())
                .contains("\"policy.set\"", "\"default\"")
                .doesNotContain("\"value\":0.0");
        assertThat(get("/actuator/metrics/imagegate.policies.info").body()).contains("\"digest\"");
        assertThat(get("/actuator/metrics/imagegate.fact.flights").statusCode()).isEqualTo(200);
    }

    /** {@return what an application prints that does not start} */
    private static String failure(String... settings) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            start(settings).close();
        } catch (RuntimeException failed) {
            return printed.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
        return "it started";
    }

    @Test
    @DisplayName("that cannot start prints why and what to do, without a stack trace")
    void failures() throws Exception {
        assertThat(failure())
                .contains(
                        "APPLICATION FAILED TO START",
                        "the property imagegate.policy is not set",
                        "Set imagegate.policy to ")
                .doesNotContain("\tat ");
        String policy = PolicyFiles.policy(folder, "wrong", "{name: fixed, tags: {required: true}}");
        assertThat(failure("--imagegate.policy=" + policy))
                .contains("APPLICATION FAILED TO START", policy + ":6:", "did you mean")
                .doesNotContain("\tat ");
    }
}
