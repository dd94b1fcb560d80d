package io.imagegate.examples.frameworks;

import io.imagegate.gate.LiveGate;
import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.policy.Decision;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.enforcer.rule.api.AbstractEnforcerRule;
import org.apache.maven.enforcer.rule.api.EnforcerRuleException;

/** Rule of the Maven Enforcer: the files of a project name only images that the policy allows. */
public final class AllowedImages extends AbstractEnforcerRule {

    /** The policies: a file, a folder, or a built-in one. */
    String policy = "builtin:baseline";

    /** Files and folders: Dockerfiles, manifests and all else that {@link Inputs} read. */
    List<File> files = List.of();

    @Override
    public void execute() throws EnforcerRuleException {
        List<String> problems = new ArrayList<>();
        try (LiveGate gate = LiveGate.builder().policies(policy).once().open()) {
            for (File file : files) {
                Inputs.read(file.toPath(), gate.state().policies().workloads(), new InputListener() {
                    @Override
                    public void object(InputObject object) {
                        Decision decision = object.decide(gate, "default");
                        if (!decision.allowed()) {
                            problems.add(object.file() + ":" + object.line() + ": " + decision.reason());
                        }
                    }

                    @Override
                    public void problem(InputException problem) {
                        problems.add(problem.getMessage());
                    }
                });
            }
        } catch (IOException | IllegalArgumentException unusable) {
            throw new EnforcerRuleException(unusable.getMessage(), unusable);
        }
        if (!problems.isEmpty()) {
            throw new EnforcerRuleException(String.join("\n", problems));
        }
    }
}
