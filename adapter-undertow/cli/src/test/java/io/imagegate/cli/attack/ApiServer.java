package io.imagegate.cli.attack;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import io.imagegate.cli.Program;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real kube-apiserver with its etcd on free ports of the loopback interface, which asks validating webhooks about pods. It
 * limits no client.
 */
final class ApiServer implements AutoCloseable {

    private static final int MOST_LOST = 20;

    private final Path folder;
    private final Path programs;
    private final List<Process> processes = new ArrayList<>();

    private ApiServer(Path folder, Path programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** Unpacks the programs, and builds the one that creates pods; leaves the test out where that is not possible. */
    static ApiServer prepare(Path folder) throws Exception {
        Machine.needs("go", "openssl");
        Machine.needs(Machine.Library.CLIENT_GO);
        Path programs = Files.createDirectories(Path.of("target/kubernetes")).toAbsolutePath();
        link("etcd", programs.resolve("etcd"));
        // One program: the name by which it is called says which.
        link("kubernetes", programs.resolve("kube-apiserver"));
        Program.Result built = Program.run(
                List.of(
                        "go",
                        "build",
                        "-o",
                        programs.resolve("create-pods").toString(),
                        "src/test/go/create-pods/main.go"),
                new byte[0],
                Machine.goEnvironment());
        if (built.status() != 0) {
            throw new IOException(built.err());
        }
        return new ApiServer(folder, programs);
    }

    private static void link(String program, Path name) throws IOException, InterruptedException {
        run("ln", "-sf", SharedPrograms.get(program).toString(), name.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Program.Result result = Program.run(List.of(command));
        if (result.status() != 0) {
            throw new IOException(result.err());
        }
    }

    /**
     * Starts both, and waits until the API server is ready.
     *
     * @param webhooks their ports by the start of the names of the pods about which each is asked
     * @param authority signed the certificates of all webhooks
     */
    void start(Map<String, Integer> webhooks, Path authority) throws Exception {
        int etcd = FreePort.find();
        int peers = FreePort.find();
        int port = FreePort.find();
        run("openssl", "genrsa", "-out", file("sa.key"), "2048");
        write("tokens.csv", "secret-token,admin,admin,system:masters\n");
        write("kubeconfig", """
                apiVersion: v1
                kind: Config
                clusters: [{name: lab, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: admin, user: {token: secret-token}}]
                contexts: [{name: lab, context: {cluster: lab, user: admin}}]
                current-context: lab
                """.formatted(port));
        writeWebhooks(webhooks, authority);
        begin(
                "etcd",
                "--data-dir",
                file("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls",
                "http://127.0.0.1:" + etcd,
                "--advertise-client-urls",
                "http://127.0.0.1:" + etcd,
                "--listen-peer-urls",
                "http://127.0.0.1:" + peers,
                "--initial-advertise-peer-urls",
                "http://127.0.0.1:" + peers,
                "--initial-cluster",
                "default=http://127.0.0.1:" + peers);
        begin(
                "kube-apiserver",
                "--etcd-servers=http://127.0.0.1:" + etcd,
                "--secure-port=" + port,
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none",
                "--cert-dir=" + file("certs"),
                "--token-auth-file=" + file("tokens.csv"),
                "--authorization-mode=AlwaysAllow",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + file("sa.key"),
                "--service-account-signing-key-file=" + file("sa.key"),
                "--service-cluster-ip-range=198.18.90.0/24",
                "--disable-admission-plugins=ServiceAccount",
                "--admission-control-config-file=" + file("admission.yaml"),
                "--enable-priority-and-fairness=false",
                "--max-requests-inflight=0",
                "--max-mutating-requests-inflight=0");
        Conditions.await("the API server is ready", () -> {
            if (!processes.get(1).isAlive()) {
                throw new IOException(Program.read(folder.resolve("kube-apiserver.log")));
            }
            return createPods("ready-", 1, 1).status() == 0;
        });
    }

    /** Webhooks that the API server knows from its first request on. */
    private void writeWebhooks(Map<String, Integer> ports, Path authority) throws IOException {
        Path manifests = Files.createDirectories(folder.resolve("manifests"));
        write("admission.yaml", """
                apiVersion: apiserver.config.k8s.io/v1
                kind: AdmissionConfiguration
                plugins:
                  - name: ValidatingAdmissionWebhook
                    configuration:
                      apiVersion: apiserver.config.k8s.io/v1
                      kind: WebhookAdmissionConfiguration
                      staticManifestsDir: %s
                """.formatted(manifests));
        String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            String name = port.getKey() + "webhook.static.k8s.io";
            Files.writeString(
                    manifests.resolve(name + ".yaml"), """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: %1$s}
                    webhooks:
                      - name: %1$s
                        clientConfig: {url: "https://127.0.0.1:%2$d/validate", caBundle: %3$s}
                        rules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
                        admissionReviewVersions: [v1]
                        sideEffects: None
                        failurePolicy: Fail
                        matchConditions: [{name: pods, expression: "object.metadata.name.startsWith('%4$s')"}]
                    """.formatted(name, port.getValue(), bundle, port.getKey()));
        }
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void begin(String... command) throws IOException {
        command[0] = programs.resolve(command[0]).toString();
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(Path.of(command[0]).getFileName() + ".log")
                        .toFile())
                .start());
    }

    /**
     * Creates pods of one allowed image by so many clients at once; the result tells how many, and each problem. Ends early
     * when many are not created.
     */
    Program.Result createPods(String prefix, int pods, int clients) throws IOException, InterruptedException {
        return Program.run(List.of(
                programs.resolve("create-pods").toString(),
                "-kubeconfig",
                file("kubeconfig"),
                "-prefix",
                prefix,
                "-pods",
                Integer.toString(pods),
                "-concurrency",
                Integer.toString(clients),
                "-lost",
                Integer.toString(MOST_LOST),
                "nginx:1.17.1"));
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        try {
            for (Process process : processes) {
                process.waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
