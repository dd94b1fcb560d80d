package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Rules on who asks, which container and which kind in a real cluster, at the path of a policy with a name: what the API server
 * tells, what controllers create, and that nobody arms break-glass beforehand.
 */
@ResourceLock("cluster")
@Tag("nightly")
class LanguageClusterIT extends InstallationContract {

    private static final String POLICY = """
                - name: init-pinned
                  match: {namespaces: [default], kinds: [Pod], containers: {types: [init]}}
                  digest: {required: true}
                - name: ci-pinned
                  match: {users: ["system:serviceaccount:ci:*"]}
                  digest: {required: true}
                - name: shop
                  match: {namespaces: [default], kinds: [Deployment.apps], labels: {tier: web}}
                  cel: "image.repository == 'app' && request.operation == 'CREATE'"
                - name: own-path
                  match: {namespaces: ["team-*"]}
                  allow: ["127.0.0.1:5000/{namespace}/**"]
              workloads:
                - {kind: Robot.example.com, images: ["spec.steps[*].image"]}
              onUpdate: new-images
              breakGlass:
                annotation: ticket.image-policy.k8s.io/break-glass
                value: "INC-*"
                namespaces: [default]
                users:
                  - system:serviceaccount:kube-system:deployment-controller
                  - system:serviceaccount:kube-system:replicaset-controller
                groups: [sre]
            """;

    private static final String KINDS = """
                  - apiGroups: [argoproj.io, example.com]
                    apiVersions: ["*"]
                    operations: [CREATE, UPDATE]
                    resources: [rollouts, robots]
                    scope: Namespaced
            """;

    private static final String EVE = " --as=eve --as-group=developers --as-group=system:authenticated";
    private static final String SAM = " --as=sam --as-group=sre --as-group=system:authenticated";
    private static final String ANNOTATION = "ticket.image-policy.k8s.io/break-glass";
    private static final String ARMED = """
            '{"spec": {"template": {"metadata": {"annotations": {"ticket.image-policy.k8s.io/break-glass": "INC-1"}}}}}'""";

    LanguageClusterIT() {
        super("language");
    }

    @BeforeAll
    void registers() throws Exception {
        // Its controllers have service accounts of their own, as those of most clusters have.
        installation = Installation.prepare("kubeadm.sh", Map.of(), delivery -> {
            delivery.append("base/policy.yaml", POLICY);
            replace(delivery, "base/deployment.yaml", "--policy=", "--policy=prod=");
            replace(delivery, "base/validatingwebhookconfiguration.yaml", "path: /validate", "path: /validate/prod");
            delivery.append("base/validatingwebhookconfiguration.yaml", KINDS);
        });
        run(Installation.APPLY + " -l 'imagegate.io/part!=gate'");
        installation.awaitRollout();
        run("""
                kubectl apply -f FILES/kinds.yaml -f FILES/users.yaml
                kubectl wait --for=condition=Established crd/rollouts.argoproj.io crd/robots.example.com --timeout=3m
                kubectl create namespace ci
                kubectl create namespace team-a
                kubectl create deployment before --image=127.0.0.1:5000/app
                """);
        run(Installation.APPLY);
        // The API server takes up a new configuration after a moment.
        run("while kubectl run probe --image=app --dry-run=server; do sleep 0.1; done");
    }

    private static void replace(Delivery delivery, String file, String text, String by) throws IOException {
        Path path = delivery.folder().resolve(file);
        String before = Files.readString(path);
        assertThat(before).containsOnlyOnce(text);
        Files.writeString(path, before.replace(text, by));
    }

