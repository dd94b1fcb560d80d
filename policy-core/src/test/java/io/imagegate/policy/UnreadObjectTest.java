package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.rule.Rules;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("An object whose images cannot be found")
class UnreadObjectTest {

    private static final String CUSTOM =
            "the kind \"App.example.org\" is unknown, so its images cannot be found; if objects of"
                    + " this kind run images, add {kind: App.example.org, %s} to spec.workloads of the policy; if they run none, add"
                    + " App.example.org to ignoredKinds, or check with --ignore-kind";

    static Stream<Arguments> objects() {
        return Stream.of(
                object(
                        "of a custom kind",
                        policies -> policies.decideUnknownKind("App.example.org", "", ""),
                        CUSTOM.formatted("podSpec: PATH")),
                object(
                        "of a custom kind with a place where images may stand",
                        policies -> policies.decideUnknownKind("App.example.org", "", "podSpec: spec.pod"),
                        CUSTOM.formatted("podSpec: spec.pod")),
                object(
                        "of a kind whose group is none of a custom resource",
                        policies -> policies.decideUnknownKind("Deploymnet.apps", "Deployment.apps", ""),
                        "the kind \"Deploymnet.apps\" is unknown, so its images cannot be found; expected a Pod or a built-in"
                                + " workload; if objects of this kind run no images, add it to ignoredKinds of the policy,"
                                + " or check with --ignore-kind (did you mean Deployment.apps?)"),
                object(
                        "that was read by other workloads",
                        policies -> policies.decideMisread("App.example.org"),
                        "the object of the kind \"App.example.org\" was read by other workloads than the policies name, so"
                                + " images may have been missed; expected PolicySet.workloads() for reading it"),
                object(
                        "with an image at a place that is not listed",
                        policies -> policies.decideUnlisted("App.example.org", "spec.image"),
                        "the field \"spec.image\" may name an image, and it is not known that images of the kind"
                                + " \"App.example.org\" stand there; name all places of images of App.example.org in"
                                + " spec.workloads of the policy, or add it to ignoredKinds, or check with --ignore-kind"),
                object(
                        "with an unreadable image",
                        policies -> policies.decideUnreadable("App.example.org", "spec.image"),
                        "the field \"spec.image\" names an image that cannot be read; expected a text, or registry,"
                                + " repository, tag and digest as texts with a repository, in values of the kind"
                                + " \"App.example.org\""),
                object(
                        "with containers elsewhere in a list",
                        policies -> policies.decideMisplaced("App.example.org", "spec.pods[12].spec"),
                        "containers stand at \"spec.pods[12].spec\", not where spec.workloads of the policy names a pod"
                                + " specification of the kind \"App.example.org\"; name the path of the object that has"
                                + " the containers: podSpec: \"spec.pods[*].spec\""));
    }

    private static Arguments object(String name, Function<PolicySet, Decision> decide, String reason) {
        return Arguments.of(name, decide, reason);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    @DisplayName("is denied by each policy, with what to do")
    void denied(String name, Function<PolicySet, Decision> decide, String reason) {
        Policy policy = Policy.byDefault();
        Policy other = Policy.builder("other").rule("tag", Rules.fixedTag()).build();
        Decision decision = decide.apply(PolicySet.of(policy, other));
        assertThat(decision.reason()).isEqualTo(reason);
        assertThat(decision.violations()).extracting(Violation::policy).containsExactly("default", "other");
        assertThat(decision.violations()).extracting(Violation::rule).containsOnly("unknown-kind");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("objects")
    @DisplayName("is denied because no policies are loaded, if none are")
    void unloaded(String name, Function<PolicySet, Decision> decide, String reason) {
        assertThat(decide.apply(PolicySet.unloaded("not yet"))).hasToString("denied: not yet");
    }
}
