package io.imagegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.examples.PolicyExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The examples of the playground")
class PlaygroundExamplesTest {

    private static final List<String> OUTCOMES = List.of("warned", "broke-glass", "exempted", "audited");

    @Test
    @DisplayName(
            "are all built-in policies and all of examples/policies, each with cases and a title in both languages")
    void areAllThere() throws IOException {
        List<String> expected = new ArrayList<>(PolicyDocuments.builtins());
        PolicyExample.in(Path.of("../../examples/policies")).forEach(example -> expected.add(example.name()));
        assertThat(expected.remove("revoked"))
                .as("whose digests have to be in a file")
                .isTrue();
        assertThat(PlaygroundRequests.examples())
                .extracting(example -> (String) example.get("name"))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(PlaygroundRequests.examples()).allSatisfy(example -> {
            assertThat(PlaygroundRequests.list(example, "cases")).isNotEmpty();
            assertThat((String) example.get("title")).isNotBlank();
            assertThat((String) example.get("titleZh")).isNotBlank().isNotEqualTo(example.get("title"));
        });
    }

    @Test
    @DisplayName("give the decisions that they show, and can be copied as policy tests")
    void decide() throws IOException {
        Playground playground = PlaygroundRequests.playground();
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        for (Map<?, ?> example : PlaygroundRequests.examples()) {
            for (Object each : PlaygroundRequests.list(example, "cases")) {
                cases++;
                String found = judge(playground, example, (Map<?, ?>) each);
                String expected = PlaygroundRequests.text(each, "expected");
                // Policy tests of built-in policies say what is decided, not what is audited.
                boolean isBuiltin = PlaygroundRequests.text(example, "name").startsWith("builtin:");
                if (!found.equals(isBuiltin && found.equals("audited") ? "audited" : expected)) {
                    wrong.add(example.get("name") + ": " + ((Map<?, ?>) each).get("title") + ": " + found
                            + ", expected " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThan(300);
    }

    private static String judge(Playground playground, Map<?, ?> example, Map<?, ?> asked) {
        Map<?, ?> text = PlaygroundRequests.fields(asked, "asked");
        PlaygroundRequests request = PlaygroundRequests.of(
                        PlaygroundRequests.text(example, "policy"),
                        PlaygroundRequests.text(text, "input"),
                        PlaygroundRequests.text(text, "text"))
                .with("namespace", PlaygroundRequests.text(asked, "namespace"))
                .with("at", PlaygroundRequests.text(asked, "at"))
                .with("facts", PlaygroundRequests.text(asked, "facts"));
        Map<?, ?> answer = PlaygroundRequests.read(playground.judge(request.bytes()));
        List<?> errors = PlaygroundRequests.list(answer, "problems").stream()
                .filter(problem -> PlaygroundRequests.text(problem, "severity").equals("error"))
                .toList();
        return errors.isEmpty() ? outcome(PlaygroundRequests.list(answer, "objects")) : errors.toString();
    }

    /** {@return the outcome that counts most, in the one decision} */
    private static String outcome(List<?> objects) {
        if (objects.size() != 1) {
            return objects.size() + " objects";
        }
        Map<?, ?> decision = PlaygroundRequests.fields(objects.get(0), "decision");
        if (Boolean.FALSE.equals(decision.get("allowed"))) {
            return "denied";
        }
        List<Object> effects = new ArrayList<>();
        for (Object image : PlaygroundRequests.list(decision, "images")) {
            PlaygroundRequests.list((Map<?, ?>) image, "rules")
                    .forEach(rule -> effects.add(((Map<?, ?>) rule).get("effect")));
        }
        return OUTCOMES.stream().filter(effects::contains).findFirst().orElse("allowed");
    }
}
