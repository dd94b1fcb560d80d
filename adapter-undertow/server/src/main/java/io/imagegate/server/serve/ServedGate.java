package io.imagegate.server.serve;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateException;
import io.imagegate.gate.GateState;
import io.imagegate.gate.ImageGates;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.ServerMetrics;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The policies and registries of a server, whose loads are logged. */
final class ServedGate {

    private static final Logger LOG = System.getLogger(ServedGate.class.getName());

    private ServedGate() {}

    /**
     * Opens policies and registries. A missing or invalid policy does not prevent the start: every review that it would decide is
     * denied, and the server is not ready, until the file is valid.
     *
     * @param policies the policies
     * @param registries file of kind ImageRegistries; null: policies with rules on the content of images are refused
     * @param metrics shows loads and look-ups
     * @return the gate
     * @throws StartProblem if a name or the registries are invalid, or there is no such built-in policy
     */
    static LiveGate open(ServedPolicies policies, @Nullable Path registries, ServerMetrics metrics) {
        PolicyDocuments documents =
                new PolicyDocuments().withWarnings(warning -> LOG.log(Level.WARNING, "{0}", warning));
        LiveGateBuilder builder = ImageGates.builder()
                .documents(policies.isStrict() ? documents.strict() : documents)
                .withoutRegistries("this needs --registries FILE, the registries to ask")
                .metrics(metrics.sink());
        if (registries != null) {
            builder.registries(registries);
        }
        try {
            return policies.locations().isEmpty()
                    ? builder.policies(PolicySet.of(Policy.byDefault(policies.language())))
                            .openLater()
                    : builder.locations(policies.locations())
                            .listener(ServedGate::log)
                            .openLater();
        } catch (PolicyDocumentException | GateException mistakes) {
            throw new StartProblem(String.valueOf(mistakes.getMessage()));
        } catch (IllegalArgumentException wrong) {
            throw new StartProblem("--policy: " + wrong.getMessage());
        }
    }

    private static void log(GateState state) {
        String location =
                state.name().equals(ImageGate.DEFAULT_NAME) ? state.location() : state.name() + "=" + state.location();
        state.problem()
                .ifPresentOrElse(
                        problem -> LOG.log(Level.ERROR, "rejected policy {0}: {1}", location, problem.getMessage()),
                        () -> LOG.log(Level.INFO, "loaded policy {0}, SHA-256: {1}", location, state.digest()));
    }
}