    @Test
    void nobodyElseArmsBreakGlass() throws Exception {
        run("kubectl create deployment web --image=127.0.0.1:5000/app:1" + EVE
                + "\nkubectl rollout status deployment/web --timeout=3m");
        String added = "but user \"eve\" is none of those who may break the glass";
        assertThat(fail("kubectl annotate deployment web " + ANNOTATION + "=INC-1" + EVE))
                .contains(added);
        assertThat(fail("kubectl patch deployment web -p " + ARMED + EVE)).contains(added);
        assertThat(fail("kubectl run armed --image=127.0.0.1:5000/app:1 --annotations=" + ANNOTATION + "=INC-1" + EVE))
                .contains(added);
        // A value that opens nothing.
        run("kubectl annotate deployment web " + ANNOTATION + "=none" + EVE);
        assertThat(fail("kubectl set image deployment/web app=127.0.0.1:5000/app" + EVE))
                .contains("fixed-tag");

        run("""
                kubectl annotate --overwrite deployment web ANNOTATION=INC-1AS
                kubectl patch deployment web -p ARMEDAS
                kubectl set image deployment/web app=127.0.0.1:5000/appAS
                """.replace("ANNOTATION", ANNOTATION).replace("ARMED", ARMED).replace("AS\n", SAM + "\n"));
        run("skopeo copy -q --src-tls-verify=false --dest-tls-verify=false"
                + " docker://127.0.0.1:5000/app:1 docker://127.0.0.1:5000/app:latest");
        run("kubectl rollout status deployment/web --timeout=3m");
        assertThat(run("kubectl get pods -l app=web -o jsonpath='{.items[*].spec.containers[*].image}'"))
                .contains("127.0.0.1:5000/app");
        // The glass is open for the ones who broke it.
        assertThat(fail("kubectl set image deployment/web app=127.0.0.1:5000/other" + EVE))
                .contains("fixed-tag", "user \"eve\" is none of those who may break the glass");
        run("kubectl annotate deployment web " + ANNOTATION + "-" + EVE);
    }

    @Test
    void anOldDeploymentKeepsItsImageAndGetsNewOnes() throws Exception {
        String patch = "kubectl patch deployment before -p"
                + " '{\"spec\": {\"template\": {\"spec\": {\"containers\": [{\"name\": \"NAME\", \"image\": \"IMAGE\"}]}}}}'"
                + EVE;
        run("kubectl scale deployment before --replicas=0" + EVE);
        run(patch.replace("NAME", "log").replace("IMAGE", "127.0.0.1:5000/app:2"));
        assertThat(fail(patch.replace("NAME", "more").replace("IMAGE", "127.0.0.1:5000/app")))
                .contains("containers[0] \"more\"")
                .doesNotContain("\"app\"");
    }

    @Test
    void rulesKnowWhoAndWhichContainer() throws Exception {
        String init = "kubectl run init --image=127.0.0.1:5000/app:1 --dry-run=server --overrides="
                + "'{\"spec\": {\"initContainers\": [{\"name\": \"first\", \"image\": \"IMAGE\"}]}}'";
        assertThat(fail(init.replace("IMAGE", "127.0.0.1:5000/app:1")))
                .contains("spec.initContainers[0] \"first\"", "init-pinned")
                .doesNotContain("spec.containers[0]");
        run(init.replace("IMAGE", "127.0.0.1:5000/app@sha256:" + "0".repeat(64)));
        String pod = "kubectl run one --image=127.0.0.1:5000/app:1 --dry-run=server";
        assertThat(fail(pod + " --as=system:serviceaccount:ci:builder")).contains("ci-pinned");
        run(pod + EVE);
        String deployment = "kubectl create deployment shop --dry-run=client -o json --image=127.0.0.1:5000/IMAGE:1"
                + " | jq '.spec.template.metadata.labels.tier = \"TIER\"' | kubectl create --dry-run=server -f -";
        run(deployment.replace("IMAGE", "app").replace("TIER", "web"));
        run(deployment.replace("IMAGE", "other").replace("TIER", "back"));
        assertThat(fail(deployment.replace("IMAGE", "other").replace("TIER", "web")))
                .contains("the expression is false");
        String team = "kubectl -n team-a run one --dry-run=server --image=127.0.0.1:5000/";
        run(team + "team-a/app:1");
        assertThat(fail(team + "team-b/app:1")).contains("own-path");
    }

    @Test
    void readsKindsThatAreNotBuiltIn() throws Exception {
        String rollout = """
                kubectl create --dry-run=server -f - <<< '{"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout",
                  "metadata": {"name": "web"}, "spec": {"template": {"spec": {"containers": [{"name": "app", "image": "IMAGE"}]}}}}'
                """;
        run(rollout.replace("IMAGE", "127.0.0.1:5000/app:1"));
        assertThat(fail(rollout.replace("IMAGE", "127.0.0.1:5000/app")))
                .contains("spec.template.spec.containers[0]", "fixed-tag");
        String robot = """
                kubectl create --dry-run=server -f - <<< '{"apiVersion": "example.com/v1", "kind": "Robot",
                  "metadata": {"name": "walle"}, "spec": {"steps": [{"image": "127.0.0.1:5000/app:1"}, {"image": "IMAGE"}]}}'
                """;
        run(robot.replace("IMAGE", "127.0.0.1:5000/app:2"));
        assertThat(fail(robot.replace("IMAGE", "127.0.0.1:5000/app"))).contains("spec.steps[1]", "fixed-tag");
    }
}
