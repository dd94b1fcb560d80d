package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the console says that kubectl prints is what kubectl prints. */
@ResourceLock("cluster")
@Tag("nightly")
class ConsoleClusterIT {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest]}}
                - {name: pinned, digest: {required: true}, enforce: warn}
                - {name: quoted, tag: {deny: ["2"]}, message: "use \\"app:1\\",\\nnot {image}"}
            """;

    /** Serves until the script ends, and shows where kubectl prints something else than the console says. */
    private static final String SCRIPT = """
            java -jar JAR serve --host 127.0.0.1 --port PORT --tls-cert webhook.pem --tls-key webhook-key.pem \\
              --policy policy.yaml --console-port CONSOLE > server.log 2>&1 &
            trap 'kill $(jobs -p)' EXIT
            until grep -q ' answers on ' server.log; do sleep 0.1; done
            kubectl apply -f - <<EOF
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: imagegate}
            webhooks:
              - name: images.imagegate.io
                admissionReviewVersions: [v1]
                clientConfig: {url: "https://127.0.0.1:PORT/validate", caBundle: $(base64 -w0 ca.pem)}
                sideEffects: None
                timeoutSeconds: 10
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            EOF
            until { kubectl run seen --image=nginx --dry-run=server 2>&1 || true; } | grep fixed-tag; do sleep 0.2; done
            mkdir printed said
            n=0
            for image in nginx 127.0.0.1:5000/app:latest 127.0.0.1:5000/app:1 127.0.0.1:5000/app:2; do
              n=$((n + 1))
              kubectl run "pod-$n" --image="$image" 2> "printed/pod-$n" > /dev/null || true
            done
            page=http://127.0.0.1:CONSOLE/api/decisions
            { curl -sN --max-time 3 $page || true; } | sed -n 's/^data: //p' > stream
            for id in $(jq -r '.. | objects | select(.name? // "" | startswith("pod-")) | .id' stream); do
              curl -sf "$page/$id" > opened
              jq -r '(.decision.warnings[] | "Warning: " + .), (.decision.kubectl // empty)' opened > said/$(jq -r .row.name opened)
            done
            tail -n +1 printed/*
            diff -r printed said
            """;

    @Test
    void saysWhatKubectlPrints(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        String jar = System.getProperty("imagegate.jar");
        Command.Result certificates =
                Command.run(folder, List.of("java", "-jar", jar, "certs", "--out", ".", "--host", "127.0.0.1"));
        assertThat(certificates.status()).as(certificates.output()).isZero();
        try (Cluster cluster = Cluster.start("cluster.sh")) {
            String printed = cluster.succeed(
                    folder,
                    SCRIPT.replace("JAR", jar)
                            .replace("PORT", String.valueOf(FreePort.find()))
                            .replace("CONSOLE", String.valueOf(FreePort.find())));
            assertThat(printed)
                    .contains("==> printed/pod-1 <==\nWarning: ")
                    .contains("Error from server (Forbidden): ")
                    .contains("==> printed/pod-4 <==");
        }
    }
}
