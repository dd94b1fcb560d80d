package io.imagegate.testkit;

/** Kind of object that creates pods, with the path of its pod specification. */
enum Workload {
    POD("v1", "Pod", "spec"),
    REPLICATION_CONTROLLER("v1", "ReplicationController", "spec.template.spec"),
    DEPLOYMENT("apps/v1", "Deployment", "spec.template.spec"),
    REPLICA_SET("apps/v1", "ReplicaSet", "spec.template.spec"),
    STATEFUL_SET("apps/v1", "StatefulSet", "spec.template.spec"),
    DAEMON_SET("apps/v1", "DaemonSet", "spec.template.spec"),
    JOB("batch/v1", "Job", "spec.template.spec"),
    CRON_JOB("batch/v1", "CronJob", "spec.jobTemplate.spec.template.spec");

    final String apiVersion;
    final String kind;
    final String podSpec;

    Workload(String apiVersion, String kind, String podSpec) {
        this.apiVersion = apiVersion;
        this.kind = kind;
        this.podSpec = podSpec;
    }
}
