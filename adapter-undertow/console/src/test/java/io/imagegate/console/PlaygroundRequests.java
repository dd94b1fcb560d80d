package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.JsonTree;
import io.imagegate.signature.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks a playground, and reads its answers. */
final class PlaygroundRequests {

    static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: fixed-tag
                  tag: {required: true, deny: [latest]}
            """;

    private final Map<String, Object> request = new LinkedHashMap<>();

    private PlaygroundRequests(String policy, String input, String text) {
        request.put("policy", policy);
        request.put("asked", Map.of("input", input, "text", text));
        request.put("namespace", "default");
        request.put("at", "2026-11-25T12:00:00Z");
        request.put("facts", "");
        request.put("language", "en");
    }

    static PlaygroundRequests of(String policy, String input, String text) {
        return new PlaygroundRequests(policy, input, text);
    }

    static Playground playground() {
        return new Playground(root -> Verifier.requireTrustedRoot(root));
    }

    /** {@return the examples that can be picked, each with its cases} */
    static List<Map<?, ?>> examples() throws IOException {
        List<Map<?, ?>> examples = new ArrayList<>();
        for (Object group : list(read(Files.readAllBytes(Path.of("target/web/assets/examples.json"))), "groups")) {
            list((Map<?, ?>) group, "examples").forEach(example -> examples.add((Map<?, ?>) example));
        }
        return examples;
    }

    PlaygroundRequests with(String field, String value) {
        request.put(field, value);
        return this;
    }

    byte[] bytes() {
        return JsonTree.write(request).getBytes(UTF_8);
    }

    /** {@return the answer as it is sent} */
    String text() {
        return new String(playground().judge(bytes()), UTF_8);
    }

    Map<?, ?> answer() {
        return read(text().getBytes(UTF_8));
    }

    static Map<?, ?> read(byte[] answer) {
        return (Map<?, ?>) JsonTree.read(new String(answer, UTF_8));
    }

    static List<?> list(Map<?, ?> answer, String name) {
        return (List<?>) Objects.requireNonNull(answer.get(name), name);
    }

    static Map<?, ?> fields(Object answer, String name) {
        return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) answer).get(name), name);
    }

    static String text(Object answer, String name) {
        return (String) Objects.requireNonNull(((Map<?, ?>) answer).get(name), name);
    }
}
