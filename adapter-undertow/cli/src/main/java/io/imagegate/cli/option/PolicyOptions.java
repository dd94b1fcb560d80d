package io.imagegate.cli.option;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateException;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.signature.Verifier;
import io.imagegate.text.ShownText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for policies, namespace and registries, shared by {@code check} and {@code explain}. */
public final class PolicyOptions {

    private static final String DEFAULT_NAMESPACE = "default";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "FILE",
            description = "Policy file, folder of policy files, or builtin:NAME (see: imagegate policy list). Can be"
                    + " repeated: all must allow. Without it the default policy is used: every image has a"
                    + " tag other than latest, or a digest.")
    private List<String> policies = List.of();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            converter = NamespaceConverter.class,
            description = "Namespace for objects without one (default: " + DEFAULT_NAMESPACE + ").")
    private @Nullable String namespace;

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that are asked about the content of images, for"
                    + " policies with rules on content.")
    private @Nullable Path registries;

    public String namespace() {
        return namespace == null ? DEFAULT_NAMESPACE : namespace;
    }

    /** {@return the namespace that was given; empty if none was} */
    public String givenNamespace() {
        return namespace == null ? "" : namespace;
    }

    /** {@return whether registries may be asked} */
    public boolean hasRegistries() {
        return registries != null;
    }

    /** {@return a reader of policies that prints warnings} */
    public PolicyDocuments documents() {
        return warning(new PolicyDocuments(), spec);
    }

    /** {@return a copy of a reader that prints warnings as those of a command} */
    public static PolicyDocuments warning(PolicyDocuments documents, CommandSpec command) {
        return documents.withWarnings(
                warning -> ProblemHandler.report(command.commandLine(), ShownText.escape("warning: " + warning)));
    }

    /** Opens the policies and registries, which are read once; the error lists every mistake in the policies. */
    public LiveGate open(PolicyDocuments documents) {
        LiveGateBuilder builder = LiveGate.builder()
                .documents(documents)
                .withoutRegistries("this needs --registries FILE, the registries to ask")
                .once();
        if (registries != null) {
            builder.registries(registries);
        }
        try {
            return policies.isEmpty()
                    ? builder.policies(PolicySet.of(Policy.byDefault())).open()
                    : builder.policies(policies.toArray(String[]::new)).open();
        } catch (PolicyDocumentException | GateException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }

    /** Loads policies whose content is looked up, or whose rules are not applied. */
    public static PolicySet load(List<String> policies) {
        try {
            return complete().load(policies);
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }

    /** {@return a reader of policies that may ask for everything, and whose trusted roots are read} */
    public static PolicyDocuments complete() {
        return new PolicyDocuments().withSignatures(root -> Verifier.requireTrustedRoot(root));
    }
}
