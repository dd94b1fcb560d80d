package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** check, explain, test and policy: what they print and how they exit. */
@Isolated("It sets System.in.")
class CheckingCommandsTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    private int runOn(String standardInput, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void checkTellsWhatIsDeniedInBlocks() {
        assertThat(run("check", "nginx", "nginx:1.17.1", "ghcr.io/acme/a-long-name:latest"))
                .isEqualTo(1);
        assertThat(out.toString()).isEqualTo("""
                        denied: 3 images checked, 2 denied
                          rule fixed-tag: 2 denied

                        denied  nginx
                          fixed-tag: it has no tag, so it means "latest"; write a fixed tag

                        denied  ghcr.io/acme/a-long-name:latest
                          fixed-tag: the tag "latest" is not allowed
                        """);
        assertThat(run("check", "nginx:1.17.1")).isZero();
        assertThat(out.toString()).isEqualTo("allowed: 1 image checked, 0 denied\n");
    }

    @Test
    void checkReadsImagesFromALineEach() {
        assertThat(runOn("# ours\nnginx:1\n\n  redis  \n", "check", "-")).isEqualTo(1);
        assertThat(out.toString())
                .contains("denied  standard input:4:1  redis\n  fixed-tag: ")
                .contains("2 images checked, 1 denied");
    }

    private static final String MANIFESTS = """
            # a shop
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              template:
                spec:
                  initContainers:
                    - name: migrate
                      image: acme/migrate
                  containers:
                    - name: web
                      image: nginx:1.17.1
            """;

    @Test
    void checkReadsManifestsAndTellsTheLine() throws IOException {
        String file = file("web.yaml", MANIFESTS);
        assertThat(run("check", "-f", file)).isEqualTo(1);
        assertThat(out.toString().replace(folder + "/", "")).isEqualTo("""
                        denied: 2 images checked, 1 denied
                          rule fixed-tag: 1 denied

                        denied  web.yaml:14:18  acme/migrate
                          in Deployment shop/web, spec.template.spec.initContainers[0] "migrate"
                          fixed-tag: it has no tag, so it means "latest"; write a fixed tag
                        """);
        assertThat(runOn(MANIFESTS, "check", "-")).isEqualTo(1);
        assertThat(out.toString()).contains("denied  standard input:14:18  acme/migrate");
    }

    @Test
    void checkWritesJson() {
        assertThat(run("check", "-o", "json", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .isEqualTo("{\"findings\":[{\"outcome\":\"denied\",\"policy\":\"default\",\"rule\":\"fixed-tag\","
                        + "\"image\":\"nginx\",\"message\":\"it has no tag, so it means \\\"latest\\\"; write a fixed tag\"}],"
                        + "\"allowed\":false,\"subjects\":1,\"images\":1,\"denied\":1,"
                        + "\"policies\":[{\"name\":\"default\"}]}\n");
    }

    @Test
    void reportsCarryWhatPolicyAndRuleSayOfThemselves() throws IOException {
        String policy = file("policy.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p, labels: {team: a}, annotations: {owner: "B C"}}
                spec:
                  rules:
                    - {name: fixed, tag: {required: true}, description: Tags are fixed., severity: high, link: "https://x.example/a"}
                    - {name: bare, enforce: warn, digest: {required: true}}
                """);
        assertThat(run("check", "-p", policy, "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\n  rule fixed: 1 denied, severity high. Tags are fixed. See https://x.example/a\n")
                .contains("\n  rule bare: 1 warned\n");
        assertThat(run("check", "-p", policy, "-o", "json", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"description\":\"Tags are fixed.\",\"severity\":\"high\",\"link\":\"https://x.example/a\"}")
                .contains(
                        "\"policies\":[{\"name\":\"p\",\"labels\":{\"team\":\"a\"},\"annotations\":{\"owner\":\"B C\"}}]");
        assertThat(run("check", "-p", policy, "-o", "sarif", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\"helpUri\":\"https://x.example/a\"")
                .contains(
                        "\"properties\":{\"precision\":\"very-high\",\"problem.severity\":\"error\",\"policy\":\"p\",\"labels\":{\"team\":\"a\"},\"annotations\":{\"owner\":\"B C\"},"
                                + "\"security-severity\":\"8.0\",\"tags\":[\"security\"]}");
    }

    @Test
    void checkWritesSarifWithTheLine() throws IOException {
        assertThat(run("check", "-o", "sarif", "-f", file("web.yaml", MANIFESTS)))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("\"version\":\"2.1.0\"")
                .contains("\"rules\":[{\"id\":\"default/fixed-tag\",")
                .contains("\"ruleId\":\"default/fixed-tag\",\"level\":\"error\"")
                .contains("\"region\":{\"startLine\":14,\"startColumn\":18,\"endLine\":14}");
    }

    @Test
    void unusableInputIsToldAndExitsWithTwo() throws IOException {
        assertThat(run("check")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate check: expected an image, a file or a folder; - is standard input\n");
        assertThat(run("check", "-f", folder.resolve("none.yaml").toString(), "nginx"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml: no such file or folder");
        assertThat(out.toString()).contains("denied  nginx").contains("unusable input: ");
        assertThat(run("check", "-f", file("bad.yaml", "kind: Pod\nspec: [\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("bad.yaml:").hasLineCount(1);
        String policy =
                file("policy.yaml", "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nspec: {rulez: []}\n");
        assertThat(run("check", "--policy", policy, "nginx")).isEqualTo(2);
        assertThat(err.toString()).contains("policy.yaml:3:").contains("did you mean rules?");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void explainTellsHowTheImageWasReadAndWhatEachRuleSays() {
        assertThat(run("explain", "registry:5000/app")).isEqualTo(1);
        assertThat(out.toString()).isEqualTo("""
                        registry   registry:5000
                        repository app
                        tag        (none, means latest)
                        digest     (none)
                        canonical  registry:5000/app

                        policy default, namespace default
                          fixed-tag  deny   violated: it has no tag, so it means "latest"; write a fixed tag

                        denied: image "registry:5000/app" (containers[0]) violates rule "fixed-tag": \
                        it has no tag, so it means "latest"; write a fixed tag
                        """);
        assertThat(run("explain", "nginx:1.17.1")).isZero();
        assertThat(out.toString()).contains("fixed-tag  deny   satisfied").endsWith("\nallowed\n");
        assertThat(run("explain", "docker/Nginx")).isEqualTo(1);
        assertThat(out.toString()).startsWith("the reference is invalid, so no rule is checked\n");
    }

    @Test
    void enforcementIsThatOfTheNamespaceAndTheDay() throws IOException {
        LocalDate soon = LocalDate.now(ZoneOffset.UTC).plusDays(3);
        String policy = file("dated.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: dated}
                spec:
                  expiryWarning: 14d
                  rules:
                    - {name: pinned, enforce: {audit: [dev]}, denyFrom: 2999-01-01, digest: {required: true}}
                    - {name: fixed-tag, enforce: warn, denyFrom: 2020-01-01, tag: {required: true}}
                  exceptions: [{rules: [fixed-tag], images: [redis], reason: migration, expires: %s}]
                """.formatted(soon));
        assertThat(run("explain", "-p", policy, "-n", "dev", "nginx:1")).isZero();
        assertThat(out.toString())
                .contains("pinned     audit  violated: denied from 2999-01-01 on: it is not pinned by a digest");
        assertThat(run("explain", "-p", policy, "-n", "prod", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "pinned     deny   violated: it is not pinned by a digest",
                        "fixed-tag  deny   violated: it has no tag");
        assertThat(run("check", "-p", policy, "-n", "dev", "redis")).isZero();
        assertThat(out.toString())
                .contains("\naudited  redis\n  pinned: denied from 2999-01-01 on: it is not pinned by a digest")
                .contains("; an exception from rule \"fixed-tag\" expires on " + soon + ": \"migration\"\n");
    }

    @Test
    void explainShowsWhatRulesAndExceptionsCompareOfARequest() throws IOException {
        String policy = file("requests.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: requests}
                spec:
                  rules:
                    - name: fixed-tag
                      match: {namespaces: [prod], kinds: [Pod, "*.apps"], exceptGroups: [sre]}
                      tag: {required: true}
                    - {name: pinned, enforce: audit, digest: {required: true}}
                  exceptions: [{rules: [fixed-tag], images: [nginx], labels: {tier: web}, reason: migration, expires: 2999-01-31}]
                """);
        assertThat(run("explain", "-p", policy, "-n", "prod", "nginx")).isEqualTo(1);
        assertThat(out.toString()).contains("""
                          fixed-tag  deny   violated: it has no tag, so it means "latest"; write a fixed tag
                                     match: namespaces: prod; kinds: Pod, *.apps; exceptGroups: sre; an image alone does not tell all of \
                        this, so the rule applies
                          pinned     audit  violated: it is not pinned by a digest (@sha256:…)
                          exception from fixed-tag until 2999-01-31: applies only to images: nginx; labels.tier: web; an image \
                        alone does not tell all of this
                        """);
        assertThat(err.toString())
                .contains("ImagePolicyWebhook does not tell groups, labels.")
                .hasLineCount(1);
        assertThat(run("explain", "-p", policy, "-n", "dev", "nginx")).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "not applicable: the image is outside the rule's scope\n",
                        "             match: namespaces: prod; kinds: Pod, *.apps; exceptGroups: sre\n");
    }

    @Test
    void expressionsKnowTheInstantAndTheContainer() throws IOException {
        String policy = file("cel.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: cel}
                spec:
                  rules:
                    - {name: late, cel: "now > timestamp('2020-01-01T00:00:00Z')"}
                    - {name: no-init, cel: "image.registry == 'docker.io' || container.type != 'init'"}
                """);
        assertThat(run("explain", "-p", policy, "nginx")).isZero();
        assertThat(out.toString()).contains("late     deny   satisfied\n", "no-init  deny   satisfied\n");
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {%s: [{name: a, image: quay.io/b:1}]}\n";
        assertThat(run("check", "-p", policy, file("container.yaml", pod.formatted("containers"))))
                .isZero();
        assertThat(run("check", "-p", policy, file("init.yaml", pod.formatted("initContainers"))))
                .isEqualTo(1);
        assertThat(out.toString()).contains("no-init: the expression is false: image.registry == 'docker.io' ||");
    }

    @Test
    void whereABreakGlassAnnotationIsMissingIsTold() throws IOException {
        String policy = file("glass.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: glass}
                spec:
                  rules: [{name: fixed-tag, tag: {deny: [latest]}}]
                  breakGlass: {annotation: break, value: "INC-*", namespaces: ["prod-*"]}
                """);
        String job = """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: a, annotations: {break: INC-1}}
                spec:
                  jobTemplate:
                    metadata: {annotations: {break: 7}}
                    spec:
                      template:
                        metadata: {annotations: {break: INC-1}}
                        spec: {containers: [{name: a, image: nginx}]}
                """;
        String cronJob = file("job.yaml", job);
        assertThat(run("check", "-p", policy, "-n", "prod-eu", cronJob)).isZero();
        assertThat(out.toString())
                .contains(
                        "\n  the break-glass annotation is missing in spec.jobTemplate.metadata.annotations but set in"
                                + " metadata.annotations, spec.jobTemplate.spec.template.metadata.annotations: add \"break\" with"
                                + " a value that matches \"INC-*\"");
        assertThat(run("check", "-p", policy, "-n", "prod-eu", file("all.yaml", job.replace("7", "INC-1"))))
                .isZero();
        assertThat(out.toString()).contains("broke-glass").doesNotContain("missing");
        assertThat(run("check", "-p", policy, "-n", "dev", cronJob)).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("missing");

        assertThat(run("explain", "-p", policy, "-n", "prod-eu", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("\n  break-glass: annotation break is missing: set it to a value that matches INC-*");
        assertThat(run("explain", "-p", policy, "-n", "prod-eu", "nginx:1")).isZero();
        assertThat(out.toString()).doesNotContain("break-glass");
        assertThat(run("explain", "-p", policy, "-n", "dev", "nginx")).isEqualTo(1);
        assertThat(out.toString()).doesNotContain("break-glass");
    }

    @Test
    void whoMayBreakTheGlassIsTold() throws IOException {
        String policy = file("users.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: glass}
                spec:
                  rules: [{name: fixed-tag, tag: {deny: [latest]}}]
                  breakGlass: {annotation: break, value: "INC-*", namespaces: ["prod-*"], users: [alice, bob], groups: [sre]}
                """);
        String pod = """
                apiVersion: v1
                kind: Pod
                metadata: {name: a, annotations: {break: INC-1}}
                spec: {containers: [{name: a, image: "nginx:1"}]}
                """;
        // Who will send the object is not known.
        assertThat(run("check", "-p", policy, "-n", "prod-eu", file("armed.yaml", pod)))
                .isEqualTo(1);
        assertThat(out.toString())
                .containsPattern(
                        "denied +[^ ]+armed.yaml:1 +-\n  in Pod a\n  break-glass: the request adds or changes the break-glass"
                                + " annotation \"break\" in metadata.annotations, but the user is not known");
        assertThat(run("check", "-p", policy, "-n", "prod-eu", "-o", "sarif", file("armed.yaml", pod)))
                .isEqualTo(1);
        assertThat(out.toString()).contains("\"ruleId\":\"imagegate/break-glass\"");
        assertThat(run("check", "-p", policy, "-n", "prod-eu", file("not.yaml", pod.replace("INC", "TODO"))))
                .isZero();
        assertThat(run("check", "-p", policy, "-n", "dev", file("armed.yaml", pod)))
                .isZero();
        assertThat(run("explain", "-p", policy, "-n", "prod-eu", "nginx")).isEqualTo(1);
        assertThat(out.toString())
                .contains("pod template; it counts for users alice, bob and groups sre only, and never behind");
    }

    @Test
    void anExpiredExceptionIsTold() throws IOException {
        String policy = file("expired.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: expired}
                spec:
                  rules: [{name: fixed-tag, tag: {deny: [latest]}}]
                  exceptions: [{rules: [fixed-tag], images: [nginx], reason: migration, expires: 2020-01-31}]
                """);
        assertThat(run("check", "-p", policy, "nginx", "redis")).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern(
                        "denied  nginx\n.*; an exception from rule \"fixed-tag\" expired on 2020-01-31: \"migration\"\n")
                .containsPattern("denied  redis\n.*fixed tag\n|denied  redis\n.*not allowed\n");
    }

    @Test
    void builtinPoliciesAreListedShownAndUsable() {
        assertThat(run("policy", "list")).isZero();
        assertThat(out.toString().lines())
                .allMatch(line -> line.matches("builtin:[a-z-]+ +[A-Z].+"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .contains("builtin:fixed-tags", "builtin:baseline", "builtin:restricted", "builtin:signed")
                .allSatisfy(name -> {
                    assertThat(run("policy", "show", name)).isZero();
                    String shown = out.toString();
                    assertThat(shown).contains("kind: ImagePolicy");
                    assertThat(run("policy", "show", name.substring("builtin:".length())))
                            .isZero();
                    assertThat(out.toString()).isEqualTo(shown);
                    boolean template = name.equals("builtin:signed");
                    assertThat(run("check", "--policy", name, "localhost:5000/nginx"))
                            .isEqualTo(template ? 2 : 1);
                });
        assertThat(run("policy", "show", "builtin:none")).isEqualTo(2);
    }

    @Test
    void aTemplateIsPrintedAndFilledIn() throws IOException {
        assertThat(run("check", "--policy", "builtin:signed", "nginx:1")).isEqualTo(2);
        assertThat(err.toString())
                .contains("builtin:signed: a template, which names no signer of yours: print it with"
                        + " \"imagegate policy show signed\", fill it in, and load that file");
        assertThat(run("policy", "show", "signed")).isZero();
        String template = file("signed.yaml", out.toString());
        assertThat(run("check", "--policy", template, "nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("CHANGE-ME").contains("cosign.pub");
    }

    @Test
    void policyTestsPassFailAndSayWhy() throws IOException {
        file("policy.yaml", run("policy", "show", "builtin:fixed-tags") == 0 ? out.toString() : "");
        String test = file("policy-test.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: tags}
                spec:
                  policy: policy.yaml
                  cases:
                    - name: a fixed tag passes
                      image: nginx:1.17.1
                      expect: {decision: allowed}
                    - name: a planted mistake
                      image: nginx
                      expect: {decision: allowed}
                """);
        assertThat(run("test", test)).as(err.toString()).isEqualTo(1);
        assertThat(out.toString())
                .contains("passed  tags: a fixed tag passes")
                .contains("FAILED  tags: a planted mistake")
                .contains("        expected allowed, got denied: image \"nginx\"")
                .endsWith("1 passed, 1 failed\n");
        assertThat(run("test", "-o", "junit", test)).isEqualTo(1);
        assertThat(out.toString())
                .contains("<testsuite name=\"tags\" tests=\"2\" failures=\"1\">")
                .contains("<failure message=\"expected allowed, got denied: image &quot;nginx&quot;");
    }

    @Test
    void thereIsShellCompletion() {
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F").contains("explain").contains("no-local-registry");
    }
}
