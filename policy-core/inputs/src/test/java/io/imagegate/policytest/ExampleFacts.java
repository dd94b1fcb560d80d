package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.document.policy.LanguageExtensions;
import io.imagegate.document.rule.CelExpressions;
import io.imagegate.document.rule.CustomRules;
import io.imagegate.fact.FactSource;
import io.imagegate.policy.PolicySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts in the words of policy tests, for tests that decide in another way than those. */
public final class ExampleFacts {

    private ExampleFacts() {}

    /**
     * {@return the facts as a source}
     *
     * @param folder where files are that the facts name
     * @param policies the policies with the signers that the facts name
     * @param facts the facts, by names of images
     */
    public static FactSource read(Path folder, PolicySet policies, Map<?, ?> facts) throws IOException {
        if (facts.isEmpty()) {
            return RenamedFacts.of(CaseFacts.NONE, policies.mutation());
        }
        Map<String, @Nullable Object> test = Map.of(
                "apiVersion",
                "imagegate.io/v1alpha1",
                "kind",
                "ImagePolicyTest",
                "metadata",
                Map.of("name", "facts"),
                "spec",
                Map.of(
                        "cases",
                        List.of(Map.of(
                                "name",
                                "facts",
                                "review",
                                Map.of("images", List.copyOf(facts.keySet())),
                                "facts",
                                facts,
                                "expect",
                                Map.of("decision", "allowed")))));
        Path file = Files.writeString(folder.resolve("facts.json"), JsonTree.write(test));
        PolicyTestLoading loading = new PolicyTestLoading(
                new LanguageExtensions(new CelExpressions(), CustomRules.of(List.of()), root -> {}),
                InstantSource.system(),
                policies,
                null);
        List<PolicyTest> tests = loading.location(file.toString());
        Files.delete(file);
        assertThat(loading.problems().all()).isEmpty();
        return RenamedFacts.of(tests.get(0).cases().get(0).facts(), policies.mutation());
    }
}
