package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The playground")
class PlaygroundTest {

    private static final String CANARY = "canary.example/secret:1";

    @TempDir
    private Path folder;

    private static Map<?, ?> decision(Map<?, ?> answer, int object) {
        return PlaygroundRequests.fields(
                PlaygroundRequests.list(answer, "objects").get(object), "decision");
    }

    private static Map<?, ?> problem(Map<?, ?> answer) {
        return (Map<?, ?>) PlaygroundRequests.list(answer, "problems").get(0);
    }

    private static Map<?, ?> list(String policy, String images) {
        return PlaygroundRequests.of(policy, "list", images).answer();
    }

    @Test
    @DisplayName("takes each image apart and says what each rule found")
    void decides() {
        Map<?, ?> answer = list(PlaygroundRequests.POLICY, "nginx\nnginx:1.27\n");
        assertThat(PlaygroundRequests.list(answer, "problems")).isEmpty();
        assertThat(answer.get("at")).isEqualTo("2026-11-25T12:00:00Z");
        assertThat(decision(answer, 0).get("allowed")).isEqualTo(false);
        assertThat(decision(answer, 1).get("allowed")).isEqualTo(true);
        assertThat((String) answer.get("policyTest"))
                .contains("ImagePolicyTest")
                .contains("nginx:1.27");
        assertThat((String) answer.get("policyFile")).isEqualTo(PlaygroundRequests.POLICY);
    }

