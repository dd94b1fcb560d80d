package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A real API server asks a server outside its cluster, by a URL that names policies and with its own certificate. */
@ResourceLock("cluster")
@Tag("nightly")
class ManyClustersIT {

    /** Denies one tag of the cluster's image. */
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: %s}
            spec: {rules: [{name: tags, tag: {deny: ["%s"]}}]}
            """;

    private static final String ADMISSION = """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AdmissionConfiguration
            plugins:
              - name: ValidatingAdmissionWebhook
                configuration:
                  apiVersion: apiserver.config.k8s.io/v1
                  kind: WebhookAdmissionConfiguration
                  kubeConfigFile: %s/kubeconfig
            """;

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            users:
              - name: "*"
                user: {client-certificate: %1$s/apiserver-client.pem, client-key: %1$s/apiserver-client-key.pem}
            """;

    /** Serves until the script ends. {@code asks URL POLICY TAG TEXT} waits until a pod with that tag gets such an answer. */
    private static final String SCRIPT = """
            java -jar JAR serve --host 127.0.0.1 --port PORT --tls-cert webhook.pem --tls-key webhook-key.pem \\
              --client-ca ca.pem --client-name prod=cn:kube-apiserver,dev=cn:other-apiserver \\
              --policy prod=prod.yaml,dev=dev.yaml > server.log 2>&1 &
            trap 'kill $(jobs -p)' EXIT
            until grep -q ' answers on ' server.log; do sleep 0.1; done
            asks() {
              kubectl apply -f - <<EOF
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: imagegate}
            webhooks:
              - name: images.imagegate.io
                admissionReviewVersions: [v1]
                clientConfig: {url: "https://127.0.0.1:PORT$1", caBundle: $(base64 -w0 ca.pem)}
                failurePolicy: $2
                sideEffects: None
                timeoutSeconds: 10
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            EOF
              until { kubectl run pod --image="127.0.0.1:5000/app:$3" --dry-run=server 2>&1 || true; } | grep -F "$4"
              do sleep 0.2; done
            }
            asks /validate/prod Fail 2 'the tag "2" is not allowed'
            asks /validate/prod Fail 1 'pod/pod created'
            asks /validate/pord Ignore 1 'there is no policy with the name "pord"'
            asks /validate Ignore 1 'names no policy'
            asks /validate/dev Fail 2 'none of the accepted names'
            """;

    @Test
    void thePathNamesThePolicies(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("prod.yaml"), POLICY.formatted("prod", "2"));
        Files.writeString(folder.resolve("dev.yaml"), POLICY.formatted("dev", "1"));
        Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG.formatted(folder));
        Path admission = Files.writeString(folder.resolve("admission.yaml"), ADMISSION.formatted(folder));
        String jar = System.getProperty("imagegate.jar");
        Command.Result certificates =
                Command.run(folder, List.of("java", "-jar", jar, "certs", "--out", ".", "--host", "127.0.0.1"));
        assertThat(certificates.status()).as(certificates.output()).isZero();
        try (Cluster cluster = Cluster.start("cluster.sh", Map.of("ADMISSION", admission.toString()))) {
            cluster.succeed(folder, SCRIPT.replace("JAR", jar).replace("PORT", String.valueOf(FreePort.find())));
        }
        assertThat(Files.readString(folder.resolve("server.log")))
                .contains(" denied prod default/pod 127.0.0.1:5000/app:2 by admin ")
                .containsPattern(
                        " denied default/pod 127.0.0.1:5000/app:1 by admin [^)]*\\): there is no policy with the name \"pord\"")
                .doesNotContain("denied dev", "allowed dev");
    }
}
