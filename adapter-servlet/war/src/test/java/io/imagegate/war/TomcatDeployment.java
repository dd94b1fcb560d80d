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
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static final String CONTENT = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: content}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true}}
                - {name: there, image: {exists: true}}
            """;

    /** Has applications with a setting of its own each. */
    private RunningTomcat shared;

    /** Has settings in its environment and in system properties. */
    private RunningTomcat configured;

    private Path classes;
    private Path content;
    private Path registries;
    private Path mended;
    private Path prod;
    private Path dev;

    @SuppressWarnings("NullAway.Init")
    TomcatDeployment(String home) {
        super(home);
    }

    @BeforeAll
    void startShared(@TempDir Path folder) throws Exception {
        classes = folder.resolve("classes.txt");
        content = Files.writeString(folder.resolve("content.yaml"), CONTENT);
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
        CatalinaBase applications = CatalinaBase.create(folder.resolve("base"), home, identity)
                .add("content", policies(content))
                .add("mended", policies(mended))
                .add("today", policies(today))
                .add("several", policies("prod=" + prod + ",dev=" + dev))
                .add(
                        "clients",
                        policies("prod=" + prod + ",dev=" + prod)
                                + parameter("imagegate.client-names", "prod=cn:localhost,dev=kube-apiserver"))
                .add("nobody", policies(prod) + parameter("imagegate.client-names", "pord=kube-apiserver"))
                .add("invalid", policies("Prod=builtin:baseline"))
                .add("nowhere", policies(""));
        shared = new RunningTomcat(home, applications, List.of("-Xlog:class+load:file=" + classes), Map.of());
    }

    @BeforeAll
    void startConfigured(@TempDir Path folder) throws Exception {
        for (int i = 1; i <= 4; i++) {
            Files.writeString(folder.resolve("p" + i + ".yaml"), POLICY.formatted("p" + i));
        }
        registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec:
                  registries: [{host: "127.0.0.1:5000", plainHtp: true}]
                """);
        String names = "name=\"imagegate.policy\" value=\"" + folder + "/p%d.yaml\" override=\"false\"/>";
        String naming = "<Environment type=\"java.lang.String\" " + names.formatted(4);
        String parameter = "<Parameter " + names.formatted(3);
        CatalinaBase applications = CatalinaBase.create(folder.resolve("base"), home, identity)
                .add("naming", naming + parameter)
                .add("parameter", parameter)
                .add("content", policies(Files.writeString(folder.resolve("content.yaml"), CONTENT)));
        configured = new RunningTomcat(
                home,
                applications,
                List.of("-Dimagegate.policy=" + folder + "/p2.yaml"),
                Map.of("IMAGEGATE_POLICY", folder + "/p1.yaml", "IMAGEGATE_REGISTRIES", registries.toString()));
    }

    @AfterAll
    void stop() {
        shared.close();
        configured.close();
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
    void onlyClientsWithTheNamesOfPoliciesMayAskThem() throws Exception {
        RunningTomcat tomcat = shared.at("clients");
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
        for (String path : List.of("/validate/prod", "/validate/dev", "/validate/pord", "/nowhere")) {
            HttpResponse<String> refused = client.send(request(tomcat, path, "nginx:1"), BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(refused.body()).contains("\"kind\":\"Status\"", "the client has no certificate");
        }
        client = HttpClient.newBuilder().sslContext(identity.showing()).build();
        assertThat(review(tomcat, "/validate/prod", "nginx:1")).contains("\"allowed\":true");
        assertThat(review(tomcat, "/validate/dev", "nginx:1"))
                .contains("\"code\":403", "the client's certificate has none of the accepted names");
        assertThat(review(tomcat, "/validate/pord", "nginx:1")).contains("\"allowed\":false");
        assertThat(review(tomcat, "/nowhere", "nginx:1")).contains("\"code\":404");
    }

    @Test
    void everythingIsDeniedWhereTheNamesOfClientsAreInvalid() throws Exception {
        RunningTomcat tomcat = shared.at("nobody");
        String problem =
                "imagegate.client-names (set by context parameter imagegate.client-names): pord=...: expected a"
                        + " name of policies: default; everything is denied";
        assertThat(tomcat.log()).contains(problem);
        assertThat(review(tomcat, "nginx:1"))
                .contains("\"allowed\":false", "the setting imagegate.client-names is invalid");
        HttpResponse<String> ready = get(tomcat, "/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo(problem + "\n");
        assertThat(state(tomcat)).contains(problem);
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
        for (int i = 2; i <= 4; i++) {
            assertThat(configured.log()).contains("Imagegate loaded policies p" + i + " from ");
        }
        assertThat(configured.log()).doesNotContain("Imagegate loaded policies p1 from ");
        assertThat(state(configured.at("naming"))).contains("\"name\":\"p4\"");
        assertThat(state(configured.at("parameter"))).contains("\"name\":\"p3\"");
        assertThat(state(configured)).contains("\"name\":\"p2\"", "set by system property imagegate.policy");
    }

    @Test
    void withoutTheSettingRulesOnContentAreRefusedAndNoRegistryCodeIsLoaded() throws Exception {
        RunningTomcat tomcat = shared.at("content");
        String reason = "looks at the content of images: this needs the setting imagegate.registries, the file of"
                + " the registries to ask";
        assertThat(tomcat.log()).contains("; everything is denied:", content + ":7:", reason);
        assertThat(state(tomcat)).contains("everything is denied", reason);
        assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(503);
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":false");

        Files.writeString(content, CONTENT.lines().limit(6).reduce("", (a, b) -> a + b + "\n"));
        await(tomcat, "Imagegate loaded policies content from");
        assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
        assertThat(Files.readString(classes))
                .contains("io.imagegate.war.ApplicationGate ")
                .doesNotContain("io.imagegate.registry.");
    }

    @Test
    void anInvalidFileOfRegistriesRefusesRulesOnContentAndSaysWhere() throws Exception {
        RunningTomcat tomcat = configured.at("content");
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

    @Test
    @Tag("full")
    void answersTheClientOfTheApiServer() throws Exception {
        KubeClient kube = KubeClient.build(directory, identity);
        URI review = URI.create(shared.base() + "/image_policy");
        assertThat(kube.ask(review, "nginx:1.17.1")).isEqualTo("allowed\n");
        assertThat(kube.ask(review, "nginx")).startsWith("denied: ").contains("\"nginx\"", "fixed-tag");
        assertThat(kube.ask(review, "-repeat", "500", "-concurrency", "8", "nginx", "redis:7"))
                .startsWith("0 allowed, 500 denied, 0 failed");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void leavesNothingBehindWhenItIsStopped() throws Exception {
        RunningTomcat tomcat = configured.at("parameter");
        int before = tomcat.log().length();
        try (Stream<String> events = events(tomcat)) {
            Iterator<String> lines = events.iterator();
            assertThat(lines.next()).startsWith(":");
            assertThat(review(tomcat, "nginx:9")).contains("\"allowed\":true");
            while (!lines.next().contains("nginx:9")) {
                assertThat(tomcat.log().substring(before)).doesNotContain("SEVERE");
            }
            stopWithNothingLeft(tomcat);
        }
        stopWithNothingLeft(shared);
    }

    @Test
    @Tag("full")
    void decisionsAreShownOverBothVersionsOfHttp() throws Exception {
        for (HttpClient.Version version : HttpClient.Version.values()) {
            client = HttpClient.newBuilder()
                    .sslContext(identity.trusting())
                    .version(version)
                    .build();
            String image = "nginx:" + version.name().toLowerCase(Locale.ROOT);
            try (Stream<String> events = events(shared)) {
                review(shared, image);
                assertThat(events.filter(line -> line.contains(image)).findFirst())
                        .isPresent();
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
