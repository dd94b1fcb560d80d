package io.imagegate.cli.command;

import static io.imagegate.cli.cluster.FakeApiServer.pod;
import static io.imagegate.cli.cluster.FakeApiServer.workload;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import io.imagegate.cli.cluster.FakeApiServer;
import io.imagegate.cli.cluster.FakeApiServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --cluster} against an API server on loopback. */
class CheckClusterTest extends CommandTest {

    private static final String PODS = "/api/v1/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/deployments";
    private static final String REPLICA_SETS = "/apis/apps/v1/replicasets";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeApiServer api;

    @BeforeEach
    void starts() throws IOException {
        api = new FakeApiServer();
    }

    @AfterEach
    void ends() {
        api.close();
    }

    private int check(String... more) {
        List<String> arguments = new ArrayList<>(List.of("check", "--cluster", "--server", api.url(), "-o", "json"));
        Collections.addAll(arguments, more);
        return run(arguments.toArray(String[]::new));
    }

    private List<String> asked(String part) {
        return api.requests().stream().filter(request -> request.contains(part)).toList();
    }

    @Test
    void readsAllPagesOfPodsAndWorkloads() {
        api.list(PODS, "PodList", 1_201, i -> pod("p" + i, "u" + i, "", i == 1_200 ? "nginx" : "nginx:1"));
        api.list(DEPLOYMENTS, "DeploymentList", workload("web", "d", "", "redis"));

        assertThat(check()).as(err.toString()).isEqualTo(1);

        assertThat(out.toString())
                .contains("Pod shop/p1200")
                .contains("Deployment shop/web")
                .contains("\"subjects\":1202,\"images\":1202,\"denied\":2")
                .doesNotContain("\"file\"", "\"line\"");
        assertThat(asked("pods"))
                .containsExactly(
                        "/api/v1/pods?limit=500",
                        "/api/v1/pods?limit=500&continue=500",
                        "/api/v1/pods?limit=500&continue=1000");
        assertThat(asked("/scale")).isEmpty();
    }

    @Test
    void readsOneNamespace() {
        api.list("/api/v1/namespaces/shop/pods", "PodList", pod("web", "u", "", "nginx:1"));
        api.list(PODS, "PodList", pod("other", "v", "", "nginx"));

        assertThat(check("-n", "shop")).as(err.toString()).isZero();

        assertThat(asked("limit")).allMatch(request -> request.contains("/namespaces/shop/"));
    }

