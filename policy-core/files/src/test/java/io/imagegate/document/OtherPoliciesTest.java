package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy of another program, given as a policy file. */
class OtherPoliciesTest {

    private static String problems(String apiVersion, String kind) {
        return PolicySamples.problems("""
                apiVersion: %s
                kind: %s
                metadata: {name: p}
                spec: {rules: [], validationFailureAction: Enforce}
                """.formatted(apiVersion, kind));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "kyverno.io/v1, ClusterPolicy, Kyverno",
        "kyverno.io/v2beta1, Policy, Kyverno",
        "policies.kyverno.io/v1, ImageValidatingPolicy, Kyverno",
        "templates.gatekeeper.sh/v1, ConstraintTemplate, Gatekeeper",
        "constraints.gatekeeper.sh/v1beta1, K8sAllowedRepos, Gatekeeper",
        "policies.kubewarden.io/v1, ClusterAdmissionPolicy, Kubewarden",
        "connaisseur.policy/v1, ImagePolicy, Connaisseur",
        "policy.sigstore.dev/v1beta1, ClusterImagePolicy, the policy controller of sigstore",
        "admissionregistration.k8s.io/v1, ValidatingAdmissionPolicy, Kubernetes",
    })
    void getsTheNameOfThePage(String apiVersion, String kind, String program) {
        assertThat(problems(apiVersion, kind))
                .isEqualTo("p.yaml:1:13: apiVersion: a policy of " + program
                        + ", expected imagegate.io/v1alpha1: policy-core/COMING-FROM.md shows policies of other programs"
                        + " beside the same ones in this language");
        assertThat(Repository.core("COMING-FROM.md")).exists();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "imagegate.io/v1, ImagePolicy",
        "kyverno.io, ClusterPolicy",
        "kyverno.io.example/v1, ClusterPolicy",
        "imagepolicy.k8s.io/v1alpha1, ImageReview",
        "v1, Pod",
    })
    void otherMistakesAreToldAsBefore(String apiVersion, String kind) {
        assertThat(problems(apiVersion, kind))
                .contains("apiVersion: \"" + apiVersion + "\", expected imagegate.io/v1alpha1")
                .doesNotContain("COMING-FROM");
    }

    @Test
    void anApiVersionThatIsNoTextIsToldAsBefore() {
        assertThat(problems("[kyverno.io/v1]", "ClusterPolicy"))
                .contains("apiVersion: a list, expected text")
                .doesNotContain("COMING-FROM");
    }
}
