package io.imagegate.server.cli;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for policies and namespace, shared by the commands that judge. */
final class PolicyOptions {

    private static final String NO_REGISTRIES =
            "no registries are configured, so no command but imagegate test accepts it";

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "FILE",
            description = "Policy file, folder of policy files, or builtin:NAME (see: imagegate policy list). Can be"
                    + " repeated: all must allow. Without it the default policy is used: a fixed tag, and latest"
                    + " is not one.")
    private List<String> policies = List.of();

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace for objects without one (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    String namespace() {
        return namespace;
    }

    /** Loads the policies; the error lists every mistake in them. */
    PolicySet load() {
        if (policies.isEmpty()) {
            return PolicySet.of(Policy.byDefault());
        }
        try {
            return new PolicyDocuments().withoutContent(NO_REGISTRIES).load(policies);
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }
}
