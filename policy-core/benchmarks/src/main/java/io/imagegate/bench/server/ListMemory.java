package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Measures the most resident memory of {@code check} of one long list, in YAML and in JSON. */
final class ListMemory {

    static final int WORKLOADS = 20_000;

    /** So that what is measured is what the command needs, and not how late the collector begins where memory is free. */
    static final String HEAP = "-Xmx64m";

    private static final double KIB_PER_MIB = 1 << 10;

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: all}
            spec: {rules: [{name: all, allow: ["**"]}]}
            """;

    private static final String YAML = """
            - apiVersion: apps/v1
              kind: Deployment
              metadata:
                name: app%1$d
                labels:
                  app: app%1$d
              spec:
                template:
                  spec:
                    containers:
                    - name: app
                      image: registry.example/team/app%1$d:1.0
                      args:
                      - --port
                      - "8080"
                      resources:
                        limits:
                          memory: 64Mi
            """;

    private static final String JSON = """
            {"apiVersion": "apps/v1", "kind": "Deployment",
              "metadata": {"name": "app%1$d", "labels": {"app": "app%1$d"}},
              "spec": {"template": {"spec": {"containers": [
                {"name": "app", "image": "registry.example/team/app%1$d:1.0", "args": ["--port", "8080"],
                  "resources": {"limits": {"memory": "64Mi"}}}]}}}}""";

    /**
     * What was measured.
     *
     * @param yaml mebibytes for the list in YAML
     * @param json mebibytes for the list in JSON
     */
    record Result(double yaml, double json) {}

    private final Path program;
    private final Path folder;

    /**
     * @param program the runnable jar
     * @param folder for files
     */
    ListMemory(Path program, Path folder) throws IOException {
        this.program = program.toAbsolutePath();
        this.folder = Files.createDirectories(folder.toAbsolutePath());
    }

    /** {@return what was measured; nothing, which is told, where {@code time} is missing} */
    List<Result> measure() throws IOException, InterruptedException {
        if (Command.attempt("time", "true").isEmpty()) {
            System.err.println("SKIPPED: memory for a list, because time cannot be run");
            return List.of();
        }
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Result result = new Result(
                mebibytes("list.yaml", "apiVersion: v1\nkind: List\nitems:\n" + items(YAML, "")),
                mebibytes(
                        "list.json",
                        "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [" + items(JSON, ",\n") + "]}"));
        System.out.println(result);
        return List.of(result);
    }

    private static String items(String item, String separator) {
        return IntStream.range(0, WORKLOADS).mapToObj(item::formatted).collect(Collectors.joining(separator));
    }

    private double mebibytes(String name, String text) throws IOException, InterruptedException {
        Path list = folder.resolve(name);
        Path usage = folder.resolve("usage");
        Files.writeString(list, text);
        String said = Command.output(List.of(
                "time",
                "-o",
                usage.toString(),
                "-f",
                "%M",
                Imagegate.JAVA,
                HEAP,
                "-jar",
                program.toString(),
                "check",
                "-p",
                folder.resolve("policy.yaml").toString(),
                list.toString()));
        if (!said.contains(WORKLOADS + " images checked")) {
            throw new IOException(said);
        }
        return Double.parseDouble(Files.readString(usage).strip()) / KIB_PER_MIB;
    }
}
