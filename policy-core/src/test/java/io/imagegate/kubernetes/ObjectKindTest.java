package io.imagegate.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.workload.Workloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Misspelled workload kinds, and kinds that are none. */
class ObjectKindTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "apps/v1, Deploymnet, Deployment.apps",
        "apps/v1, deployment, Deployment.apps",
        "v1, Deploymnet, Deployment.apps",
        "v1, Pods, Pod",
        "apps/v1, Pod, Pod",
        "batch/v1, Cronjob, CronJob.batch",
        "extensions/v1beta1, DeamonSet, DaemonSet.apps",
        "v1, Node, ''",
        "v1, Foo, ''",
        "apps/v1, ControllerRevision, ''",
        "apps.example/v1, Deploymnet, ''",
        "sparkoperator.k8s.io/v1, SparkApplication, ''",
        "apps/v1, Deployment, ''",
    })
    void aMisspelledWorkloadKindIsSuggested(String apiVersion, String kind, String meant) {
        assertThat(ObjectKind.of(apiVersion, kind).meant()).isEqualTo(meant);
    }

    @Test
    void everySuggestionIsAWorkload() {
        assertThat(Workloads.builtInKinds())
                .hasSize(13)
                .allMatch(kind -> ObjectKind.parse(kind).isWorkload());
    }
}
