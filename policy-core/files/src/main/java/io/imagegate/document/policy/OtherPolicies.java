package io.imagegate.document.policy;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** Recognizes policies of other programs, which users give when they come from there. */
final class OtherPolicies {

    /** The page that shows the same policies in this language. */
    private static final String PAGE = "policy-core/COMING-FROM.md";

    /** The programs by the API groups of their policies. */
    private static final Map<String, String> PROGRAMS = Map.of(
            "kyverno.io", "Kyverno",
            "policies.kyverno.io", "Kyverno",
            "templates.gatekeeper.sh", "Gatekeeper",
            "constraints.gatekeeper.sh", "Gatekeeper",
            "policies.kubewarden.io", "Kubewarden",
            "connaisseur.policy", "Connaisseur",
            "policy.sigstore.dev", "the policy controller of sigstore",
            "admissionregistration.k8s.io", "Kubernetes");

    private OtherPolicies() {}

    /** {@return whether a document belongs to another program; then a problem names the page about it} */
    static boolean refuse(Fields document, String apiVersion) {
        Optional<YamlNode> version = document.get("apiVersion").filter(YamlNode::isText);
        Optional<String> program = version.flatMap(YamlNode::text).flatMap(OtherPolicies::program);
        program.ifPresent(name -> version.orElseThrow()
                .problem("a policy of " + name + ", expected " + apiVersion + ": " + PAGE
                        + " shows policies of other programs beside the same ones in this language"));
        return program.isPresent();
    }

    private static Optional<String> program(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return Optional.ofNullable(slash < 0 ? null : PROGRAMS.get(apiVersion.substring(0, slash)));
    }
}
