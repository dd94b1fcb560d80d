package io.imagegate.input.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundObjects;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.rule.Rules;
import io.imagegate.workload.Workloads;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of charts in objects of files are read as in files of values. */
class HelmReleaseTest {

    private static final ImageGate GATE = ImageGate.of(
            PolicySet.of(Policy.builder("p").rule("any", Rules.allow("**")).build()));

    private static FoundObjects read(String values) throws Exception {
        return FoundObjects.in(
                new Manifests(new ObjectReading(Workloads.wellKnown(), false)),
                "release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec:\n  values: "
                        + values + "\n");
    }

    private static Decision decide(FoundObjects found) {
        return found.objects.get(0).decide(GATE, "default");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{controllers: {a: {containers: {app: {image: {repository: r.io/a, tag: v1@sha256:x}}}}}} | r.io/a:v1@sha256:x",
                "{initContainers: {a: {image: 'r.io/b:1'}}, verifyImages: true, imageFeatures: [a]} | r.io/b:1",
                "{agent: {repository: r.io/c, tag: '2'}} | r.io/c:2",
                "{global: {imageRegistry: m.io}, a: {image: {registry: r.io, repository: d, tag: '3'}}} | m.io/d:3",
            })
    @DisplayName("images are found at any depth, and fields that only sound like images deny nothing")
    void found(String values, String image) throws Exception {
        FoundObjects found = read(values);
        assertThat(found.images()).containsExactly("HelmRelease r " + image);
        assertThat(decide(found).violations())
                .extracting(Violation::rule)
                .isSubsetOf("invalid-reference")
                .doesNotContain("unknown-kind");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{a: {image: {tag: '1'}}, b: {image: {repository: b}}, c: {image: 'c:1'}} | chart-default",
                "{a: {image: {repository: b, tag: 1.10}}} | unknown-image",
                "{a: {image: {repository: b, tag: '${TAG}'}}} | unknown-image",
                "{a: {image: {name: b, tag: '1', repository: c}}} | unknown-image",
            })
    @DisplayName("what the chart has is one finding of the object, and what is written otherwise is an unknown image")
    void notKnown(String values, String rule) throws Exception {
        assertThat(decide(read(values)).violations())
                .singleElement()
                .extracting(Violation::rule)
                .isEqualTo(rule);
    }

    @Test
    @DisplayName("a field beside the values that may name an image still denies")
    void beside() throws Exception {
        FoundObjects found = read("{image: {repository: a, tag: '1'}, verifyImages: true}\n  imageSomething: nginx");
        assertThat(decide(found).violations()).extracting(Violation::rule).containsExactly("unknown-kind");
    }
}
