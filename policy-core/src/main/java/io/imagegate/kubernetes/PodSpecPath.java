package io.imagegate.kubernetes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Path of the pod specification in an object. */
enum PodSpecPath {
    POD("spec"),
    POD_TEMPLATE("template.spec"),
    WORKLOAD("spec.template.spec"),
    CRON_JOB("spec.jobTemplate.spec.template.spec");

    /** The kinds of {@link #of}. */
    static final List<String> KINDS = List.of(
            "Pod",
            "PodTemplate",
            "ReplicationController",
            "Deployment",
            "ReplicaSet",
            "DaemonSet",
            "StatefulSet",
            "Job",
            "CronJob");

    final String path;
    final String containers;
    final String initContainers;
    final String ephemeralContainers;
    final String volumes;

    PodSpecPath(String path) {
        this.path = path;
        this.containers = path + ".containers";
        this.initContainers = path + ".initContainers";
        this.ephemeralContainers = path + ".ephemeralContainers";
        this.volumes = path + ".volumes";
    }

    /** The group of the workload kind with this name, or null. */
    static @Nullable String group(String kind) {
        for (String group : List.of("", "apps", "batch")) {
            if (of(new ObjectKind(group, "", kind)) != null) {
                return group;
            }
        }
        return null;
    }

    /** The path for a kind in any version of its group; null if the kind is not a workload. */
    static @Nullable PodSpecPath of(ObjectKind kind) {
        return switch (kind.group()) {
            case "" ->
                switch (kind.kind()) {
                    case "Pod" -> POD;
                    case "PodTemplate" -> POD_TEMPLATE;
                    case "ReplicationController" -> WORKLOAD;
                    default -> null;
                };
            // Kubernetes up to 1.15 had these kinds in the group extensions, too.
            case "apps", "extensions" ->
                switch (kind.kind()) {
                    case "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet" -> WORKLOAD;
                    default -> null;
                };
            case "batch" ->
                switch (kind.kind()) {
                    case "Job" -> WORKLOAD;
                    case "CronJob" -> CRON_JOB;
                    default -> null;
                };
            default -> null;
        };
    }
}
