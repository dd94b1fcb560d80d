package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The containerd of a real node asks {@code imagegate verifier}: for pods of {@code kube-system}, which the webhook of {@code base}
 * leaves out, and for a static pod, which no webhook can refuse.
 */
@ResourceLock("cluster")
@Tag("nightly")
class NodeVerifierIT {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: node}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest]}}
                - {name: own, allow: ["127.0.0.1:5000/*"]}
            """;

    private static final String STATIC_POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: static, namespace: kube-system}
            spec: {containers: [{name: app, image: "127.0.0.1:5000/app:latest"}]}
            """;

    /** Sees all namespaces but {@code kube-system}, as that of {@code base} does, and nobody answers. */
    private static final String WEBHOOK = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: imagegate}
            webhooks:
              - name: images.imagegate.io
                admissionReviewVersions: [v1]
                clientConfig: {url: "https://127.0.0.1:9/validate"}
                sideEffects: None
                namespaceSelector:
                  matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [kube-system]}]
                rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
            """;

    /** {@code refused POD} waits for the event in which the node says why, and for the state of the pod. */
    private static final String SCRIPT = """
            kubectl run allowed --image=127.0.0.1:5000/app:1
            kubectl wait --for=condition=Ready pod/allowed --timeout=3m
            kubectl apply -f webhook.yaml
            until { kubectl run seen --image=127.0.0.1:5000/app:latest --dry-run=server 2>&1 || true; } \\
              | grep -F 'failed calling webhook'
            do sleep 0.2; done
            kubectl -n kube-system run unseen --image=127.0.0.1:5000/app:latest
            refused() {
              until kubectl -n kube-system events --for "pod/$1" | grep -F 'violates rule "fixed-tag"'; do sleep 0.2; done
              until kubectl -n kube-system get pod "$1" | grep -E ' (ErrImagePull|ImagePullBackOff) '; do sleep 0.2; done
            }
            refused unseen
            refused static-node
            """;

    @Test
    void refusesWhatNoWebhookSees(@TempDir Path folder) throws Exception {
        Path config = folder.resolve("config");
        Files.createDirectories(config.resolve("policies"));
        Files.writeString(config.resolve("policies/policy.yaml"), POLICY);
        Path manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("static.yaml"), STATIC_POD);
        Files.writeString(folder.resolve("webhook.yaml"), WEBHOOK);
        Path verifiers = verifiers(folder, config);
        try (Cluster cluster = Cluster.start(
                "cluster.sh", Map.of("VERIFIERS", verifiers.toString(), "MANIFESTS", manifests.toString()))) {
            String printed = cluster.succeed(folder, SCRIPT);

            assertThat(printed)
                    .containsPattern(
                            "Pod/unseen +Failed to pull image \"127.0.0.1:5000/app:latest\": .*image verifier bindir"
                                    + " blocked pull of 127.0.0.1:5000/app:latest with digest sha256:[0-9a-f]{64} for reason: verifier"
                                    + " imagegate rejected image \\(exit code 1\\): image \"127.0.0.1:5000/app:latest@sha256:")
                    .containsPattern("Pod/static-node +Failed to pull image .* violates rule \"fixed-tag\"");
        }
    }

    /** The script of the package, beside a program that runs the built jar, and with the folder of this test. */
    private static Path verifiers(Path folder, Path config) throws Exception {
        Path server = Path.of(System.getProperty("imagegate.containerfile")).resolveSibling("src/package");
        Path verifiers = Files.createDirectories(folder.resolve("package/lib/verifier"));
        Path script = verifiers.resolve("imagegate");
        Files.writeString(
                script,
                Files.readString(server.resolve("lib/verifier/imagegate"))
                        .replace("/etc/imagegate/verifier", config.toString()));
        Path program = Files.createDirectories(folder.resolve("package/bin")).resolve("imagegate");
        Files.writeString(
                program,
                "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -jar '%s' \"$@\"\n"
                        .formatted(System.getProperty("java.home"), System.getProperty("imagegate.jar")));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return verifiers;
    }
}
