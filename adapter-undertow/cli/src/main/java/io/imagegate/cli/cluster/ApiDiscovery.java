package io.imagegate.cli.cluster;

import io.imagegate.input.InputException;
import io.imagegate.syntax.Node;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds which workloads an API server lists, and under which names. */
final class ApiDiscovery {

    /** Kinds that controllers make, after the kinds that own them. */
    private static final Map<String, Integer> ORDER = Map.of(
            "CronJob.batch", 1,
            "Deployment.apps", 1,
            "StatefulSet.apps", 1,
            "DaemonSet.apps", 1,
            "Job.batch", 2,
            "ReplicaSet.apps", 2,
            "ReplicationController", 2,
            "Pod", 3);

    /** Objects of these kinds are listed in the group apps, too. */
    private static final String OLD_GROUP = "extensions";

    private final ApiClient client;

    ApiDiscovery(ApiClient client) {
        this.client = client;
    }

    /**
     * An API group that the server has.
     *
     * @param name its name; empty for the core group
     * @param versions paths of its versions, the preferred one first
     * @param kinds the workloads in it
     */
    record Group(String name, Set<String> versions, Set<String> kinds) {}

    /**
     * {@return the core group, which every server has}
     *
     * @param workloads the kinds
     */
    static Group core(Workloads workloads) {
        return new Group("", Set.of("/api/v1"), kinds(workloads).getOrDefault("", Set.of()));
    }

    /**
     * {@return the other groups that have workloads}
     *
     * @param workloads the kinds
     */
    List<Group> groups(Workloads workloads) throws ApiFailure, IOException, InputException {
        Map<String, Set<String>> kinds = kinds(workloads);
        List<Group> found = new ArrayList<>();
        for (Node group : elements(client.tree("/apis").field("groups"))) {
            String name = ApiClient.text(group, "name");
            // A group that is listed again is not read again.
            Set<String> wanted = name.isEmpty() || name.equals(OLD_GROUP) ? null : kinds.remove(name);
            if (wanted != null) {
                found.add(new Group(name, versions(group), wanted));
            }
        }
        return found;
    }

    private static Map<String, Set<String>> kinds(Workloads workloads) {
        Map<String, Set<String>> kinds = new TreeMap<>();
        for (Workload workload : workloads.all()) {
            kinds.computeIfAbsent(group(workload.kind()), group -> new TreeSet<>())
                    .add(workload.kind());
        }
        return kinds;
    }

    /** {@return the order in which lists are read: owners first} */
    static Comparator<ApiResource> ownersFirst() {
        return Comparator.comparing((ApiResource resource) -> ORDER.getOrDefault(resource.kind(), 0))
                .thenComparing(ApiResource::kind);
    }

    private static String group(String kind) {
        int dot = kind.indexOf('.');
        return dot < 0 ? "" : kind.substring(dot + 1);
    }

    /** {@return the paths of the versions of a group, the preferred one first} */
    private static Set<String> versions(Node group) {
        Set<String> paths = new LinkedHashSet<>();
        paths.add(ApiClient.text(group.field("preferredVersion"), "groupVersion"));
        elements(group.field("versions")).forEach(version -> paths.add(ApiClient.text(version, "groupVersion")));
        paths.removeIf(version -> !version.matches("[a-z0-9.-]+/[a-z0-9]+"));
        return paths.stream().map(version -> "/apis/" + version).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** {@return the lists of a group} */
    List<ApiResource> resources(Group group) throws ApiFailure, IOException, InputException {
        List<ApiResource> found = new ArrayList<>();
        Set<String> missing = new HashSet<>(group.kinds());
        for (String version : group.versions()) {
            if (missing.isEmpty()) {
                break;
            }
            for (Node resource : elements(client.tree(version).field("resources"))) {
                String name = ApiClient.text(resource, "name");
                String kind = ApiClient.text(resource, "kind") + (group.name().isEmpty() ? "" : "." + group.name());
                if (name.matches("[a-z0-9.-]+") && isListed(resource) && missing.remove(kind)) {
                    Node namespaced = resource.field("namespaced");
                    found.add(new ApiResource(
                            kind,
                            version,
                            name,
                            namespaced != null && namespaced.text().equals("true")));
                }
            }
        }
        return found;
    }

    private static boolean isListed(Node resource) {
        return elements(resource.field("verbs")).stream()
                .anyMatch(verb -> verb.isText() && verb.text().equals("list"));
    }

    private static List<Node> elements(@Nullable Node array) {
        return array == null ? List.of() : array.elements();
    }
}
