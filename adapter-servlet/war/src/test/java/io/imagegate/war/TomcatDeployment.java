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
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an administrator meets who drops the WAR into a Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TomcatDeployment extends TomcatTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: %s}
            spec:
              rules:
                - {name: hub-only, allow: ["docker.io/library/*"], message: "<b>not</b> {image}"}
            """;

    private RunningTomcat shared;
    private Path mended;
    private Path prod;
    private Path dev;

    @SuppressWarnings("NullAway.Init")
    TomcatDeployment(String home) {
        super(home);
    }

    /** Starts a Tomcat with six applications, each with a setting of its own. */
    @BeforeAll
    void startShared(@TempDir Path folder) throws Exception {
        mended = Files.writeString(
                folder.resolve("mended.yaml"), POLICY.formatted("p").replace("allow:", "alow:"));
        Path today = Files.writeString(
                folder.resolve("today.yaml"),
                POLICY.formatted("p")
                                .replace(
                                        ", allow",
                                        ", enforce: {default: warn, audit: [dev]}, denyFrom: 2999-01-01, allow")
                        + "    - {name: late, enforce: {warn: [dev]}, denyFrom: 2020-01-01, tag: {required: true}}\n");
        prod = Files.writeString(folder.resolve("prod.yaml"), POLICY.formatted("prod"));
        dev = Files.writeString(folder.resolve("dev.yaml"), "kind: nothing");
        CatalinaBase applications = CatalinaBase.create(folder.resolve("base"), home, TestIdentity.get())
                .add("mended", policies(mended.toString()))
                .add("today", policies(today.toString()))
                .add("several", policies("prod=" + prod + ",dev=" + dev))
                .add("invalid", policies("Prod=builtin:baseline"))
                .add("nowhere", policies(""));
        shared = new RunningTomcat(home, applications, List.of(), Map.of());
    }

    @AfterAll
    void stopShared() {
        shared.close();
    }

    private static String policies(String setting) {
        return "<Parameter name=\"imagegate.policy\" value=\"" + setting + "\"/>";
    }

    @Test
    void deniesEverythingUntilABadPolicyIsMended() throws Exception {
        RunningTomcat tomcat = shared.at("mended");
        assertThat(tomcat.log()).contains("; everything is denied:", mended + ":6:", "alow");
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false", "no policy could be loaded");
        assertThat(get(tomcat, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(503);
        assertThat(state(tomcat)).contains("no policy is loaded; everything is denied", "alow");

        Files.writeString(mended, POLICY.formatted("p"));
        await(tomcat, "Imagegate loaded policies p from " + mended);
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
        assertThat(review(tomcat, "quay.io/a/b:1")).contains("\"reason\":\"<b>not</b> quay.io/a/b:1\"");
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
        String sha256 = sha256(mended);
        assertThat(state(tomcat)).contains("<b>not</b> {image}", sha256);

        Files.writeString(mended, "kind: nothing");
        await(tomcat, "; the last valid policies stay active:");
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
        assertThat(state(tomcat)).contains("\"problem\":\"" + mended, "\"ready\":true", sha256);
    }

    @Test
    void showsWhatRulesDoToday() throws Exception {
        RunningTomcat tomcat = shared.at("today");
        assertThat(state(tomcat))
                .contains("\"enforcement\":\"warn\"", "{\"audit\":[\"dev\"]}", "\"denyFrom\":\"2999-01-01\"")
                .contains("\"enforcement\":\"deny\"");
        assertThat(review(tomcat, "quay.io/a/b:1")).contains("\"allowed\":true");
        assertThat(review(tomcat, "nginx")).contains("\"allowed\":false");
    }

    @Test
    void policiesOfSeveralNamesAnswerAtTheirPaths() throws Exception {
        RunningTomcat tomcat = shared.at("several");
        assertThat(review(tomcat, "/image_policy/prod", "nginx:1")).contains("\"allowed\":true");
        assertThat(review(tomcat, "/validate/prod", "quay.io/a/b:1")).contains("\"allowed\":false", "quay.io/a/b:1");
        for (String path : List.of("/image_policy", "/validate/dev", "/validate/pord")) {
            assertThat(review(tomcat, path, "nginx:1")).contains("\"allowed\":false");
        }
        HttpResponse<String> ready = get(tomcat, "/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("no policy is loaded for dev; everything is denied\n");
        assertThat(state(tomcat))
                .contains("\"name\":\"prod\"", prod.toString(), "no policy is loaded for dev; everything is denied");

        Files.writeString(dev, POLICY.formatted("p"));
        await(tomcat, "Imagegate loaded policies p for dev from ");
        assertThat(review(tomcat, "/validate/dev", "nginx:1")).contains("\"allowed\":true");
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void namesDenyWhereTheSettingIsInvalid() throws Exception {
        RunningTomcat tomcat = shared.at("invalid");
        for (String path : List.of("/image_policy", "/validate/prod", "/mutate/Prod")) {
            assertThat(review(tomcat, path, "nginx:1")).contains("\"allowed\":false");
        }
        assertThat(state(tomcat)).contains("The setting of the policies is invalid", "name of policies \\\"Prod\\\"");
    }

    @Test
    void whatIsNoPlaceForPoliciesIsRefusedByName() throws Exception {
        RunningTomcat tomcat = shared.at("nowhere");
        assertThat(tomcat.log()).contains("set by context parameter imagegate.policy", "expected a file, a folder or");
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false");
    }

    @Test
    void decidesByTheDefaultPolicyWhenNothingIsSet() throws Exception {
        RunningTomcat tomcat = shared;
        assertThat(review(tomcat, "nginx")).contains("\"allowed\":false", "fixed-tag");
        assertThat(review(tomcat, "nginx:1.17.1")).contains("\"allowed\":true");
        assertThat(get(tomcat, "/livez").statusCode()).isEqualTo(200);
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
        HttpResponse<String> root = get(tomcat, "");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location").orElse("")).isEqualTo("/imagegate/");
        HttpResponse<String> page = get(tomcat, "/");
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(state(tomcat))
                .contains("\"name\":\"default\"", "fixed-tag", "the default policy (set by default)")
                .contains("\"ready\":true,\"obstacles\":[],\"warnings\":[]");
        assertThat(tomcat.log()).contains("Imagegate loaded policies default from the default policy");
    }

    @Test
    void theSettingNearestToTheApplicationIsUsed() throws Exception {
        for (int i = 1; i <= 4; i++) {
            Files.writeString(directory.resolve("p" + i + ".yaml"), POLICY.formatted("p" + i));
        }
        String names = "name=\"imagegate.policy\" value=\"" + directory + "/p%d.yaml\" override=\"false\"/>";
        String naming = "<Environment type=\"java.lang.String\" " + names.formatted(4);
        String parameter = "<Parameter " + names.formatted(3);
        base.add("naming", naming + parameter).add("parameter", parameter);
        List<String> property = List.of("-Dimagegate.policy=" + directory + "/p2.yaml");
        try (RunningTomcat tomcat = start(property, Map.of("IMAGEGATE_POLICY", directory + "/p1.yaml"))) {
            for (int i = 2; i <= 4; i++) {
                assertThat(tomcat.log()).contains("Imagegate loaded policies p" + i + " from ");
            }
            assertThat(state(tomcat.at("naming"))).contains("\"name\":\"p4\"");
            assertThat(state(tomcat.at("parameter"))).contains("\"name\":\"p3\"");
            assertThat(state(tomcat)).contains("\"name\":\"p2\"", "set by system property imagegate.policy");
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
