package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The table of SITUATIONS.md, seen in a real cluster with a real Prometheus: what readiness, metrics, alerts, log, console,
 * reports and kubectl say. An alert counts as soon as it is pending: how long it waits is not what is tested here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ResourceLock("cluster")
@Tag("nightly")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SituationsIT {

    private static final String HOST = "imagegate.imagegate.svc";

    private static final String VALUES = """
            image: {repository: "127.0.0.1:5000/imagegate", tag: built}
            replicas: 1
            podDisruptionBudget: {enabled: false}
            policy: {configMap: situations}
            certificates: {from: given, given: {secret: situations-tls}}
            mounts: [{name: clients, configMap: situations-clients}]
            options: {client-ca: /etc/imagegate/clients/ca.pem, console-port: 8090, idle-timeout: 5s}
            monitoring: {enabled: true, serviceMonitor: {enabled: false}, prometheusRule: {enabled: false}, dashboard: {enabled: false}}
            webhook: {timeoutSeconds: 5}
            """;

    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec: {registries: [{host: "198.18.88.1:5001", plainHttp: true}, {host: "198.18.88.1:5002", plainHttp: true}]}
            """;

    /** Of the registries, one limits everybody and nobody listens at the other's address. */
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: cluster}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest]}}
                - {name: pinned, digest: {required: true}, enforce: warn, match: {namespaces: [warned]}}
                - {name: exists, image: {exists: true}, match: {images: ["198.18.88.1:*/**"]}}
              exceptions:
                - {rules: [fixed-tag], images: ["127.0.0.1:5000/old"], reason: migration of the shop, expires: EXPIRES}
              expiryWarning: 14d
              breakGlass: {annotation: imagegate.io/break-glass, value: "INC-*", namespaces: [default]}
            """;

    /** The API server has a certificate of its own. */
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
                user: {client-certificate: FOLDER/apiserver-client.pem, client-key: FOLDER/apiserver-client-key.pem}
            """;

    private static final String PREPARE = """
            kubectl create namespace imagegate
            kubectl create namespace warned
            sed "s/EXPIRES/$(date -d '5 days' +%Y-%m-%d)/" policy.yaml > valid.yaml
            sed 's/required: true, deny/required: 7, deny/' valid.yaml > broken.yaml
            kubectl -n imagegate create configmap situations --from-file=policy.yaml=valid.yaml
            kubectl -n imagegate create configmap situations-clients --from-file=ca.pem
            kubectl -n imagegate create secret tls situations-tls --cert=webhook.pem --key=webhook-key.pem
            helm install imagegate CHART --namespace imagegate --values values.yaml FILES --wait
            until { kubectl run probe --image=nginx --dry-run=server 2>&1 || true; } | grep fixed-tag; do sleep 0.2; done
            helm template imagegate CHART --namespace imagegate --values values.yaml FILES \\
              --set monitoring.prometheusRule.enabled=true,form=mutating --show-only templates/prometheusrule.yaml \\
              | sed '1,/^spec:/d; s/^  //' > rules.yaml
            """;

    /** What the commands of the situations use. */
    private static final String FUNCTIONS = """
            pod() { kubectl -n imagegate get pods -l app.kubernetes.io/component=webhook -o "jsonpath={.items[0].$1}"; }
            url() { echo "http://$(pod status.podIP):8080/$1"; }
            # The kubelet writes a volume when it next looks at a pod, such as after a change of its annotations.
            replace() { kubectl -n imagegate create "$@" --dry-run=client -o yaml | kubectl replace -f -
              kubectl -n imagegate annotate pod "$(pod metadata.name)" seen="$(date +%s%N)" --overwrite; }
            metric() { until curl -sf "$(url metrics)" | grep -E "^$1"; do sleep 0.2; done; }
            readyz() { until curl -s "$(url 'readyz?verbose')" | tee readyz | grep -E "$1" > /dev/null; do sleep 0.2; done; cat readyz; }
            log() { until kubectl -n imagegate logs "$(pod metadata.name)" | grep -E "$1"; do sleep 0.2; done | tail -1; }
            console() { : > forwarded
              kubectl -n imagegate port-forward "$(pod metadata.name)" :8090 > forwarded & local forward=$!
              until grep -q 'from 127' forwarded; do sleep 0.1; done
              { curl -sfN --max-time 2 "http://$(sed -n 's/.* from \\(127[^ ]*\\) .*/\\1/p' forwarded)/api/$1" || true; }
              kill "$forward"; }
            refused() { until { kubectl run denied --image=nginx 2>&1 || true; } | grep "$1"; do sleep 0.5; done; }
            alert() { until ALERTS | grep -E "^($1) "; do sleep 0.5; done; }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init")
    private Prometheus prometheus;

    @BeforeAll
    void starts() throws Exception {
        Prometheus.needs();
        BuiltImage image = BuiltImage.get();
        write("values.yaml", VALUES);
        write("policy.yaml", POLICY);
        write("registries.yaml", REGISTRIES);
        write("admission.yaml", ADMISSION);
        write("client.yaml", CLIENT);
        Command.Result certificates = Command.run(
                folder,
                List.of("java", "-jar", System.getProperty("imagegate.jar"), "certs", "--out", ".", "--host", HOST));
        assertThat(certificates.status()).as(certificates.output()).isZero();
        cluster = Cluster.start(
                "cluster.sh",
                Map.of("ADMISSION", folder.resolve("admission.yaml").toString()));
        image.push("docker://127.0.0.1:5000/imagegate:built");
        cluster.succeed(folder, named(PREPARE));
        prometheus = Prometheus.start(cluster, folder);
        write("functions.sh", FUNCTIONS.replace("ALERTS", prometheus.alerts()));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text.replace("FOLDER", folder.toString()));
    }

    @AfterAll
    void ends() throws IOException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    private static String named(String commands) {
        return commands.replace("JAR", System.getProperty("imagegate.jar"))
                .replace("CHART", Helm.CHART.toString())
                .replace(
                        "FILES",
                        "--set-file certificates.given.ca=ca.pem --set-file 'registries.files.registries\\.yaml=registries.yaml'");
    }

    private String see(String commands) throws Exception {
        return cluster.succeed(folder, ". ./functions.sh\n" + named(commands));
    }

    /** What kubectl says of something that is refused. */
    private String refused(String command) throws Exception {
        return cluster.fail(folder, command);
    }

    @Test
    @Order(1)
    void aRuleWarns() throws Exception {
        assertThat(see("kubectl -n warned run warned --image=127.0.0.1:5000/app:1"))
                .contains("Warning: image \"127.0.0.1:5000/app:1\"", "violates rule \"pinned\"", "created");
        assertThat(see("""
                        log '"name":"warned".*"outcome":"warned"'
                        metric 'imagegate_violations_total.*outcome="warned"'
                        metric 'imagegate_would_deny_total.*enforcement="warn".*rule="pinned"'
                        readyz ok
                        console decisions
                        """)).contains("\"warned\"");
        assertThat(report("warned")).contains("\"rule\":\"pinned\",\"result\":\"warn\"");
    }

    @Test
    @Order(2)
    void theGlassIsBroken() throws Exception {
        assertThat(
                        see(
                                "kubectl run glass --image=127.0.0.1:5000/app:latest --annotations=imagegate.io/break-glass=INC-7"))
                .contains("Warning: allowed by break-glass: image", "violates rule \"fixed-tag\"", "created");
        assertThat(see("""
                        log '"name":"glass".*"outcome":"broke-glass","ticket":"INC-7"'
                        metric 'imagegate_violations_total.*outcome="broke-glass"'
                        alert ImagegateGlassWasBroken
                        readyz ok
                        console decisions
                        """)).contains("broke-glass");
        assertThat(report("default")).contains("\"result\":\"skip\"", "\"outcome\":\"broke-glass\"");
    }

    @Test
    @Order(3)
    void anExceptionExpiresSoon() throws Exception {
        assertThat(see("kubectl run shop --image=127.0.0.1:5000/old"))
                .contains("Warning: an exception from rule", "migration of the shop");
        assertThat(see("""
                        log '"name":"shop".*"outcome":"exempted","exception":"migration of the shop","expires"'
                        metric 'imagegate_violations_total.*outcome="exempted"'
                        readyz ok
                        console state
                        """)).contains("\"daysLeft\":5");
        assertThat(report("default")).contains("\"exception\":\"migration of the shop\",\"expires\":");
    }

    @Test
    @Order(4)
    void aRegistryIsDown() throws Exception {
        assertThat(refused("kubectl run down --image=198.18.88.1:5002/app:1"))
                .contains("violates rule \"exists\": 198.18.88.1:5002 is down");
        assertThat(see("""
                        log '"name":"down".*"state":"unavailable"'
                        metric 'imagegate_fact_requests_total.*outcome="unavailable"'
                        for i in 1 2 3; do kubectl run down --image=198.18.88.1:5002/app:1 2> /dev/null || sleep 2; done
                        alert ImagegateRegistryIsDown
                        readyz ok
                        console state
                        """)).contains("{\"host\":\"198.18.88.1:5002\",\"state\":\"down\",\"since\":");
        see("kubectl -n kube-system run down --image=198.18.88.1:5002/app:1");
        assertThat(report("kube-system"))
                .containsPattern("\"rule\":\"exists\",\"result\":\"error\".*198.18.88.1:5002 is down");
    }

    @Test
    @Order(5)
    void aRegistryLimitsRequests() throws Exception {
        Process registry = limitingRegistry();
        try {
            assertThat(refused("kubectl run limited --image=198.18.88.1:5001/app:1"))
                    .contains("198.18.88.1:5001 limits requests (429)");
            assertThat(see("""
                        console state
                        log '"name":"limited".*"state":"undecidable"'
                        metric 'imagegate_fact_requests_total.*outcome="undecidable"'
                        metric 'imagegate_fact_registry_limited.*5001.* 1'
                        alert ImagegateRegistryLimitsRequests
                        readyz ok
                        """)).contains("{\"host\":\"198.18.88.1:5001\",\"state\":\"limited\"");
            see("kubectl -n kube-system run limited --image=198.18.88.1:5001/app:1");
            assertThat(report("kube-system"))
                    .containsPattern(
                            "\"rule\":\"exists\",\"result\":\"error\".*198.18.88.1:5001 limits requests \\(429\\)");
        } finally {
            registry.destroy();
        }
    }

    private static Process limitingRegistry() throws IOException, InterruptedException {
        Process registry = new ProcessBuilder("python3", "-c", """
                import http.server
                class Limited(http.server.BaseHTTPRequestHandler):
                    def do_GET(self):
                        self.send_response(429)
                        self.send_header("Retry-After", "60")
                        self.end_headers()
                    do_HEAD = do_GET
                server = http.server.HTTPServer(("198.18.88.1", 5001), Limited)
                print("ready", flush=True)
                server.serve_forever()
                """)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(registry.inputReader().readLine()).isEqualTo("ready");
        return registry;
    }

    @Test
    @Order(6)
    void aPolicyIsRejected() throws Exception {
        assertThat(see("""
                        replace configmap situations --from-file=policy.yaml=broken.yaml
                        metric 'imagegate_policy_rejected.* 1'
                        log 'rejected policy .*policy.yaml:6:41: spec.rules.0..tag.required: the number 7'
                        alert ImagegatePolicyIsRejected
                        readyz 'policy.yaml:6:41'
                        console state
                        """)).contains("the number 7, expected true or false").doesNotContain("last_good");
        assertThat(refused("kubectl run denied --image=nginx")).contains("violates rule \"fixed-tag\"");
        // Also while the last good policy is in force: the check has the same files.
        assertThat(see("""
                        status=0
                        java -jar JAR check --policy broken.yaml --registries registries.yaml --as-webhook --exit-zero -q \
                          -o policyreport=mistake.json pods.json || status=$?
                        [ "$status" = 2 ]
                        grep '"rule":"readable-input","result":"error","message":"broken.yaml:6:41: ' mistake.json
                        """)).contains("broken.yaml:6:41: spec.rules[0].tag.required: the number 7");
    }

    @Test
    @Order(7)
    void aContainerStartsWithTheLastGoodPolicy() throws Exception {
        assertThat(see("""
                        kill -9 $(pgrep -f '[i]o.imagegate.cli.Main serve --policy=/etc/imagegate/policy')
                        until [ "$(pod 'status.containerStatuses[0].restartCount')" = 1 ]; do sleep 0.2; done
                        kubectl -n imagegate wait --for=condition=Ready "pod/$(pod metadata.name)" --timeout=2m
                        metric 'imagegate_last_good_in_force 1'
                        log 'last_good: the policies'
                        alert ImagegateLastGoodIsInForce
                        readyz 'last_good'
                        console state
                        """)).contains("last_good");
        assertThat(refused("kubectl run denied --image=nginx")).contains("violates rule \"fixed-tag\"");
        see("""
                log '"policies":"last_good".*"name":"denied"'
                replace configmap situations --from-file=policy.yaml=valid.yaml
                metric 'imagegate_last_good_in_force 0'
                """);
    }

    @Test
    @Order(8)
    void theClientIsOfAnotherAuthority() throws Exception {
        // Open connections stay open, so the API server has to make another one.
        String before = report("default");
        assertThat(see("""
                        java -jar JAR certs --out other --host imagegate.imagegate.svc > /dev/null
                        replace configmap situations-clients --from-file=ca.pem=other/ca.pem
                        metric 'imagegate_certificate_reloads_total.*success.* 2'
                        metric 'imagegate_connections 0'
                        refused 'failed calling webhook'
                        metric 'imagegate_tls_handshake_failures_total.*untrusted.* [1-9]'
                        log 'rejected a client certificate: no authority in --client-ca signed it'
                        alert ImagegateClientsFailTheHandshake
                        alert ImagegateDoesNotAnswer
                        readyz ok
                        replace configmap situations-clients --from-file=ca.pem
                        refused fixed-tag
                        """)).contains("failed calling webhook \"images.imagegate.io\"");
        assertThat(report("default")).isEqualTo(before);
    }

    /** Both are judged before the kubelet takes the pod out of the Service. */
    @Test
    @Order(9)
    void theCertificateIsExpiredOrOfAnotherName() throws Exception {
        String before = report("default");
        see("""
                openssl req -new -key webhook-key.pem -subj /CN=imagegate -out request.pem
                echo subjectAltName=DNS:imagegate.imagegate.svc > names.txt
                openssl x509 -req -in request.pem -CA ca.pem -CAkey ca-key.pem -extfile names.txt \\
                  -not_before 20250101000000Z -not_after 20250201000000Z -out expired.pem
                java -jar JAR certs --ca . --out wrong --host other.example > /dev/null
                """);
        for (String[] certificate : new String[][] {
            {"expired.pem", "webhook-key.pem", "expired"}, {"wrong/webhook.pem", "wrong/webhook-key.pem", "name"}
        }) {
            assertThat(see("""
                            replace secret tls situations-tls --cert=CERT --key=KEY
                            metric 'imagegate_certificate_usable.*serving.* 0'
                            readyz 'certificate.*WHAT'
                            log 'certificate.*WHAT'
                            alert ImagegateCertificateIsUnusable
                            refused 'failed calling webhook'
                            alert ImagegateDoesNotAnswer
                            console state
                            """.replace("CERT", certificate[0])
                            .replace("KEY", certificate[1])
                            .replace("WHAT", certificate[2])))
                    .contains("\"ready\":false");
        }
        assertThat(report("default")).isEqualTo(before);
        see("""
                replace secret tls situations-tls --cert=webhook.pem --key=webhook-key.pem
                metric 'imagegate_certificate_usable.*serving.* 1'
                refused fixed-tag
                """);
    }

    @Test
    @Order(10)
    void theMutatingFormHasNoReplicas() throws Exception {
        String before = report("default");
        assertThat(see("""
                        helm upgrade imagegate CHART --namespace imagegate --values values.yaml FILES \\
                          --set form=mutating --wait
                        refused fixed-tag
                        kubectl -n imagegate scale deployment imagegate --replicas=0
                        refused 'failed calling webhook'
                        alert ImagegateDoesNotAnswer
                        alert ImagegateIsDown
                        """)).contains("failed calling webhook \"mutate.images.imagegate.io\"");
        assertThat(report("default")).isEqualTo(before);
    }

    /** The alert is of kube-state-metrics, which this cluster does not have; AlertsTest has it evaluated. */
    @Test
    @Order(11)
    void theWebhookIsDeleted() throws Exception {
        assertThat(see("""
                        kubectl -n imagegate scale deployment imagegate --replicas=1
                        kubectl -n imagegate rollout status deployment/imagegate --timeout=2m
                        kubectl delete validatingwebhookconfigurations,mutatingwebhookconfigurations -l imagegate.io/part=gate
                        until kubectl run admitted --image=nginx; do sleep 0.5; done
                        readyz ok
                        """)).contains("pod/admitted created");
        assertThat(report("default")).contains("\"name\":\"admitted\"", "\"rule\":\"fixed-tag\",\"result\":\"fail\"");
    }

    /** The results of the next cluster check, a line each: `check` reads no cluster whose API server it cannot verify, so what kubectl lists. */
    private String report(String namespace) throws Exception {
        return see("""
                kubectl -n NAMESPACE get pods -o json > pods.json
                java -jar JAR check --policy valid.yaml --registries registries.yaml --as-webhook --exit-zero -q -o policyreport=report.json pods.json
                jq -c '.. | objects | select(has("result")) | del(.timestamp)' report.json
                """.replace("NAMESPACE", namespace));
    }
}
