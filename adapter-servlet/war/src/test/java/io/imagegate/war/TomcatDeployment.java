package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
            assertThat(page.body())
                    .contains("Policy default", "fixed-tag", "the default policy")
                    .doesNotContain("class=\"bad\"");
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
            assertThat(get(tomcat, "/").body()).contains("Everything is denied", "alow");

            Files.writeString(policy, POLICY.formatted("p"));
            await(tomcat, "Imagegate loaded policies p from " + policy);
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
            assertThat(review(tomcat, "quay.io/a/b:1")).contains("\"reason\":\"<b>not</b> quay.io/a/b:1\"");
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(tomcat, "/").body())
                    .contains("&lt;b&gt;not&lt;/b&gt; {image}", sha256(policy))
                    .doesNotContain("<b>");

            Files.writeString(policy, "kind: nothing");
            await(tomcat, "; the last valid policies stay active:");
            assertThat(review(tomcat, "nginx:1")).contains("\"allowed\":true");
            assertThat(get(tomcat, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(tomcat, "/").body()).contains("The last valid policies");
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
            assertThat(get(tomcat, "/").body())
                    .contains(
                            "<td>warns, differs in some namespaces, denies from 2999-01-01 on</td>", "<td>denies</td>");
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
            assertThat(get(tomcat, "/").body())
                    .contains("Policy prod/prod", "The policies below for prod are active", "SHA-256 for prod")
                    .contains("The policy files for dev are invalid. Everything is denied.");

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
            assertThat(get(tomcat, "/").body())
                    .contains("The setting of the policies is invalid", "name of policies &quot;Prod&quot;");
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
            assertThat(get(tomcat, "/").body()).contains("Policy p" + settings);
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
            assertThat(get(tomcat, "/").body()).contains("builtin:restricted", "environment variable IMAGEGATE_POLICY");
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
        tomcat.close();
        assertThat(tomcat.log())
                .contains("Destroying ProtocolHandler")
                .doesNotContain("memory leak", "imagegate-policies");
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
