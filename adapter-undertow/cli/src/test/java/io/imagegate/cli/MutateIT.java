package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mutating webhook of the packed server. */
class MutateIT {

    private static final Pattern PATCH = Pattern.compile("\"patch\":\"([^\"]+)\"");

    @TempDir
    static Path folder = Path.of("");

    private static String review(String uid, String image) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s","operation":"CREATE",
                "kind":{"group":"","version":"v1","kind":"Pod"},"namespace":"shop",
                "object":{"spec":{"containers":[{"name":"web","image":"%s"}]}}}}""".formatted(uid, image);
    }

    @Test
    @DisplayName("/mutate patches what /validate then allows, and the images are counted")
    void patches() throws Exception {
        Program.makeCertificates(folder);
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules: [{name: mirror, allow: ["mirror.internal/hub/library/*"]}]
                  mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}]}
                """);
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_2);
        try (RunningServer server = ServerHere.serve(folder, "--policy", policy.toString(), "--log-decisions", "all")) {
            Matcher patch = PATCH.matcher(
                    tester.post(server, "/mutate", review("u-1", "nginx:1")).body());
            assertThat(patch.find()).isTrue();
            assertThat(new String(Base64.getDecoder().decode(patch.group(1)), StandardCharsets.UTF_8))
                    .contains("\"value\":\"mirror.internal/hub/library/nginx:1\"");
            assertThat(tester.post(server, "/mutate", review("u-2", "acme/app:1"))
                            .body())
                    .contains("\"allowed\":false", "mirror.internal/hub/acme/app:1")
                    .doesNotContain("patch");
            assertThat(tester.post(server, "/validate", review("u-3", "mirror.internal/hub/library/nginx:1"))
                            .body())
                    .contains("\"allowed\":true")
                    .doesNotContain("patch");
            assertThat(tester.post(server, "/validate", review("u-4", "nginx:1"))
                            .body())
                    .contains("\"allowed\":false");
            assertThat(server.metric("imagegate_images_patched_total{kind=\"rewrite\",policy_set=\"default\"}"))
                    .isEqualTo(1);
            assertThat(server.metric("imagegate_images_patched_total{kind=\"pin\",policy_set=\"default\"}"))
                    .isZero();
        }
    }
}
