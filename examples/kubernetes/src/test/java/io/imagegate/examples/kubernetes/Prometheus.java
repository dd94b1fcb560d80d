package io.imagegate.examples.kubernetes;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Prometheus on the node, which scrapes the API server and the pods of the chart, with the chart's alerts as they are. */
final class Prometheus implements AutoCloseable {

    /** As the ServiceMonitor of the chart, and the Prometheus Operator, name what they scrape. */
    private static final String CONFIGURATION = """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: apiserver
                scheme: https
                authorization: {credentials: secret-token}
                tls_config: {insecure_skip_verify: true}
                static_configs: [{targets: ["127.0.0.1:16443"]}]
              - job_name: imagegate
                kubernetes_sd_configs:
                  - {role: endpoints, kubeconfig_file: KUBECONFIG, namespaces: {names: [imagegate]}}
                relabel_configs:
                  - source_labels: [__meta_kubernetes_service_name, __meta_kubernetes_endpoint_port_name]
                    regex: imagegate-metrics;.+
                    action: keep
                  - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
                  - {source_labels: [__meta_kubernetes_service_name], target_label: service}
                  - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
            """;

    /** As long as its cluster at most. */
    private static final String LONGEST_SECONDS = "1800";

    private final Process process;
    private final String address;

    private Prometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Leaves the test out on a machine without Prometheus. */
    static void needs() {
        Machine.needs("prometheus");
    }

    /** Starts one in a folder with {@code rules.yaml}. */
    static Prometheus start(Cluster cluster, Path folder) throws IOException {
        Files.writeString(
                folder.resolve("prometheus.yaml"),
                CONFIGURATION.replace("KUBECONFIG", cluster.environment().get("KUBECONFIG")));
        String address = "127.0.0.1:" + FreePort.find();
        Process process = new ProcessBuilder(
                        "timeout",
                        LONGEST_SECONDS,
                        "prometheus",
                        "--config.file=prometheus.yaml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=" + address)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, address);
    }

    /** {@return a command that prints the names and states of the alerts that are due, a line each} */
    String alerts() {
        return "curl -sf http://" + address + "/api/v1/query --data-urlencode query=ALERTS"
                + " | jq -r '.data.result[].metric | .alertname + \" \" + .alertstate' | sort -u";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
