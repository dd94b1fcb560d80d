package io.imagegate.examples.maven;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.input.InputException;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decides on manifests as the cluster does. */
final class DeployedImages {

    private static final PolicySet POLICIES = new PolicyDocuments().load(Path.of("policy.yaml"));

    private DeployedImages() {}

    /** {@return why objects of a file would not be admitted} */
    static List<String> denied(Path file) throws IOException, InputException {
        List<String> reasons = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            ManifestReader.read(
                    file.toString(),
                    in,
                    POLICIES.workloads(),
                    object -> {
                        Decision decision = object.decide(POLICIES, "default");
                        if (!decision.allowed()) {
                            reasons.add(object.title() + ": " + decision.reason());
                        }
                    },
                    null);
        }
        return reasons;
    }
}
