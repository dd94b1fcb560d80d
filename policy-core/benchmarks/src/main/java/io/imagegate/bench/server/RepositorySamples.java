package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Repositories that are written for a measurement: as large as public ones, and of the same parts. */
final class RepositorySamples {

    private static final int DEFINITIONS = 4;
    private static final int BYTES_OF_DEFINITION = 2_700_000;
    private static final int WORKLOADS = 20;
    private static final String GENERATED = "\n  from: generated\n";
    private static final String CERT_MANAGER = "\n  from: certManager\n";

    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: things%1$d.sample.example
            spec:
              group: sample.example
              names: {kind: Thing%1$d, listKind: Thing%1$dList, plural: things%1$d, singular: thing%1$d}
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
            """;

    private static final String PROPERTY = """
                      field%1$d:
                        description: Field %1$d says what becomes of a thing when
                          another one of the same name is there already.
                        type: object
                        properties:
                          image:
                            type: string
                          values:
                            items:
                              type: string
                            type: array
            """;

    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app%1$d, labels: {app: app%1$d}}
            spec:
              selector: {matchLabels: {app: app%1$d}}
              template:
                metadata: {labels: {app: app%1$d}}
                spec:
                  containers:
                  - name: app
                    image: registry.example/team/app%1$d:1.0
                    args: [--port, "8080"]
                    resources: {limits: {memory: 64Mi}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: app%1$d}
            spec: {selector: {app: app%1$d}, ports: [{port: 80, targetPort: 8080}]}
            ---
            """;

    private static final String OVERLAY = """
            resources: [../../base]
            namespace: team%1$d
            images:
            - {name: registry.example/team/app1, newTag: "1.%1$d"}
            patches:
            - patch: |-
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app2}
                spec: {replicas: %1$d}
            """;

    private RepositorySamples() {}

    /** Writes overlays of one base, which has long CustomResourceDefinitions. */
    static Path overlays(Path folder, int overlays) throws IOException {
        StringBuilder resources = new StringBuilder("resources:\n- workloads.yaml\n");
        for (int i = 0; i < DEFINITIONS; i++) {
            StringBuilder definition = new StringBuilder(DEFINITION.formatted(i));
            for (int field = 0; definition.length() < BYTES_OF_DEFINITION; field++) {
                definition.append(PROPERTY.formatted(field).indent(12));
            }
            write(folder.resolve("base/crd" + i + ".yaml"), definition.toString());
            resources.append("- crd").append(i).append(".yaml\n");
        }
        StringBuilder workloads = new StringBuilder();
        for (int i = 0; i < WORKLOADS; i++) {
            workloads.append(WORKLOAD.formatted(i));
        }
        write(folder.resolve("base/workloads.yaml"), workloads.toString());
        write(folder.resolve("base/kustomization.yaml"), resources.toString());
        for (int i = 1; i <= overlays; i++) {
            write(folder.resolve("overlays/o" + i + "/kustomization.yaml"), OVERLAY.formatted(i));
        }
        return folder;
    }

    /** Writes copies of this project's chart. Their values leave the certificate to cert-manager: Helm makes one in a cluster alone. */
    static Path charts(Path folder, Path chart, int copies) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(chart)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        Path values = chart.resolve("values.yaml");
        String text = Files.readString(values);
        if (!text.contains(GENERATED)) {
            throw new IOException(values + ": expected" + GENERATED);
        }
        for (int i = 1; i <= copies; i++) {
            Path to = folder.resolve("c" + i);
            for (Path file : files) {
                Path copy = to.resolve(chart.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.write(copy, Files.readAllBytes(file));
            }
            Files.writeString(to.resolve("values.yaml"), text.replace(GENERATED, CERT_MANAGER));
        }
        return folder;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
