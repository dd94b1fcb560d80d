package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.review.ImageReview;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltinTest {

    private static final PolicySet FIXED_TAGS = new PolicyDocuments().load("builtin:fixed-tags");

    static Stream<PolicyTestResult> results() {
        return PolicyDocuments.builtins().stream()
                .flatMap(location -> new PolicyTests(new PolicyDocuments()).run(location).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void passesItsTest(PolicyTestResult result) {
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void eachHasAName() {
        assertThat(PolicyDocuments.builtins())
                .containsExactly(
                        "builtin:fixed-tags", "builtin:no-local-registry", "builtin:baseline", "builtin:restricted")
                .allSatisfy(location -> {
                    assertThat(new PolicyDocuments().load(location).policies())
                            .extracting(p -> "builtin:" + p.name())
                            .containsExactly(location);
                    assertThat(PolicyDocuments.builtin(location)).contains("kind: ImagePolicy");
                });
        assertThatThrownBy(() -> PolicyDocuments.builtin("builtin:other")).isInstanceOf(PolicyDocumentException.class);
    }

    @Test
    void noneHasAProbableMistake() {
        List<DocumentProblem> warnings = new ArrayList<>();
        new PolicyDocuments().withWarnings(warnings::add).load(PolicyDocuments.builtins());
        assertThat(warnings).isEmpty();
    }

    @Test
    void aTemplateIsNotLoadedBeforeItIsFilledIn(@TempDir Path folder) throws IOException {
        assertThat(PolicyDocuments.builtinTemplates()).containsExactly("builtin:signed");
        for (Consumer<String> use : List.<Consumer<String>>of(
                new PolicyDocuments()::load,
                new PolicyTests(new PolicyDocuments())::run,
                location -> LivePolicies.load(new PolicyDocuments(), List.of(location)))) {
            assertThatThrownBy(() -> use.accept("builtin:signed"))
                    .isInstanceOf(PolicyDocumentException.class)
                    .hasMessage("builtin:signed: a template, which names no signer of yours: print it with"
                            + " \"imagegate policy show signed\", fill it in, and load that file");
        }
        Path unchanged = Files.writeString(folder.resolve("signed.yaml"), PolicyDocuments.builtin("builtin:signed"));
        assertThatThrownBy(
                        () -> new PolicyDocuments().withSignatures(root -> {}).load(unchanged))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("CHANGE-ME")
                .hasMessageContaining("cosign.pub");
    }

    @Test
    void aTemplateThatIsFilledInDecides(@TempDir Path folder) throws IOException {
        Files.copy(SampleKeys.path("p256.pub"), folder.resolve("cosign.pub"));
        Files.writeString(folder.resolve("trusted_root.json"), "{}");
        String template = PolicyDocuments.builtin("builtin:signed").replace("CHANGE-ME", "acme");
        String keyless = template.replaceFirst("(?m)^    release: .*$", "")
                .replaceAll("(?m)^( +)# (ci:|  keyless:|    \\w+: |trust:|  public:)", "$1$2")
                .replace("$release", "$ci");
        String cases = PolicySamples.text("builtin/signed-test.yaml");
        Path test = Files.writeString(folder.resolve("signed-test.yaml"), template + "---\n" + cases);
        Path keylessTest = Files.writeString(
                folder.resolve("keyless-test.yaml"), keyless + "---\n" + cases.replace("release", "ci"));
        for (Path each : List.of(test, keylessTest)) {
            List<DocumentProblem> warnings = new ArrayList<>();
            PolicyDocuments documents =
                    new PolicyDocuments().withSignatures(root -> {}).withWarnings(warnings::add);
            assertThat(new PolicyTests(documents).run(each.toString()))
                    .hasSizeGreaterThan(4)
                    .allSatisfy(result -> assertThat(result.failures()).isEmpty());
            documents.load(each);
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void baselineHasTheSameLocalRegistries() {
        assertThat(local("builtin:baseline"))
                .isEqualTo(local("builtin:no-local-registry"))
                .contains("[::1]:*/**");
    }

    private static String local(String location) {
        String text = PolicyDocuments.builtin(location);
        return text.substring(text.indexOf("    local:"), text.indexOf("  rules:"));
    }

    @Property
    void fixedTagsIsWhatHoldsByDefault(@ForAll("images") List<String> images) {
        ImageReview review = ImageReview.of(images.toArray(String[]::new)).inNamespace("default");
        Decision byDefault = Policy.byDefault().decide(review);
        Decision builtin = FIXED_TAGS.decide(review);
        assertThat(builtin.allowed()).isEqualTo(byDefault.allowed());
        assertThat(builtin.reason()).isEqualTo(byDefault.reason());
        assertThat(builtin.violations()).hasSameSizeAs(byDefault.violations());
    }

    @Provide
    Arbitrary<List<String>> images() {
        Arbitrary<String> name =
                Arbitraries.of("nginx", "registry:5000/app", "ghcr.io/a/b", "foo_bar.com/x", "A/b", "");
        Arbitrary<String> tag = Arbitraries.of("", ":1", ":latest", ":latest-alpine", ":LATEST", ":", ":-");
        Arbitrary<String> digest = Arbitraries.of("", "@sha256:" + "a".repeat(64), "@sha256:", "@");
        return Combinators.combine(name, tag, digest)
                .as((n, t, d) -> n + t + d)
                .list()
                .ofMaxSize(3);
    }
}
