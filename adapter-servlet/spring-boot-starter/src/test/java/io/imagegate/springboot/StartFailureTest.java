package io.imagegate.springboot;

import static io.imagegate.springboot.PolicyFiles.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What an application prints that cannot start. */
class StartFailureTest {

    private WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(ImagegateAutoConfiguration.class, ImagegateWebhookAutoConfiguration.class));

    @TempDir
    private Path folder;

    /** {@return what the analyzers that spring.factories names make of the failure} */
    private FailureAnalysis analysis(String... properties) {
        AtomicReference<FailureAnalysis> found = new AtomicReference<>();
        application.withPropertyValues(properties).run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure(), "it started");
            List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation(
                            StartFailureTest.class.getClassLoader())
                    .load(
                            FailureAnalyzer.class,
                            SpringFactoriesLoader.FailureHandler.handleMessage((message, unusable) -> {}));
            analyzers.stream()
                    .filter(analyzer -> analyzer instanceof StartFailureAnalyzer)
                    .map(analyzer -> analyzer.analyze(failure))
                    .forEach(found::set);
        });
        return Objects.requireNonNull(found.get(), "no analyzer knows the failure");
    }

    @Test
    @DisplayName("a missing policy is refused with the name of the property")
    void missingPolicy() {
        FailureAnalysis analysis = analysis();
        assertThat(analysis.getDescription())
                .isEqualTo("Imagegate has no policy: the property imagegate.policy is not set.");
        assertThat(analysis.getAction())
                .isEqualTo("Set imagegate.policy to a file, a folder or a built-in policy such as builtin:baseline."
                        + " For several clusters set imagegate.policies.NAME instead.");
        assertThat(analysis("imagegate.policy=").getDescription()).contains("imagegate.policy is not set");
    }

    @Test
    @DisplayName("mistakes in policies have file, line and column")
    void invalidPolicy() throws Exception {
        String one = policy(folder, "one", "{name: fixed, tags: {required: true}}");
        String other = policy(folder, "other", "{name: fixed, tag: {require: true}}");
        FailureAnalysis analysis = analysis("imagegate.policy=" + one, "imagegate.policies.dev=" + other);
        assertThat(analysis.getDescription())
                .startsWith("The policies of imagegate.policy, imagegate.policies.dev are invalid:\n\n" + one + ":6:")
                .contains("\n" + other + ":6:")
                .contains("did you mean tag?", "did you mean required?");
        assertThat(analysis.getAction()).contains("imagegate.fail-fast=false");
    }

    /** Fails to make its rule. */
    public static final class BrokenFactory implements RuleFactory {

        private RuntimeException thrown = new IllegalStateException("no connection");

        @Override
        public String name() {
            return "acme.Broken";
        }

        @Override
        public Rule create(Map<String, Object> parameters) {
            throw thrown;
        }
    }

    @Test
    @DisplayName("what the factory of a rule throws is the cause, and its place is shown")
    void brokenFactory() throws Exception {
        BrokenFactory factory = new BrokenFactory();
        application = application.withBean(RuleFactory.class, () -> factory);
        String policy = "imagegate.policy=" + policy(folder, "p", "{name: broken, custom: acme.Broken}");
        FailureAnalysis analysis = analysis(policy);
        assertThat(analysis.getDescription())
                .contains("rule acme.Broken cannot be made: java.lang.IllegalStateException: no connection")
                .contains("\n\njava.lang.IllegalStateException\n    at "
                        + getClass().getName());
        assertThat(analysis.getDescription().lines().filter(line -> line.startsWith("    at ")))
                .hasSize(5);
        assertThat(analysis.getCause()).hasRootCause(factory.thrown);
        factory.thrown = new IllegalArgumentException("parts: expected a number");
        assertThat(analysis(policy).getDescription())
                .endsWith("rule acme.Broken rejects its parameters: parts: expected a number");
    }

    @Test
    @DisplayName("what is no policy is refused with what is")
    void noPolicy() {
        assertThat(analysis("imagegate.policy=" + folder.resolve("none")).getDescription())
                .contains("imagegate.policy", folder.resolve("none").toString());
        assertThat(analysis("imagegate.policy=builtin:basline").getDescription())
                .contains("builtin:baseline");
        assertThat(analysis("imagegate.policy=classpath:policy.yaml").getDescription())
                .isEqualTo(
                        "imagegate.policy: \"classpath:policy.yaml\": expected a file, a folder or a built-in policy such as"
                                + " builtin:baseline; files are followed, so resources of the class path cannot be used");
        assertThat(analysis("imagegate.policies.Prod=builtin:baseline").getDescription())
                .startsWith("imagegate.policies.Prod: name of policies \"Prod\": expected at most 63 of a-z");
    }

    @Test
    @DisplayName("registries that are needed, missing or invalid are refused with the name of the property")
    void registries() throws Exception {
        String policy = policy(folder, "p", "{name: there, image: {exists: true}}");
        assertThat(analysis("imagegate.policy=" + policy).getDescription())
                .contains(policy + ":6:", "this needs the property imagegate.registries");
        assertThat(analysis("imagegate.policy=" + policy, "imagegate.registries=" + folder.resolve("none"))
                        .getDescription())
                .isEqualTo("imagegate.registries: " + folder.resolve("none") + ": no such file");
        Path wrong = Files.writeString(folder.resolve("r.yaml"), "kind: ImageRegistries\nspec: {registry: []}\n");
        assertThat(analysis("imagegate.policy=" + policy, "imagegate.registries=" + wrong)
                        .getDescription())
                .startsWith("imagegate.registries: " + wrong + ":1:1: ");
        assertThat(analysis("imagegate.policy=" + policy, "imagegate.registries=")
                        .getDescription())
                .startsWith("imagegate.registries: \"\": expected a file of kind ImageRegistries");
    }

    @Test
    @DisplayName("paths that nobody can ask for, and limits that allow nothing, are refused")
    void webhook() {
        String policy = "imagegate.policy=builtin:baseline";
        assertThat(analysis(policy, "imagegate.webhook.paths.validate=check/").getDescription())
                .startsWith("imagegate.webhook.paths.validate: \"check/\": expected \"/\" and letters");
        assertThat(analysis(policy, "imagegate.webhook.paths.mutate=/validate").getDescription())
                .isEqualTo("imagegate.webhook.paths.mutate: \"/validate\": expected another path for each property");
        assertThat(analysis(
                                policy,
                                "imagegate.webhook.paths.image-policy=",
                                "imagegate.webhook.paths.validate=",
                                "imagegate.webhook.paths.mutate=")
                        .getDescription())
                .isEqualTo("imagegate.webhook.paths: expected at least one path, got none.");
        assertThat(analysis(policy, "imagegate.client-names=spiffe://a/b").getDescription())
                .startsWith("imagegate.client-names: \"spiffe://a/b\": a name without a type is");
        assertThat(analysis(policy, "imagegate.client-names=pord=kube-apiserver")
                        .getDescription())
                .isEqualTo("imagegate.client-names: pord=...: expected a name of policies: default");
        assertThat(analysis(policy, "imagegate.webhook.limits.images=0").getDescription())
                .startsWith("imagegate.webhook.limits: ");
        assertThat(analysis(policy, "imagegate.webhook.limits.body-size=4GB").getDescription())
                .startsWith("imagegate.webhook.limits: ");
        assertThat(analysis(policy, "imagegate.webhook.fact-timeout=0s").getDescription())
                .startsWith("imagegate.webhook.fact-timeout: ");
    }
}
