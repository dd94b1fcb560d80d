package io.imagegate.kubernetes;

import io.imagegate.text.Suggestion;
import io.imagegate.workload.Workloads;
import java.util.List;
import java.util.Objects;

/**
 * Kind of an object with its API group and version. Immutable.
 *
 * @param group API group, such as {@code apps}; empty for the core group
 * @param version version, such as {@code v1}
 * @param kind kind, such as {@code Deployment}
 * @since 0.1
 */
public record ObjectKind(String group, String version, String kind) {

    /** The kind of an object without one. */
    public static final ObjectKind NONE = new ObjectKind("", "", "");

    /** The groups of the built-in workloads, without that of old versions. */
    private static final List<String> GROUPS = List.of("", "apps", "batch");

    /** The names of the built-in workloads. */
    private static final List<String> NAMES = Workloads.builtInKinds().stream()
            .map(kind -> parse(kind).kind())
            .distinct()
            .toList();

    /**
     * Refuses nulls.
     *
     * @param group API group; empty for the core group
     * @param version version
     * @param kind kind
     */
    public ObjectKind {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
    }

    /**
     * Reads the kind from the two fields that every object has.
     *
     * @param apiVersion group and version, such as {@code apps/v1} or {@code v1}
     * @param kind the kind
     * @return the kind with its group and version
     */
    public static ObjectKind of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new ObjectKind("", apiVersion, kind)
                : new ObjectKind(apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @param text kind and group: {@code Deployment.apps}, {@code Pod}
     * @return the kind, without a version
     */
    public static ObjectKind parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new ObjectKind("", "", text)
                : new ObjectKind(text.substring(dot + 1), "", text.substring(0, dot));
    }

    /** {@return group and version as in {@code apiVersion}: {@code apps/v1}, {@code v1}} */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** {@return whether this is Pod or another workload of Kubernetes itself} */
    public boolean isWorkload() {
        return Workloads.isBuiltIn(toString());
    }

    /**
     * {@return the built-in workload kind with this name if this kind has no API group, for example because
     * {@code apiVersion} is missing; otherwise this kind}
     */
    public ObjectKind orWorkload() {
        if (group.isEmpty()) {
            for (String found : GROUPS) {
                ObjectKind workload = new ObjectKind(found, version, kind);
                if (workload.isWorkload()) {
                    return workload;
                }
            }
        }
        return this;
    }

    /**
     * {@return the built-in workload kind that this may be a misspelling of, in the form of {@link #toString}; empty if
     * there is none, or if the group has a dot, because no such group has built-in workloads}
     */
    public String meant() {
        String found = group.contains(".") || isWorkload()
                ? ""
                : Suggestion.nearest(kind, NAMES, Math.min(2, kind.length() / 4));
        return found.isEmpty()
                ? ""
                : new ObjectKind("", version, found).orWorkload().toString();
    }

    /** {@return kind and group without the version: {@code Deployment.apps}, {@code Pod}} */
    @Override
    public String toString() {
        return group.isEmpty() ? kind : kind + "." + group;
    }
}
