package io.imagegate.document.policy;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads where images stand in kinds that are not built in. Policies that are loaded together must agree on each kind. */
final class WorkloadReader {

    private record Written(Workload workload, YamlNode node) {}

    private final Map<String, Written> byKind = new HashMap<>();

    void read(YamlNode list, PolicyBuilder policy) {
        for (YamlNode item : list.items()) {
            item.fields("kind", "podSpec", "images", "helmValues")
                    .flatMap(WorkloadReader::workload)
                    .ifPresent(workload -> add(item, workload, policy));
        }
    }

    private void add(YamlNode item, Workload workload, PolicyBuilder policy) {
        item.make(() -> policy.workload(workload));
        Written other = byKind.putIfAbsent(workload.kind(), new Written(workload, item));
        if (other != null && !other.workload().equals(workload)) {
            item.problem("the kind " + YamlNode.quote(workload.kind()) + " has other places in "
                    + other.node().at().file() + " line " + other.node().at().line() + ", expected the same ones");
        }
    }

    private static Optional<Workload> workload(Fields fields) {
        Optional<Workload> workload = fields.require("kind").flatMap(node -> node.parse(Workload::of));
        // Paths are read even without a kind, so that all problems are found.
        Optional<Workload> podSpecs = with(fields, "podSpec", workload, Workload::withPodSpec);
        Optional<Workload> images = with(fields, "images", podSpecs, Workload::withImages);
        return with(fields, "helmValues", images, Workload::withHelmValues).filter(read -> workload.isPresent());
    }

    private static Optional<Workload> with(
            Fields fields, String key, Optional<Workload> before, BiFunction<Workload, String, Workload> more) {
        Optional<Workload> workload = before;
        for (YamlNode node : fields.get(key).map(WorkloadReader::paths).orElse(List.of())) {
            Workload read = workload.orElse(Workload.of("Unknown.example.com"));
            workload = node.parse(path -> more.apply(read, path)).or(() -> Optional.of(read));
        }
        return workload;
    }

    private static List<YamlNode> paths(YamlNode node) {
        return node.isList() ? node.items() : List.of(node);
    }
}
