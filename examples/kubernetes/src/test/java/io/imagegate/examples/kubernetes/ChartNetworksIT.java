package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The chart where pods are not reached: a real API server with a certificate of its own asks pods in the network of their node, a server outside
 * of its cluster, and static pods are scraped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ResourceLock("cluster")
@Tag("nightly")
class ChartNetworksIT {

    private static final String ADMISSION = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
              - name: ValidatingAdmissionWebhook
                configuration: &client
                  {apiVersion: apiserver.config.k8s.io/v1, kind: WebhookAdmissionConfiguration, kubeConfigFile: FOLDER/client.yaml}
              - name: MutatingAdmissionWebhook
                configuration: *client
            """;

    private static final String CLIENT = """
            apiVersion: v1
            kind: Config
            users:
              - name: "*"
                user: {client-certificate: FOLDER/kube-apiserver-client.pem, client-key: FOLDER/kube-apiserver-client-key.pem}
            """;

    private static final String VALUES = """
            image: {repository: "127.0.0.1:5000/imagegate", tag: built}
            hostNetwork: true
            ports: {https: 20443, management: 28080, metrics: 29443}
            options: {client-ca: /etc/imagegate/clients/ca.pem, client-name: kube-apiserver}
            mounts: [{name: clients, configMap: clients}]
            certificates: {from: given, given: {secret: host-tls}}
            monitoring: {enabled: true, serviceMonitor: {enabled: false}, prometheusRule: {enabled: false}, dashboard: {enabled: false}}
            """;

    /** One node has room for one of two replicas, so nobody waits for both. */
    private static final String HOST_NETWORK = """
            kubectl create namespace imagegate
            kubectl -n imagegate create configmap clients --from-file=ca.pem
            kubectl -n imagegate create secret tls host-tls --cert=webhook.pem --key=webhook-key.pem
            helm install imagegate CHART -n imagegate --values values.yaml --set-file certificates.given.ca=ca.pem --timeout 5m
            until kubectl -n imagegate get pods -l app.kubernetes.io/component=webhook -o json | jq -e '[.items[]
              | select(.spec.hostNetwork and any(.status.conditions[]; .type == "Ready" and .status == "True"))] | length == 1'
            do sleep 0.5; done
            """;

    private static final String DENIED = """
            until { kubectl run denied --image=nginx --dry-run=server 2>&1 || true; } | grep 'fixed-tag'; do sleep 0.2; done
            """;

    private static final String OUTSIDE = """
            java -jar JAR serve --host 127.0.0.1 --port PORT --tls-cert webhook.pem --tls-key webhook-key.pem \\
              --client-ca ca.pem --client-name prod=kube-apiserver --policy prod=prod.yaml > server.log 2>&1 &
            trap 'kill $(jobs -p)' EXIT
            until grep -q ' answers on ' server.log; do sleep 0.1; done
            helm install imagegate CHART -n outside --create-namespace --wait --set form=mutating,certificates.from=given \\
              --set-file certificates.given.ca=ca.pem --set webhook.url=https://127.0.0.1:PORT,webhook.policySet=prod
            until { kubectl run denied --image=127.0.0.1:5000/app:2 --dry-run=server 2>&1 || true; } | grep 'the tag "2"'
            do sleep 0.2; done
            kubectl run moved --image=old.example/app:1 --dry-run=server -o jsonpath='{.spec.containers[0].image}'
            kubectl -n outside get all,secrets,configmaps -o name
            """;

    private static final String PROD = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: prod}
            spec:
              rules: [{name: tags, tag: {deny: ["2"]}}]
              mutate: {rewrite: [{from: "old.example/*", to: "127.0.0.1:5000/*"}]}
            """;

    /** The files of a control-plane machine, in a folder of the test. */
    private static final String STATIC_POD = """
            for file in pod monitoring policy; do
              helm template imagegate CHART --set form=imagePolicyWebhook,monitoring.enabled=true,ports.metrics=29444 \\
                --set image.repository=127.0.0.1:5000/imagegate,image.tag=built,monitoring.dashboard.enabled=false \\
                --set monitoring.serviceMonitor.tlsConfig.serverName=127.0.0.1 --show-only templates/control-plane/$file.yaml > $file.yaml
            done
            mkdir machine
            cp policy.yaml ca.pem webhook.pem webhook-key.pem machine
            chown -R 65532 machine
            chmod 755 . machine
            sed -i "s|path: /etc/imagegate$|path: $PWD/machine|" pod.yaml
            kubectl apply -f - <<< "$(sed '/^kind: ServiceMonitor/,$d' monitoring.yaml | sed '$d')"
            cp pod.yaml "$(dirname "$KUBECONFIG")/manifests"
            until kubectl -n kube-system get endpointslices -l kubernetes.io/service-name=imagegate-metrics \\
              -o jsonpath='{.items[*].endpoints[*].addresses[*]} {.items[*].ports[*].port}' | grep -x '198.18.88.1 29444'
            do sleep 0.2; done
            """;

    private static final String SCRAPE = """
            scrape() {
              until curl -sS --max-time 20 --cacert ca.pem --connect-to "::198.18.88.1:$1" \\
                --cert prometheus-client.pem --key prometheus-client-key.pem "https://$2:$1/metrics" | grep '^imagegate_ready 1.0$'
              do sleep 0.5; done
            }
            """;

    private static final String REFUSED = """
            refused() { if curl -sS --max-time 20 "$@"; then exit 1; fi; }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @BeforeAll
    void starts() throws Exception {
        BuiltImage image = BuiltImage.get();
        write("admission.yaml", ADMISSION);
        write("client.yaml", CLIENT);
        write("values.yaml", VALUES);
        write("prod.yaml", PROD);
        Command.Result certificates = Command.run(
                folder,
                List.of(
                        "java",
                        "-jar",
                        System.getProperty("imagegate.jar"),
                        "certs",
                        "--out=.",
                        "--host=imagegate.imagegate.svc,127.0.0.1",
                        "--client-name=kube-apiserver,prometheus"));
        assertThat(certificates.status()).as(certificates.output()).isZero();
        cluster = Cluster.start(
                "cluster.sh",
                Map.of("ADMISSION", folder.resolve("admission.yaml").toString()));
        image.push("docker://127.0.0.1:5000/imagegate:built");
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text.replace("FOLDER", folder.toString()));
    }

    @AfterAll
    void ends() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    private String run(String commands) throws Exception {
        return cluster.succeed(
                folder,
                commands.replace("JAR", System.getProperty("imagegate.jar")).replace("CHART", Helm.CHART.toString()));
    }

    @Test
    void podsInTheNetworkOfTheNodeAnswerTheApiServerAndNobodyElse() throws Exception {
        run(HOST_NETWORK);
        run(DENIED);
        assertThat(run("kubectl run allowed --image=127.0.0.1:5000/app:1")).contains("created");
        run(SCRAPE + "scrape 29443 imagegate.imagegate.svc");
        assertThat(run(REFUSED + """
                curl -sS --max-time 20 http://127.0.0.1:28080/readyz
                refused http://198.18.88.1:28080/readyz
                for port in 20443 29443; do
                  refused --cacert ca.pem --connect-to ::198.18.88.1: https://imagegate.imagegate.svc:$port/metrics
                done
                curl -s --max-time 20 -o other.txt -w 'prometheus %{http_code}\\n' --cacert ca.pem --connect-to ::198.18.88.1: \\
                  --cert prometheus-client.pem --key prometheus-client-key.pem \\
                  --json '{}' https://imagegate.imagegate.svc:20443/validate
                """)).contains("ok", "prometheus 403");
        run("helm uninstall imagegate -n imagegate --wait");
    }

    @Test
    void aServerOutsideReviewsByItsUrl() throws Exception {
        assertThat(run(OUTSIDE.replace("PORT", String.valueOf(FreePort.find()))))
                .contains("127.0.0.1:5000/app:1")
                .doesNotContain("deployment", "service/", "secret/imagegate");
        run("helm uninstall imagegate -n outside --wait");
        assertThat(folder.resolve("server.log"))
                .content()
                .contains(" denied prod default/denied 127.0.0.1:5000/app:2 by admin ");
    }

    /** By the certificates of the machine; the Service finds the mirror pod. */
    @Test
    void aStaticPodIsScrapedAtTheAddressOfItsMachine() throws Exception {
        run(STATIC_POD);
        run(SCRAPE + "scrape 29444 127.0.0.1");
        run(REFUSED + """
                refused --cacert ca.pem --connect-to ::198.18.88.1: https://127.0.0.1:29444/metrics
                refused --cacert ca.pem --connect-to ::198.18.88.1: https://127.0.0.1:18443/validate
                rm "$(dirname "$KUBECONFIG")/manifests/pod.yaml"
                """);
    }
}