    @Test
    void findsWorkloadsOfPolicies() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  workloads: [{kind: Widget.example.com, images: [spec.image]}]
                  rules: [{name: tagged, tag: {required: true, deny: [latest]}}]
                """);
        api.group("example.com", "/apis/example.com/v2", FakeApiServer.resource("widgets", "Widget"));
        api.list(
                "/apis/example.com/v2/widgets",
                "WidgetList",
                "{\"apiVersion\":\"example.com/v2\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"w\"},\"spec\":{\"image\":\"nginx\"}}");

        assertThat(check("--policy", policy.toString())).as(err.toString()).isEqualTo(1);
        assertThat(out.toString()).contains("Widget w");
        assertThat(check("--allow-empty"))
                .as("kinds that no policy names are not read")
                .isZero();
    }

    @Test
    void judgesValuesOfChartsAsTheWebhookDoes() throws IOException {
        String release = "{\"apiVersion\":\"helm.toolkit.fluxcd.io/v2\",\"kind\":\"HelmRelease\","
                + "\"metadata\":{\"name\":\"r\"},\"spec\":{\"values\":{\"gitImages\":{\"features\":[\"a\"]}}}}";
        api.group(
                "helm.toolkit.fluxcd.io",
                "/apis/helm.toolkit.fluxcd.io/v2",
                FakeApiServer.resource("helmreleases", "HelmRelease"));
        api.list("/apis/helm.toolkit.fluxcd.io/v2/helmreleases", "HelmReleaseList", release);

        for (String[] more : new String[][] {{}, {"--as-webhook"}}) {
            assertThat(check(more)).as(err.toString()).isEqualTo(1);
            assertThat(out.toString()).contains("HelmRelease r", "gitImages");
        }
        assertThat(run(
                        "check",
                        "--allow-empty",
                        Files.writeString(folder.resolve("r.json"), release).toString()))
                .as(out.toString())
                .isZero();
    }

    @Test
    void leavesOutWhatOwnersSay() {
        api.list(DEPLOYMENTS, "DeploymentList", workload("web", "d", "", "nginx"));
        api.list(REPLICA_SETS, "ReplicaSetList", workload("web-1", "r", "d", "nginx"));
        api.list(
                PODS,
                "PodList",
                pod("web-1-a", "p1", "r", "nginx"),
                pod("other-image", "p2", "r", "redis"),
                pod("unknown-owner", "p3", "x", "nginx"),
                pod("no-owner", "p4", "", "nginx"),
                pod("other-namespace", "p5", "r", "nginx").replace("\"shop\"", "\"bank\""),
                pod("other-container", "p6", "r", "nginx").replace("\"web\"", "\"db\""));

        assertThat(check()).isEqualTo(1);
        assertThat(out.toString())
                .contains("Deployment shop/web")
                .contains("other-image", "unknown-owner", "no-owner", "other-namespace", "other-container")
                .doesNotContain("web-1")
                .contains("\"leftOut\":{\"owned object\":2}");

        assertThat(check("--owned")).isEqualTo(1);
        assertThat(out.toString()).contains("ReplicaSet shop/web-1", "Pod shop/web-1-a");
    }

    @Test
    void reportsWhatIsFoundInTheOwnedAlone() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: pods, match: {kinds: [Pod]}, tag: {deny: ["1"]}}]}
                """);
        api.list(DEPLOYMENTS, "DeploymentList", workload("web", "d", "", "nginx:1"));
        api.list(PODS, "PodList", pod("web-1-a", "p1", "d", "nginx:1"));

        assertThat(check("--policy", policy.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("Pod shop/web-1-a");
    }

    @Test
    void asksAgainWhenTheServerIsBusyOrTheAnswerIsCut() {
        api.list(PODS, "PodList", pod("web", "u", "", "nginx:1"));
        api.once(new Answer("/pods", 429, List.of("Retry-After", "0"), "{}"));
        api.once(new Answer("/pods", 200, null, "{\"kind\":\"PodList\",\"items\":[" + pod("a", "b", "", "x") + ",~"));

        assertThat(check()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"images\":1,\"denied\":0");
        assertThat(asked("/pods")).hasSize(3);
    }

    @Test
    void resumesListsThatHaveExpired() {
        api.list(PODS, "PodList", 600, i -> pod("p" + i, "u" + i, "", "nginx:1"));
        api.once(new Answer(
                "continue=500",
                410,
                null,
                "{\"kind\":\"Status\",\"metadata\":{\"continue\":\"501\"},\"message\":\"gone\"}"));

        assertThat(check()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"images\":599,");
    }

    @Test
    void asksForSmallerPagesWhenObjectsAreLong() {
        String padding = "\"x\":\"" + "x".repeat(100_000) + "\",";
        api.list(
                PODS,
                "PodList",
                300,
                i -> pod("p" + i, "u" + i, "", "nginx:1").replace("\"spec\"", padding + "\"spec\""));

        assertThat(check()).as(err.toString()).isZero();
        assertThat(out.toString()).contains("\"images\":300,");
        assertThat(asked("/pods").get(1)).contains("limit=125");
    }

    @Test
    void whatCannotBeReadIsAProblemAndTheRestIsChecked() {
        api.list(PODS, "PodList", pod("web", "u", "", "nginx"));
        api.once(new Answer(
                REPLICA_SETS, 403, null, "{\"kind\":\"Status\",\"message\":\"replicasets.apps is forbidden\"}"));
        api.list(DEPLOYMENTS, "Status");

        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains("Pod shop/web");
        assertThat(err.toString())
                .contains("ReplicaSet.apps: the API server answers 403: replicasets.apps is forbidden")
                .contains("the verb list")
                .contains("Deployment.apps: deployments:1:1: expected a list of objects");
        api.list(DEPLOYMENTS, "DeploymentList");
        assertThat(check()).as("everything can be read").isEqualTo(1);
    }

    @Test
    void anObjectThatCannotBeReadIsAProblemAndTheRestIsChecked() {
        String annotations = IntStream.range(0, 1_001)
                .mapToObj(i -> "\"a" + i + "\":\"\"")
                .collect(Collectors.joining(",", "\"annotations\":{", "},\"uid\""));
        api.list(
                PODS,
                "PodList",
                1_200,
                i -> i % 599 == 1
                        ? pod("bad" + i, "u" + i, "", "nginx").replace("\"uid\"", annotations)
                        : pod("p" + i, "u" + i, "", "nginx:1"));

        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains("\"images\":1197,\"denied\":0");
        assertThat(err.toString())
                .contains("Pod shop/bad1: pods:1:")
                .contains("Pod shop/bad600: ", "Pod shop/bad1199: ", "metadata.annotations: expected 1000 at most");
        assertThat(asked("pods")).hasSizeLessThan(60);
    }

    @Test
    void anObjectThatIsNestedTooDeeplyIsOne() {
        String deep = "\"x\":" + "[".repeat(500) + "]".repeat(500) + ",\"spec\"";
        api.list(
                PODS,
                "PodList",
                pod("deep", "u", "", "nginx").replace("\"spec\"", deep),
                pod("web", "v", "", "nginx:1"));

        assertThat(check()).isEqualTo(2);
        assertThat(out.toString()).contains("\"images\":1,\"denied\":0");
        assertThat(err.toString()).contains("Pod shop/deep: ");
    }

    @Test
    void anEmptyClusterIsAProblem() {
        assertThat(check()).isEqualTo(2);
        assertThat(err.toString()).contains("no image found");
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        assertThat(run("check", "--owned", "nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("expected --cluster beside them");
        assertThat(check("nginx:1")).isEqualTo(2);
        assertThat(err.toString()).contains("--cluster reads and changes no files");
        for (String[] options : new String[][] {{"--complete"}, {"--bases", "base"}, {"--repository", "a.b:c"}}) {
            assertThat(check(options)).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo(
                            "imagegate check: --cluster reads no files, and --complete, --bases and --repository are about files"
                                    + " that are read: expected none of them beside it\n");
        }
        assertThat(run("check", "--cluster", "--server", "http://10.0.0.1:8001"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected kubectl proxy on this machine");
        assertThat(run("check", "--cluster")).isEqualTo(2);
        assertThat(err.toString()).contains("no cluster to read");
    }

    private static String namespace(int number) {
        return "{\"metadata\":{\"name\":\"n" + number + "\",\"uid\":\"n\"},\"spec\":{}}";
    }

    private int reportPolicies(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("check", "--cluster", "--server", api.url(), "-o", "policyreport"));
        Collections.addAll(arguments, more);
        return run(arguments.toArray(String[]::new));
    }

    /** A report that is applied replaces that of a namespace in which nothing runs any more. */
    @Test
    void reportsPoliciesOfAllNamespaces() {
        api.list("/api/v1/namespaces", "NamespaceList", 501, CheckClusterTest::namespace);
        api.list(PODS, "PodList", pod("web", "u", "", "nginx"));

        assertThat(reportPolicies()).as(err.toString()).isEqualTo(1);

        assertThat(ReportDefinitions.schema().validate(out.toString(), InputFormat.JSON))
                .isEmpty();
        String none = "\"labels\":{\"app.kubernetes.io/managed-by\":\"imagegate\"}},"
                + "\"summary\":{\"pass\":0,\"fail\":0,\"warn\":0,\"error\":0,\"skip\":0},\"results\":[]}";
        assertThat(out.toString())
                .contains("\"kind\":\"ClusterPolicyReport\",\"metadata\":{\"name\":\"imagegate\"," + none)
                .contains("\"namespace\":\"n0\"," + none, "\"namespace\":\"n500\"," + none)
                .contains("\"namespace\":\"shop\",", "\"fail\":1,");
    }

    @Test
    void whatIsInTooManyNamespacesIsInTheReportOfTheCluster() {
        api.list("/api/v1/namespaces", "NamespaceList", 20_500, CheckClusterTest::namespace);
        api.list(PODS, "PodList", pod("web", "u", "", "nginx"));

        assertThat(reportPolicies()).as(err.toString()).isEqualTo(1);

        assertThat(out.toString().split("\"kind\":\"PolicyReport\"", -1)).hasSize(20_000);
        assertThat(out.toString().substring(0, 300)).contains("\"kind\":\"ClusterPolicyReport\"", "\"fail\":1,");
    }

    /** An API server of others may name objects as it likes. */
    @Test
    void namesAreShownWithoutTheirControlCharacters() {
        api.list(
                PODS,
                "PodList",
                pod("a\\u001b[31m\\nb\\u202e", "u", "", "nginx\\u001b]0;x\\u0007"),
                pod("c", "v", "", "nginx").replace("\"shop\"", "\"n\\u001b[2J\\r\\n\""));

        for (String format : new String[] {"text", "json", "markdown", "github", "policyreport", "junit", "sarif"}) {
            assertThat(run("check", "--cluster", "--server", api.url(), "-o", format))
                    .isEqualTo(1);
            assertThat(out + err.toString()).as(format).doesNotContain("\u001b", "\u0007", "\r");
        }
        assertThat(run("check", "--cluster", "--server", api.url())).isEqualTo(1);
        assertThat(out.toString()).contains("a\\u001b[31m\\nb\\u202e").doesNotContain("\u202e");
    }

    @Test
    void reportsPoliciesOfOneNamespaceAlone() {
        api.list("/api/v1/namespaces", "NamespaceList", 2, CheckClusterTest::namespace);

        assertThat(reportPolicies("-n", "shop", "--allow-empty"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains("\"namespace\":\"shop\"", "\"fail\":0,")
                .doesNotContain("Cluster", "n1");
        assertThat(asked("/namespaces?")).isEmpty();
    }

    @Test
    void namespacesThatCannotBeListedAreAProblemOfPolicyReportsAlone() {
        api.list(PODS, "PodList", pod("web", "u", "", "nginx:1"));
        Answer forbidden = new Answer("/namespaces?", 403, null, "{\"message\":\"forbidden\"}");
        api.once(forbidden);

        assertThat(reportPolicies("--exit-zero")).isEqualTo(2);
        assertThat(err.toString()).contains("Namespace: the API server answers 403: forbidden");
        assertThat(out.toString()).contains("\"namespace\":\"shop\"", "\"error\":1,");

        api.once(forbidden);
        assertThat(check()).isZero();
    }
}
