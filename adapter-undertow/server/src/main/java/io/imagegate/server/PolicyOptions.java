package io.imagegate.server;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which policies hold, and where, for every command that judges. */
final class PolicyOptions {

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "FILE",
            description =
                    "Policy file, folder of policy files, or builtin:NAME (see: imagegate policy list). Without it"
                            + " the default policy holds: a fixed tag, and latest is not one.")
    private @Nullable String policy;

    @Option(
            names = {"-n", "--namespace"},
            description = "Namespace of what names none itself (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    String namespace() {
        return namespace;
    }

    /** Loads them; every mistake in them is told at once. */
    PolicySet load() {
        if (policy == null) {
            return PolicySet.of(Policy.byDefault());
        }
        try {
            return new PolicyDocuments().load(policy);
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }
}