    @Test
    @DisplayName("says all mistakes at once, where they are, and what was probably meant")
    void mistakes() {
        String text = PlaygroundRequests.of(
                        PlaygroundRequests.POLICY.replace("required", "requird"), "kubernetes", "kind: [")
                .with("at", "yesterday")
                .with("namespace", "No Namespace")
                .text();
        Map<?, ?> answer = PlaygroundRequests.read(text.getBytes(UTF_8));
        List<?> problems = PlaygroundRequests.list(answer, "problems");
        assertThat(problems.stream().map(problem -> (String) ((Map<?, ?>) problem).get("in")))
                .contains("policy", "asked", "at", "namespace");
        assertThat(text)
                .contains("{\"in\":\"policy\",\"line\":7,\"column\":13,\"endColumn\":20,\"severity\":\"error\",")
                .contains("\"suggestion\":\"required\"");
        assertThat(PlaygroundRequests.list(answer, "objects")).isEmpty();
        assertThat(answer.get("policyTest")).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "sets: {s: {file: %s}}\n  rules: [{name: a, allow: [$s]}]",
                "signers: {s: {keys: [{file: %s}]}}\n  rules: [{name: a, signature: {by: [$s]}}]",
                "signers: {s: {certificate: {roots: [{file: %s}], subject: CN=a}}}\n  rules: [{name: a, signature: {by: [$s]}}]",
                "trust: {t: {file: %s}}\n  rules: [{name: a, tag: {required: true}}]",
                "rules: [{name: a, image: {denyDigests: {file: %s}}}]",
                "rules: [{name: a, custom: io.example.Rule, with: {file: %s}}]",
            })
    @DisplayName("refuses policies that name a file or a class")
    void refuses(String spec) throws IOException {
        Path file = Files.writeString(folder.resolve("canary.txt"), CANARY);
        String policy = "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n  ";
        Map<?, ?> answer = list(policy + spec.formatted(file), "nginx");
        assertThat(PlaygroundRequests.list(answer, "objects")).isEmpty();
        assertThat(problem(answer).get("severity")).isEqualTo("error");
        assertThat(answer.toString().replace(file.toString(), "")).doesNotContain("canary");
    }

    @Test
    @DisplayName("names the formats of the library that a text alone can have, each once")
    void inputs() {
        assertThat(new String(Playground.inputs(), UTF_8))
                .contains("\"kubernetes\"", "\"compose\"")
                .doesNotContain("kustomize")
                .containsOnlyOnce("kubernetes");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "compose # services: {a: {extends: {file: '%s', service: b}}}",
                "compose # include: ['%s']\\nservices: {a: {image: nginx}}",
                "compose # services: {a: {image: '${CANARY}', env_file: '%s'}}",
                "compose # services: {a: {build: {context: '%d', dockerfile: '%s'}}}",
                "gitlab # include: [{local: '%s'}]\\nb: {image: nginx}",
                "gitlab # include: '%s'\\nb: {image: nginx}",
                "gitlab # b: {image: nginx, trigger: {include: [{local: '%s'}]}}",
                "kubernetes # apiVersion: kustomize.config.k8s.io/v1beta1\\nkind: Kustomization\\nresources: ['%s']",
                "helm-values # image: {repository: nginx, tag: '1'}\\nvalues: '%s'",
                "github # jobs: {a: {uses: '%s', container: nginx}}",
            })
    @DisplayName("reads nothing beside what is asked")
    void readsNoFile(String input, String text) throws IOException {
        Path file = Files.writeString(
                folder.resolve("canary.yaml"),
                "services: {b: {image: '" + CANARY + "'}}\njob: {image: '" + CANARY + "'}\n");
        Files.writeString(folder.resolve(".env"), "CANARY=" + CANARY + "\n");
        String asked =
                text.strip().replace("\\n", "\n").replace("%s", file.toString()).replace("%d", folder.toString());
        Map<?, ?> answer =
                PlaygroundRequests.of(PlaygroundRequests.POLICY, input, asked).answer();
        assertThat(answer.toString()).doesNotContain("canary.example");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{layout: %s}", "{attestations: [{type: vuln, by: [s], predicate: {file: %s}}]}"})
    @DisplayName("reads no facts of files and layouts")
    void readsNoFacts(String facts) throws IOException {
        Path file = Files.writeString(folder.resolve("canary.json"), "{\"canary\": 1}");
        Map<?, ?> answer = PlaygroundRequests.of(PlaygroundRequests.POLICY, "list", "nginx:1")
                .with("facts", "nginx:1: " + facts.formatted(file))
                .answer();
        assertThat(problem(answer).get("in")).isEqualTo("facts");
        assertThat(problem(answer).get("severity")).isEqualTo("error");
    }

    @Test
    @DisplayName("answers heavy policies within limits")
    void limits() {
        String patterns =
                IntStream.range(0, 10_000).mapToObj(i -> "a" + i + ".example/*").collect(Collectors.joining(", "));
        String head = "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n  ";
        assertThat(decision(list(head + "rules: [{name: a, allow: [" + patterns + "]}]", "nginx"), 0)
                        .get("allowed"))
                .isEqualTo(false);
        assertThat(problem(list(head + "rules: [{name: a, allow: [" + patterns + ", " + patterns + "]}]", "nginx"))
                        .get("text"))
                .asString()
                .contains("20000 values");
        String aliases = "a: &a [" + "x,".repeat(1_000) + "]\nb: [" + "*a,".repeat(1_000_000) + "]";
        assertThat(problem(list(aliases, "nginx")).get("severity")).isEqualTo("error");
        assertThat(problem(list("[".repeat(100_000), "nginx")).get("severity")).isEqualTo("error");
        assertThat(problem(list(" ".repeat((4 << 20) + 1), "nginx")).get("text"))
                .isEqualTo("expected at most 4194304 bytes");
        String expressions = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> "{name: r" + i + ", cel: 'true'}")
                .collect(Collectors.joining(", "));
        assertThat(problem(list(head + "rules: [" + expressions + "]", "nginx")).get("text"))
                .asString()
                .contains("100 CEL expressions");
    }

    @Test
    @DisplayName("ends loading a policy when its time is up, and the next one has its own")
    void loadingIsLimited() {
        String pattern = "h.example/*%s*";
        String included = IntStream.range(0, 9_000)
                .mapToObj(i -> pattern.formatted("a" + i))
                .collect(Collectors.joining("', '"));
        String excluded = IntStream.range(0, 9_000)
                .mapToObj(i -> pattern.formatted("b" + i))
                .collect(Collectors.joining("', '"));
        String policy =
                "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n  rules: [{name: a,"
                        + " deny: ['h.example/**'], match: {images: ['" + included + "'], exceptImages: ['" + excluded
                        + "']}}]";
        Playground hurried = new Playground(root -> {}, TimeSource.system(), Duration.ofMillis(20));
        Map<?, ?> slow = PlaygroundRequests.read(
                hurried.judge(PlaygroundRequests.of(policy, "list", "nginx:1").bytes()));
        assertThat(PlaygroundRequests.list(slow, "problems"))
                .last()
                .satisfies(last -> assertThat(String.valueOf(((Map<?, ?>) last).get("text")))
                        .startsWith("this takes longer than"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        String quick = policy.replaceAll("images: \\[.*", "images: ['h.example/**']}}]");
        assertThat(PlaygroundRequests.list(
                        PlaygroundRequests.read(new Playground(root -> {}, TimeSource.system(), Duration.ofMinutes(1))
                                .judge(PlaygroundRequests.of(quick, "list", "nginx:1")
                                        .bytes())),
                        "objects"))
                .hasSize(1);
    }

    @Test
    @DisplayName("shows no more than 100 objects, and no decision after its time")
    void decisionsAreLimited() {
        String many = PlaygroundRequests.of(PlaygroundRequests.POLICY, "list", "nginx:1\n".repeat(250))
                .text();
        assertThat(PlaygroundRequests.list(PlaygroundRequests.read(many.getBytes(UTF_8)), "objects"))
                .hasSize(100);
        assertThat(many).contains("\"moreObjects\":150,");
        Playground hurried = new Playground(root -> {}, TimeSource.system(), Duration.ofNanos(1));
        byte[] request = PlaygroundRequests.of(PlaygroundRequests.POLICY, "list", "nginx:1\n".repeat(3))
                .bytes();
        assertThat(new String(hurried.judge(request), UTF_8))
                .contains("this takes longer than", "\"objects\":[],\"moreObjects\":3,");
    }

    @ParameterizedTest(name = "request {0}")
    @ValueSource(
            strings = {"", "{}", "[]", "null", "{\"policy\": 1}", "{\"policy\": \"\", \"policy\": \"\"}", "{\"x\": 1}"})
    @DisplayName("refuses what is no request")
    void refusesOthers(String request) {
        assertThatThrownBy(() -> PlaygroundRequests.playground().judge(request.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the request: ");
    }

    @Test
    @DisplayName("answers any bytes with JSON or a sentence")
    void anyBytes() {
        Random random = new Random(36);
        Playground playground = PlaygroundRequests.playground();
        for (int i = 0; i < 300; i++) {
            byte[] request = PlaygroundRequests.of(
                            PlaygroundRequests.POLICY,
                            AskedTexts.INPUTS.get(i % AskedTexts.INPUTS.size()),
                            "image: nginx\n")
                    .with("facts", "nginx: {size: 1}")
                    .bytes();
            for (int change = 0; change < 1 + i % 4; change++) {
                request[random.nextInt(request.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PlaygroundRequests.read(playground.judge(request)).get("problems"))
                        .isNotNull();
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).startsWith("the request: ");
            }
        }
    }
}
