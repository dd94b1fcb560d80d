package io.imagegate.cli.option;

import io.imagegate.admission.IgnoredKind;
import io.imagegate.input.InputObject;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option {@code --ignore-kind}, and advice on it for what was checked. */
public final class IgnoredKindOptions {

    @Option(
            names = "--ignore-kind",
            paramLabel = "GLOB",
            description =
                    "Kinds whose objects run no images, such as *.monitoring.coreos.com, besides the ignoredKinds of"
                            + " the policies. Pods and built-in workloads are always checked. Can be repeated.")
    private List<String> globs = List.of();

    private final Set<String> matched = new LinkedHashSet<>();
    private final Map<String, String> meant = new HashMap<>();

    /** {@return the policies, which also ignore these kinds} */
    public PolicySet applyTo(PolicySet policies) {
        try {
            return globs.isEmpty()
                    ? policies
                    : policies.withIgnoredKinds(
                            GlobSet.of(globs.stream().map(IgnoredKind::check).toList()));
        } catch (IllegalArgumentException unusable) {
            throw new CommandProblem("--ignore-kind: " + unusable.getMessage());
        }
    }

    /** Takes an object that was checked. */
    public void see(InputObject object) {
        String kind = object.kind();
        if (kind.isEmpty()) {
            return;
        }
        for (String glob : globs) {
            if (GlobSet.of(glob).matches(kind)) {
                matched.add(glob);
            } else if (kind.startsWith(glob + ".")) {
                meant.putIfAbsent(glob, kind);
            }
        }
    }

    /** {@return globs that matched no object, a line each} */
    public List<String> advice() {
        List<String> lines = new ArrayList<>();
        for (String glob : globs) {
            if (!matched.contains(glob)) {
                String kind = meant.get(glob);
                lines.add("--ignore-kind " + glob + " matched no object"
                        + (kind == null ? "" : " (did you mean " + kind + "?)"));
            }
        }
        return lines;
    }
}
