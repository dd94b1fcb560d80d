package comparison;

import io.imagegate.server.cli.ServeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs commands with files that are there: accepted are those that end with 0. */
final class CommandReader implements Adapter.Reader {

    private static final String TESTS = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: tests}
            spec:
              policy: ../production.yaml
              cases:
                - {name: a tag, image: "ghcr.io/acme/api:2.3.0", expect: {decision: allowed}}
                - {name: no tag, image: "ghcr.io/acme/api", expect: {decision: DECISION}}
            """;

    private static final Map<String, String> FILES = Map.of(
            "pods.yaml",
                    """
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: a, namespace: prod}
                    spec: {containers: [{name: web, image: "nginx:1.27.3"}, {name: log, image: busybox}]}
                    ---
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: b}
                    spec: {initContainers: [{name: i, image: "ghcr.io/acme/api:2.3.0"}], containers: [{name: c, image: "127.0.0.1:1/a:1"}]}
                    """,
            "deployment.yaml",
                    """
                    kind: Deployment
                    apiVersion: apps/v1
                    metadata: {name: web}
                    spec: {template: {spec: {containers: [{name: web, image: "ghcr.io/acme/api"}]}}}
                    """,
            "good.yaml",
                    """
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: web}
                    spec: {containers: [{name: web, image: "ghcr.io/acme/api:2.3.0"}]}
                    """,
            "service.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: web}\n",
            "broken.yaml", "kind: Pod\nspec: {containers: [{image: a}\n",
            "list.json",
                    """
                    {"kind": "List", "apiVersion": "v1", "items": [{"kind": "Job", "apiVersion": "batch/v1",
                      "spec": {"template": {"spec": {"containers": [{"image": "quay.io/a/b:latest"}]}}}}]}
                    """,
            "registries.yaml",
                    """
                    apiVersion: imagegate.io/v1alpha1
                    kind: ImageRegistries
                    metadata: {name: local}
                    spec:
                      registries: [{host: "127.0.0.1:1", plainHttp: true}]
                      limits: {timeout: 1s}
                    """,
            "tests.yaml", TESTS.replace("DECISION", "denied"),
            "failing.yaml", TESTS.replace("DECISION", "allowed"));

    private final Path folder;

    CommandReader(Path root, Path folder) throws IOException {
        this.folder = folder;
        Path files = Files.createDirectories(folder.resolve("files"));
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Files.writeString(files.resolve(file.getKey()), file.getValue());
        }
        Path recorded = root.resolve("policy-core/signature/src/test/resources/recorded/cosign2");
        Path bundles = Files.createDirectories(folder.resolve("bundles"));
        for (String name : List.of("key.sigstore.json", "keyless-1.sigstore.json", "key1.pub", "trusted-root.json")) {
            Files.copy(recorded.resolve(name), bundles.resolve(name));
        }
    }

    @Override
    public String read(byte[] document) {
        String words = new String(document, StandardCharsets.UTF_8).replace("FOLDER", folder.toString());
        String line = ServeSettings.run(words.split("\n", -1));
        if (!line.startsWith("0 ")) {
            throw new Adapter.Refused(line);
        }
        return line;
    }
}
