package io.imagegate.server.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.check.report.ShownText;
import io.imagegate.signature.TrustedRoot;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for policies, namespace and registries, shared by {@code check} and {@code explain}. */
public final class PolicyOptions {

    private static final String NO_REGISTRIES = "this needs --registries FILE, the registries to ask";

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
            description = "Namespace for objects without one (default: ${DEFAULT-VALUE}).")
    private String namespace = "default";

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that are asked about the content of images, for"
                    + " policies with rules on content.")
    private @Nullable Path registries;

    public String namespace() {
        return namespace;
    }

    /** {@return whether a policy stands in a file of the user} */
    public boolean hasFile() {
        return policies.stream().anyMatch(location -> !location.startsWith("builtin:"));
    }

    /** Loads the policies; the error lists every mistake in them. */
    public PolicySet load() {
        return policies.isEmpty() ? PolicySet.of(Policy.byDefault()) : load(documents(), policies);
    }

    /** Loads policies whose content is looked up, or whose rules are not applied. */
    public static PolicySet load(List<String> policies) {
        return load(complete(), policies);
    }

    private static PolicySet load(PolicyDocuments documents, List<String> policies) {
        try {
            return documents.load(policies);
        } catch (PolicyDocumentException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }

    private PolicyDocuments documents() {
        PolicyDocuments documents = registries == null
                ? new PolicyDocuments().withoutContent(NO_REGISTRIES)
                : complete().withRegistries(RegistryLookup.exactHosts(registries));
        return documents.withWarnings(
                warning -> ProblemHandler.report(spec.commandLine(), ShownText.escape("warning: " + warning)));
    }

    /** {@return a reader of policies that may ask for everything, and whose trusted roots are read} */
    public static PolicyDocuments complete() {
        return new PolicyDocuments().withSignatures(root -> TrustedRoot.read(root.getBytes(UTF_8)));
    }

    /**
     * Runs a check with a gate that looks up content in the registries of {@code --registries}.
     *
     * @param judging the policies of the gate
     * @param check what to do with the gate, which is of no use afterwards
     * @return the exit status of the check
     */
    public int run(PolicySet judging, ToIntFunction<ImageGate> check) {
        return registries == null
                ? check.applyAsInt(ImageGate.of(judging))
                : RegistryLookup.run(registries, judging, check);
    }
}
