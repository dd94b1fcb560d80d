package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.fuzz.WhereJazzerRuns;
import io.imagegate.signature.Verifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is typed in the playground gets an answer in JSON, within its limit, or a sentence that says what is wrong. */
@WhereJazzerRuns
class PlaygroundFuzzTest {

    private static final Playground PLAYGROUND = new Playground(Verifier::requireTrustedRoot);
    private static final int LONGEST = 6 << 20;

    static Stream<byte[]> seeds() {
        String policy = """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  rules:
                    - name: fixed
                      tag: {required: true, deny: [latest]}
                      image: {maxAge: 30d}
                """;
        return Stream.of(
                        request(
                                policy,
                                "kubernetes",
                                "kind: Pod\napiVersion: v1\nspec: {containers: [{image: nginx}]}\n",
                                "nginx: {created: 2026-11-01T00:00:00Z}"),
                        request(policy, "dockerfile", "FROM nginx:1\n", ""),
                        request("spec: [", "compose", "services: {a: {image: x}}", "x"))
                .map(text -> text.getBytes(UTF_8));
    }

    private static String request(String policy, String input, String text, String facts) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("policy", policy);
        request.put("asked", Map.of("input", input, "text", text));
        request.put("namespace", "default");
        request.put("at", "2026-11-25T12:00:00Z");
        request.put("facts", facts);
        request.put("language", "en");
        return JsonTree.write(request);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aRequestGetsAnAnswer(byte[] data) {
        try {
            byte[] answer = PLAYGROUND.judge(data);
            assertThat(answer).hasSizeLessThan(LONGEST);
            assertThat(JsonTree.read(new String(answer, UTF_8))).isInstanceOf(Map.class);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage())
                    .startsWith("the request: ")
                    .matches("[ -~]+")
                    .hasSizeLessThan(2000);
        }
    }
}
