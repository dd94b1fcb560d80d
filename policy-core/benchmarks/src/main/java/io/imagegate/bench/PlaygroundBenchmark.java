package io.imagegate.bench;

import io.imagegate.cli.command.ImagegateCommand;
import io.imagegate.console.Playground;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import tools.jackson.databind.json.JsonMapper;

/** The playground's answer about a policy and some workloads, beside {@code check} of the same texts in the same process. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlaygroundBenchmark {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: fixed-tag
                  tag: {required: true, deny: [latest]}
                - name: trusted-registry
                  allow: ["ghcr.io/acme/**", "docker.io/library/*"]
                - name: supported
                  match: {images: ["docker.io/library/nginx"]}
                  version: {in: ">=1.25 <2", partial: true, variants: ["", alpine]}
                - name: own-path
                  enforce: warn
                  allow: ["ghcr.io/acme/{namespace}/**", "docker.io/**"]
                - name: no-dev
                  match: {namespaces: ["prod-*", default]}
                  cel: "!image.tag.startsWith('dev')"
              exceptions:
                - {rules: [fixed-tag], images: ["ghcr.io/acme/legacy"], namespaces: [default], reason: moves in spring, expires: 2099-01-31}
            """;

    private static final String WORKLOAD = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop-%1$d, labels: {app: shop}}
            spec:
              replicas: 2
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec:
                  initContainers:
                    - {name: migrate, image: "ghcr.io/acme/migrate:%1$d.0"}
                  containers:
                    - name: web
                      image: nginx:1.%1$d
                      ports: [{containerPort: 8080}]
                    - {name: api, image: "ghcr.io/acme/default/api:2.%1$d.1"}
            """;

    private static final int WORKLOADS = 8;

    private final Playground playground = new Playground(root -> {});
    private byte[] request = {};
    private Path folder = Path.of("");

    /** Writes what {@code check} reads, and checks that both deny. */
    @Setup
    public void prepare() throws IOException {
        StringBuilder workloads = new StringBuilder();
        for (int i = 0; i < WORKLOADS; i++) {
            workloads.append(WORKLOAD.formatted(i + 22));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("policy", POLICY);
        fields.put("asked", Map.of("input", "kubernetes", "text", workloads.toString()));
        fields.put("namespace", "default");
        fields.put("at", "");
        fields.put("facts", "");
        fields.put("language", "en");
        request = JsonMapper.builder().build().writeValueAsBytes(fields);
        folder = Files.createTempDirectory("playground");
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Files.writeString(folder.resolve("shop.yaml"), workloads);
        ReviewBenchmark.require(playground(), "\"outcome\":\"denied\"");
        if (check() != 1) {
            throw new IllegalStateException("check did not deny");
        }
        ReviewBenchmark.require(Files.readAllBytes(folder.resolve("report.json")), "shop-22");
    }

    /** {@return the answer} */
    @Benchmark
    public byte[] playground() {
        return playground.judge(request);
    }

    /** {@return the exit status} */
    @Benchmark
    public int check() {
        return ImagegateCommand.run(
                "benchmark",
                "check",
                "--policy",
                folder.resolve("policy.yaml").toString(),
                "--output",
                "json=" + folder.resolve("report.json"),
                folder.resolve("shop.yaml").toString());
    }

    /** Deletes the files. */
    @TearDown
    public void clean() {
        try {
            for (String name : new String[] {"policy.yaml", "shop.yaml", "report.json", ""}) {
                Files.deleteIfExists(folder.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
