package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import io.imagegate.cli.cluster.FakeApiServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code check --cluster} with the heap of the image: memory does not grow with the cluster. */
@Tag("full")
class CheckClusterIT {

    private static final int PODS_OF_OWNER = 10;

    /** About as long as what the API server keeps for a pod beside its images. */
    private static final String MANAGED = "\"managedFields\":[{\"x\":\"" + "f".repeat(6_000) + "\"}],";

    @ParameterizedTest
    @ValueSource(ints = {1_500, 150_000})
    void readsAnyNumberOfPodsWithASmallHeap(int pods) throws Exception {
        try (FakeApiServer api = new FakeApiServer()) {
            api.list("/apis/apps/v1/replicasets", "ReplicaSetList", pods / PODS_OF_OWNER, CheckClusterIT::owner);
            api.list("/api/v1/pods", "PodList", pods, CheckClusterIT::pod);
            Result result = check(api, "-o", "json");

            assertThat(result.status()).as(result.err()).isEqualTo(1);
            assertThat(result.out())
                    .contains("ReplicaSet shop/owner-7\"")
                    .contains("\"leftOut\":{\"owned object\":" + pods + "}");
        }
    }

    /** Findings of about 40 MB do not fit; their numbers do. */
    @Test
    void reportsPoliciesOfManyNamespacesWithASmallHeap() throws Exception {
        int denied = 60_000;
        int namespaces = 1_000;
        try (FakeApiServer api = new FakeApiServer()) {
            api.list(
                    "/api/v1/namespaces", "NamespaceList", namespaces, i -> "{\"metadata\":{\"name\":\"n" + i + "\"}}");
            api.list(
                    "/apis/apps/v1/deployments",
                    "DeploymentList",
                    denied,
                    i -> FakeApiServer.workload("app-" + i, uid(i), "", "registry.example/" + "a".repeat(100) + i)
                            .replace("\"shop\"", "\"n" + i % namespaces + "\""));
            Result result = check(api, "-o", "policyreport", "--exit-zero");

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out().split("\"kind\":\"PolicyReport\"", -1)).hasSize(namespaces + 1);
            assertThat(result.out()).hasSizeBetween(6 << 20, 9 << 20);
            assertThat(result.out().split("\"fail\":60,", -1)).hasSize(namespaces + 1);
            assertThat(result.out()).contains("\"imagegate.io/results-left-out\":");
        }
    }

    /** With the heap and the direct memory that the image has. */
    private static Result check(FakeApiServer api, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("check", "--cluster", "--server", api.url()));
        Collections.addAll(arguments, more);
        List<String> command = Program.imagegateWithHeap(64, arguments.toArray(String[]::new));
        return Program.run(
                Program.withFlags(command, "-Xmn8m", "-Xss512k", "-XX:MaxDirectMemorySize=16m", "-XX:+UseSerialGC"));
    }

    private static String owner(int number) {
        return FakeApiServer.workload("owner-" + number, uid(number), "", image(number));
    }

    private static String pod(int number) {
        int owner = number / PODS_OF_OWNER;
        String pod = FakeApiServer.pod("pod-" + number, uid(1_000_000 + number), uid(owner), image(owner));
        int uid = pod.indexOf("\"uid\":");
        return pod.substring(0, uid) + MANAGED + pod.substring(uid);
    }

    private static String uid(int number) {
        return "00000000-0000-0000-0000-%012d".formatted(number);
    }

    /** One image of 100 has no tag. */
    private static String image(int owner) {
        return "registry.example/app-" + owner + (owner % 100 == 7 ? "" : ":1");
    }
}
