package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator meets who drops the WAR into a Tomcat. */
abstract class TomcatDeployment extends TomcatTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: %s}
            spec:
              rules:
                - {name: hub-only, allow: ["docker.io/library/*"], message: "<b>not</b> {image}"}
            """;

    TomcatDeployment(String home) {
        super(home);
    }

    @Test
    void decidesByTheDefaultPolicyWhenNothingIsSet() throws Exception {
        try (RunningTomcat tomcat = start(List.of(), Map.of())) {
            assertThat(review(tomcat, "nginx")).contains("\"allowed\":false", "fixed-tag");
            assertThat(review(tomcat, "nginx:1.17.1")).contains("\"allowed\":true");
            assertThat(get(tomcat, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
            HttpResponse<String> page = get(tomcat, "/");
            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(state(tomcat))
                    .contains("\"name\":\"default\"", "fixed-tag", "the default policy (set by default)")
                    .contains("\"ready\":true,\"obstacles\":[],\"warnings\":[]");
            assertThat(tomcat.log()).contains("Imagegate loaded policies default from the default policy");
        }
    }

    @Test
    void deniesEverythingUntilABadPolicyIsMended() throws Exception {
        Path policy = Files.writeString(
                directory.resolve("p.yaml"), POLICY.formatted("p").replace("allow:", "alow:"));
        try (RunningTomcat tomcat = start(List.of("-Dimagegate.policy=" + policy), Map.of())) {
            assertThat(tomcat.log()).contains("; everything is denied:", policy + ":6:", "alow");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false", "no policy could be loaded");
            assertThat(get(tomcat, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(503);
            assertThat(state(tomcat)).contains("no policy is loaded; everything is denied", "alow");

            Files.writeString(policy, POLICY.formatted("p"));
            await(tomcat, "Imagegate loaded policies p from " + policy);
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
            assertThat(review(tomcat, "quay.io/a/b:1")).contains("\"reason\":\"<b>not</b> quay.io/a/b:1\"");
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
            String sha256 = sha256(policy);
            assertThat(state(tomcat)).contains("<b>not</b> {image}", sha256);

            Files.writeString(policy, "kind: nothing");
            await(tomcat, "; the last valid policies stay active:");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
            assertThat(state(tomcat)).contains("\"problem\":\"" + policy, "\"ready\":true", sha256);
        }
    }

    @Test
    void showsWhatRulesDoToday() throws Exception {
        Path policy = Files.writeString(
                directory.resolve("p.yaml"),
                POLICY.formatted("p")
                                .replace(
                                        ", allow",
                                        ", enforce: {default: warn, audit: [dev]}, denyFrom: 2999-01-01, allow")
                        + "    - {name: late, enforce: {warn: [dev]}, denyFrom: 2020-01-01, tag: {required: true}}\n");
        try (RunningTomcat tomcat = start(List.of("-Dimagegate.policy=" + policy), Map.of())) {
            assertThat(state(tomcat))
                    .contains("\"enforcement\":\"warn\"", "{\"audit\":[\"dev\"]}", "\"denyFrom\":\"2999-01-01\"")
                    .contains("\"enforcement\":\"deny\"");
            assertThat(review(tomcat, "quay.io/a/b:1")).contains("\"allowed\":true");
            assertThat(review(tomcat, "nginx")).contains("\"allowed\":false");
        }
    }

    @Test
    void policiesOfSeveralNamesAnswerAtTheirPaths() throws Exception {
        Path prod = Files.writeString(directory.resolve("prod.yaml"), POLICY.formatted("prod"));
        Path dev = Files.writeString(directory.resolve("dev.yaml"), "kind: nothing");
        try (RunningTomcat tomcat = start(List.of("-Dimagegate.policy=prod=" + prod + ",dev=" + dev), Map.of())) {
            assertThat(review(tomcat, "/image_policy/prod", "nginx:1")).contains("\"allowed\":true");
            assertThat(review(tomcat, "/validate/prod", "quay.io/a/b:1"))
                    .contains("\"allowed\":false", "quay.io/a/b:1");
            for (String path : List.of("/image_policy", "/validate/dev", "/validate/pord")) {
                assertThat(review(tomcat, path, "nginx:1")).contains("\"allowed\":false");
            }
            HttpResponse<String> ready = get(tomcat, "/readyz");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("no policy is loaded for dev; everything is denied\n");
            assertThat(state(tomcat))
                    .contains(
                            "\"name\":\"prod\"", prod.toString(), "no policy is loaded for dev; everything is denied");

            Files.writeString(dev, POLICY.formatted("p"));
            await(tomcat, "Imagegate loaded policies p for dev from ");
            assertThat(review(tomcat, "/validate/dev", "nginx:1")).contains("\"allowed\":true");
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void namesDenyWhereTheSettingIsInvalid() throws Exception {
        try (RunningTomcat tomcat = start(List.of("-Dimagegate.policy=Prod=builtin:baseline"), Map.of())) {
            for (String path : List.of("/image_policy", "/validate/prod", "/mutate/Prod")) {
                assertThat(review(tomcat, path, "nginx:1")).contains("\"allowed\":false");
            }
            assertThat(state(tomcat))
                    .contains("The setting of the policies is invalid", "name of policies \\\"Prod\\\"");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 3, 2, 1})
    void theSettingNearestToTheApplicationIsUsed(int settings) throws Exception {
        for (int i = 1; i <= 4; i++) {
            Files.writeString(directory.resolve("p" + i + ".yaml"), POLICY.formatted("p" + i));
        }
        String names = "name=\"imagegate.policy\" value=\"" + directory + "/p%d.yaml\" override=\"false\"/>";
        String naming = "<Environment type=\"java.lang.String\" " + names.formatted(4);
        String parameter = "<Parameter " + names.formatted(3);
        base.context((settings >= 4 ? naming : "") + (settings >= 3 ? parameter : ""));
        List<String> options = new ArrayList<>();
        if (settings >= 2) {
            options.add("-Dimagegate.policy=" + directory + "/p2.yaml");
        }
        try (RunningTomcat tomcat = start(options, Map.of("IMAGEGATE_POLICY", directory + "/p1.yaml"))) {
            assertThat(tomcat.log()).contains("Imagegate loaded policies p" + settings + " from ");
            assertThat(state(tomcat)).contains("\"name\":\"p" + settings + "\"");
        }
    }

    @Test
    void whatIsNoPlaceForPoliciesIsRefusedByName() throws Exception {
        try (RunningTomcat tomcat = start(List.of("-Dimagegate.policy="), Map.of())) {
            assertThat(tomcat.log())
                    .contains("set by system property imagegate.policy", "expected a file, a folder or");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false");
        }
    }

    @Test
    void servesABuiltInPolicy() throws Exception {
        try (RunningTomcat tomcat = start(List.of(), Map.of("IMAGEGATE_POLICY", "builtin:restricted"))) {
            assertThat(state(tomcat)).contains("builtin:restricted (set by environment variable IMAGEGATE_POLICY)");
            assertThat(review(tomcat, "nginx")).contains("\"allowed\":false");
        }
    }

    @Test
    @Tag("full")
    void answersTheClientOfTheApiServer() throws Exception {
        KubeClient kube = KubeClient.build(directory, identity);
        try (RunningTomcat tomcat = start(List.of(), Map.of())) {
            URI review = URI.create(tomcat.base() + "/image_policy");
            assertThat(kube.ask(review, "nginx:1.17.1")).isEqualTo("allowed\n");
            assertThat(kube.ask(review, "nginx")).startsWith("denied: ").contains("\"nginx\"", "fixed-tag");
            assertThat(kube.ask(review, "-repeat", "500", "-concurrency", "8", "nginx", "redis:7"))
                    .startsWith("0 allowed, 500 denied, 0 failed");
        }
    }

    @Test
    void leavesNothingBehindWhenItIsStopped() throws Exception {
        Path policy = Files.writeString(directory.resolve("p.yaml"), POLICY.formatted("p"));
        RunningTomcat tomcat = start(List.of("-Dimagegate.policy=" + policy), Map.of());
        try (tomcat;
                Stream<String> events = events(tomcat)) {
            Iterator<String> lines = events.iterator();
            assertThat(lines.next()).startsWith(":");
            assertThat(review(tomcat, "nginx:9")).contains("\"allowed\":true");
            while (!lines.next().contains("nginx:9")) {
                assertThat(tomcat.log()).doesNotContain("SEVERE");
            }
            tomcat.close();
        }
        assertThat(tomcat.log())
                .contains("Destroying ProtocolHandler")
                .doesNotContain("memory leak", "imagegate-policies", "imagegate-console", "SEVERE");
    }

    @Test
    @Tag("full")
    void decisionsAreShownOverBothVersionsOfHttp() throws Exception {
        try (RunningTomcat tomcat = start(List.of(), Map.of())) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                client = HttpClient.newBuilder()
                        .sslContext(identity.trusting())
                        .version(version)
                        .build();
                String image = "nginx:" + version.name().toLowerCase(Locale.ROOT);
                try (Stream<String> events = events(tomcat)) {
                    review(tomcat, image);
                    assertThat(events.filter(line -> line.contains(image)).findFirst())
                            .isPresent();
                }
            }
        }
    }

    private Stream<String> events(RunningTomcat tomcat) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(tomcat.base() + "/api/decisions"))
                .build();
        HttpResponse<Stream<String>> answer = client.send(request, BodyHandlers.ofLines());
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
        return answer.body();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
