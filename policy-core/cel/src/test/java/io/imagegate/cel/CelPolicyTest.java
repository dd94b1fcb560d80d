package io.imagegate.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.SameFact;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions in policy files: what is refused and where, and decisions over both protocols. */
class CelPolicyTest {

    private static final String HEAD = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              rules:
                - name: r
            """;

    private static PolicyDocuments documents() {
        return new PolicyDocuments().withClock(InstantSource.fixed(Checks.NOW));
    }

    private static String policy(String body) {
        return HEAD + body.indent(6);
    }

    private static PolicySet load(String body) {
        return documents().read("p.yaml", policy(body));
    }

    private static String problems(String body) {
        try {
            load(body);
            return "";
        } catch (PolicyDocumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            cel: image.tags == 'x'                          # 7:18: spec.rules[0].cel: unknown property "tags", expected one of
            cel: "image.tags == 'x'"                        # 7:19: spec.rules[0].cel: unknown property "tags", expected one of
            cel: {expression: image.tags == 'x'}            # 7:31: spec.rules[0].cel.expression: unknown property "tags", expected one of
            cel: {expression: 'true', messageExpression: image.size} # 7:52: spec.rules[0].cel.messageExpression: the value is int, expected string
            cel: {messageExpression: image.x}               # 7:12: spec.rules[0].cel: missing key "expression"
            cel: {messageExpression: image.x}               # 7:38: spec.rules[0].cel.messageExpression: unknown property "x", expected one of
            cel: {expression: image.y, messageExpression: image.x} # 7:59: spec.rules[0].cel.messageExpression: unknown property "x", expected one of
            cel: {expression: image.y, messageExpression: image.x} # 7:31: spec.rules[0].cel.expression: unknown property "y", expected one of
            any: [{cel: image.tag}]                         # 7:19: spec.rules[0].any[0].cel: the value is string, expected bool
            not: {cel: "image.tag =! 'x'"}                  # 7:29: spec.rules[0].not.cel: unexpected
            cel: ""                                         # 7:13: spec.rules[0].cel: an empty expression, expected one such as
            """)
    @DisplayName("faults have the line and column of the character")
    void places(String body, String problem) {
        assertThat(problems(body).lines()).anyMatch(line -> line.startsWith("p.yaml:" + problem));
    }

    @Test
    @DisplayName("in a block, the place in the expression is said")
    void blocks() {
        assertThat(problems("cel: |\n  image.tag == 'x' &&\n  image.tags == 'y'"))
                .startsWith(
                        "p.yaml:7:12: spec.rules[0].cel: line 2 column 7 of the expression: unknown property \"tags\"");
        assertThat(problems("cel: >-\n  image.tag == 'x' &&\n  image.tags == 'y'"))
                .startsWith(
                        "p.yaml:7:12: spec.rules[0].cel: line 1 column 27 of the expression: unknown property \"tags\"");
    }

    private static final String CONTAINER = """
            {"image":"%s"}""";

    /** A review of ImagePolicyWebhook. */
    private static String imageReview(String image) {
        return """
                {"apiVersion":"imagepolicy.k8s.io/v1alpha1","kind":"ImageReview","spec":{"containers":[%s],"namespace":"team-a",
                "annotations":{"x.image-policy.k8s.io/ticket":"INC-7"}}}""".formatted(CONTAINER.formatted(image));
    }

    /** A review of a validating webhook. */
    private static String admissionReview(String image) {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE",
                "namespace":"team-a","name":"web","kind":{"group":"","version":"v1","kind":"Pod"},
                "resource":{"group":"","version":"v1","resource":"pods"},
                "userInfo":{"username":"jane","groups":["sre"]},
                "object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","labels":{"team":"pay"},
                "annotations":{"x.image-policy.k8s.io/ticket":"INC-7","owner":"jane"}},
                "spec":{"containers":[{"name":"app","image":"%s"}]}}}}""".formatted(image);
    }

    private static String answer(PolicyWebhook webhook, String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return new String(webhook.review(path, bytes, bytes.length).body(), UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            image.tag == '1'                                        # ghcr.io/a/b:1 # true  # true
            image.tag == '1'                                        # ghcr.io/a/b:2 # false # false
            request.namespace == 'team-a'                           # a # true  # true
            request.namespace == 'team-b'                           # a # false # false
            request.kind == 'Pod'                                   # a # true  # true
            request.user == 'jane'                                  # a # false # true
            request.user != 'jane'                                  # a # false # false
            request.user == 'jane' || image.registry == 'docker.io' # a # true  # true
            request.groups.exists(g, g == 'sre')                    # a # false # true
            request.labels.team == 'pay'                            # a # false # true
            request.labels.team == 'shop'                           # a # false # false
            request.annotations['x.image-policy.k8s.io/ticket'].startsWith('INC-') # a # true # true
            request.annotations.owner == 'jane'                     # a # false # true
            container.type == 'container'                           # a # false # true
            container.name == 'app'                                 # a # false # true
            request.operation == 'CREATE'                           # a # false # true
            now < timestamp('2026-11-28T12:00:01Z')                 # a # true # true
            now < timestamp('2026-11-28T12:00:00Z')                 # a # false # false
            """)
    @DisplayName("of a Pod with one container, as ImagePolicyWebhook and as a validating webhook tell it")
    void protocols(String expression, String image, boolean imageReview, boolean admissionReview) {
        PolicySet policies = load("cel: \"" + expression + "\"");
        PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
        assertThat(answer(webhook, "/image_policy", imageReview(image))).contains("\"allowed\":" + imageReview);
        assertThat(answer(webhook, "/validate", admissionReview(image))).contains("\"allowed\":" + admissionReview);
    }

    @Test
    void messagesReachUsers() {
        PolicySet policies = load("""
                cel:
                  expression: image.tag.startsWith(request.namespace + '-')
                  messageExpression: "'write a tag that begins with ' + request.namespace + '-'"
                """);
        assertThat(policies.decide(io.imagegate.review.ImageReview.of("a:1").inNamespace("shop"))
                        .toString())
                .contains("write a tag that begins with shop-");
        assertThat(policies.decide(
                                io.imagegate.review.ImageReview.of("a:shop-1").inNamespace("shop"))
                        .allowed())
                .isTrue();
    }

    private static SameFact<ImageMetadata> source(Fact<ImageMetadata> metadata) {
        return new SameFact<>(Checks.NOW, Need.METADATA, metadata);
    }

    private static final ImageMetadata SMALL = ImageMetadata.of(
            Checks.DIGEST, List.of(Checks.platform("linux/amd64").withSize(10).withLabels(Map.of("team", "pay"))));

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            image.size < 20                               # a:1 # true  # 1
            image.size < 10                               # a:1 # false # 1
            image.labels.team == 'pay' && image.size > 5  # a:1 # true  # 1
            image.labels.tier == 'pay'                    # a:1 # false # 1
            image.tag == '2' && image.size < 20           # a:1 # false # 0
            image.size < 20 && image.tag == '2'           # a:1 # false # 0
            image.tag == '1' || image.size < 10           # a:1 # true  # 0
            image.tag == '1'                              # a:1 # true  # 0
            """)
    @DisplayName("facts are looked up once, and only if the value depends on them")
    void lookUps(String expression, String image, boolean allowed, int asked) {
        PolicySet policies = load("cel: " + expression);
        SameFact<ImageMetadata> source = source(Fact.known(SMALL));
        assertThat(ImageGate.of(() -> policies, source)
                        .decide(io.imagegate.review.ImageReview.of(image))
                        .allowed())
                .isEqualTo(allowed);
        assertThat(source.asked()).hasSize(asked);
        source.asked().forEach(needs -> assertThat(needs.values()).containsExactly(Set.of(Need.METADATA)));
    }

    @Test
    @DisplayName("onUnavailable holds while a registry is down, and for nothing else")
    void outages() {
        PolicySet policies = load("cel: image.size < 20\nonUnavailable: warn");
        assertThat(ImageGate.of(() -> policies, source(Fact.unavailable("down")))
                        .decide(io.imagegate.review.ImageReview.of("a:1"))
                        .allowed())
                .isTrue();
        assertThat(ImageGate.of(() -> policies, source(Fact.undecidable("large")))
                        .decide(io.imagegate.review.ImageReview.of("a:1"))
                        .allowed())
                .isFalse();
        assertThat(ImageGate.of(
                                () -> policies,
                                source(Fact.known(
                                        ImageMetadata.of(Checks.DIGEST, List.of(Checks.platform("linux/amd64"))))))
                        .decide(io.imagegate.review.ImageReview.of("a:1"))
                        .allowed())
                .isFalse();
    }

    @Test
    @DisplayName("a program without facts refuses expressions that name some, at any depth, and no others")
    void withoutContent() {
        PolicyDocuments documents = documents().withoutContent("no registries");
        documents.read("p.yaml", policy("cel: image.tag == 'x'"));
        for (String body :
                List.of("cel: image.size < 5", "not: {any: [{cel: has(image.created)}]}", "cel: image == image")) {
            assertThatThrownBy(() -> documents.read("p.yaml", policy(body)))
                    .hasMessageContaining("rule \"r\" looks at the content of images: no registries");
        }
        List<DocumentProblem> warnings = new ArrayList<>();
        documents().withWarnings(warnings::add).read("p.yaml", policy("cel: image.size < 5"));
        assertThat(warnings).singleElement().asString().contains("a tag can move between the check and the pull");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            request.user == 'x' || container.type == 'init'                 # containers.types, users
            image.tag == 'x' || request.groups.size() == 0                   # groups
            request.annotations['a.image-policy.k8s.io/b'] == 'x'           #
            request.annotations['a'] == 'x'                                 # annotations without
            request.annotations.size() == 0                                 # annotations without
            request.namespace == 'x' && request.kind == 'Pod' && now != now #
            """)
    @DisplayName("loading says what ImagePolicyWebhook does not tell")
    void untold(String expression, @Nullable String names) {
        List<String> warnings = new ArrayList<>();
        documents()
                .withWarnings(warning -> warnings.add(warning.toString()))
                .read("p.yaml", policy("cel: " + expression));
        if (names == null) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).hasSize(1);
            for (String name : names.split(", ", -1)) {
                assertThat(warnings.get(0)).contains("ImagePolicyWebhook does not tell ", name);
            }
        }
    }

    @Test
    @DisplayName("policy tests give facts and the instant")
    void policyTests(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("p.yaml"), policy("cel: image.created > now - duration('720h')") + """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: p-test}
                spec:
                  cases:
                    - name: young
                      image: a:1
                      at: 2026-11-25T12:00:00Z
                      facts: {"a:1": {created: 2026-11-01T00:00:00Z}}
                      expect: {decision: allowed}
                    - name: old
                      image: a:1
                      at: 2026-12-25T12:00:00Z
                      facts: {"a:1": {created: 2026-11-01T00:00:00Z}}
                      expect: {decision: denied}
                    - name: without a date
                      image: a:1
                      at: 2026-11-25T12:00:00Z
                      facts: {"a:1": {platforms: [linux/amd64]}}
                      expect: {decision: denied}
                    - name: down
                      image: a:1
                      facts: {"a:1": {unavailable: true}}
                      expect: {decision: denied}
                """);
        assertThat(new PolicyTests(documents()).run(folder.resolve("p.yaml").toString()))
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.failures()).isEmpty())
                .allMatch(PolicyTestResult::passed);
    }

    @Test
    @DisplayName("expressions mean what they meant in 0.1")
    void corpus() throws Exception {
        URL corpus = Objects.requireNonNull(CelPolicyTest.class.getResource("corpus/expressions.yaml"));
        assertThat(new PolicyTests(documents()).run(Path.of(corpus.toURI()).toString()))
                .hasSize(11)
                .allSatisfy(result ->
                        assertThat(result.failures()).as(result.testCase()).isEmpty());
    }

    @Test
    @DisplayName("without the artifact, a policy with an expression is refused, and no other")
    void withoutTheArtifact() throws Exception {
        List<URL> others = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            if (!entry.contains("policy-core" + java.io.File.separator + "cel")) {
                others.add(Path.of(entry).toUri().toURL());
            }
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(others.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(loader);
            Class<?> type = loader.loadClass("io.imagegate.document.PolicyDocuments");
            Object documents = type.getConstructor().newInstance();
            var read = type.getMethod("read", String.class, String.class);
            assertThat(read.invoke(documents, "p.yaml", policy("tag: {required: true}")))
                    .isNotNull();
            assertThatThrownBy(() -> read.invoke(documents, "p.yaml", policy("cel: image.tag == 'x'")))
                    .rootCause()
                    .hasMessage(
                            "p.yaml:7:12: spec.rules[0].cel: CEL needs the artifact io.imagegate:policy-cel, which is not on the class path of this program");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Matcher snippets(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\\n(.*?)```").matcher(Files.readString(Path.of("README.md")));
    }

    @Test
    @DisplayName("the policy of README.md loads, and its mistakes are said as there")
    void page() throws IOException {
        Matcher policy = snippets("yaml");
        assertThat(policy.find()).isTrue();
        PolicySet policies = documents().read("README.md", policy.group(1));
        assertThat(policies.policies().get(0).rules()).hasSize(3);
        Matcher mistakes = snippets("text");
        assertThat(mistakes.find()).isTrue();
        assertThatThrownBy(() -> documents().read("p.yaml", """
                        apiVersion: imagegate.io/v1alpha1
                        kind: ImagePolicy
                        metadata: {name: p}
                        spec:
                          rules:
                            - name: registry
                              cel: "image.registri == 'ghcr.io'"
                            - name: tag
                              cel: "image.tag == 5"
                            - name: block
                              cel: |
                                image.registry == 'ghcr.io' &&
                                image.tags == 'x'
                        """))
                .hasMessage(mistakes.group(1).strip());
    }
}
