package io.imagegate.bench;

import java.util.ArrayList;
import java.util.List;

/** The 256 references of the benchmarks: names as clusters have them, each with eight kinds of version. */
public final class References {

    private static final String DIGEST = "@sha256:9bbf8e8e1c24cd25bc23a8b8a5b6d1d3c4b4f7e8f0c6a8f1a2b3c4d5e6f70819";

    private static final List<String> NAMES = List.of(
            "nginx",
            "redis",
            "postgres",
            "busybox",
            "eclipse-temurin",
            "bitnami/kubectl",
            "grafana/grafana",
            "prom/node-exporter",
            "hashicorp/vault",
            "library/alpine",
            "docker.io/library/python",
            "docker.io/istio/pilot",
            "registry.k8s.io/pause",
            "registry.k8s.io/ingress-nginx/controller",
            "registry.k8s.io/kube-state-metrics/kube-state-metrics",
            "registry.k8s.io/sig-storage/csi-node-driver-registrar",
            "quay.io/prometheus/prometheus",
            "quay.io/jetstack/cert-manager-controller",
            "quay.io/cilium/operator-generic",
            "ghcr.io/fluxcd/source-controller",
            "ghcr.io/external-secrets/external-secrets",
            "ghcr.io/acme/payments/ledger_api",
            "gcr.io/distroless/java17-debian12",
            "us-docker.pkg.dev/acme-prod/services/checkout",
            "europe-west3-docker.pkg.dev/acme-prod/images/search-indexer",
            "123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/billing",
            "acme.azurecr.io/platform/gateway",
            "mcr.microsoft.com/dotnet/aspnet",
            "registry.internal:5000/app",
            "registry.internal:5000/team-a/batch/import.worker",
            "localhost:5000/dev/service",
            "harbor.example.com/proxy/library/node");

    private static final List<String> VERSIONS = List.of(
            "", ":latest", ":1.27.3", ":v2.14.0", ":1.27-alpine", ":2024.11.3-debian-12-r1", DIGEST, ":1.9" + DIGEST);

    private References() {}

    /** {@return the references; always the same} */
    public static List<String> realistic() {
        List<String> references = new ArrayList<>(256);
        for (String version : VERSIONS) {
            for (String name : NAMES) {
                references.add(name + version);
            }
        }
        return references;
    }

    /** {@return the same references, each with one character at its end or in its middle that makes it none} */
    static List<String> bad() {
        List<String> references = new ArrayList<>(256);
        for (String reference : realistic()) {
            int middle = reference.length() / 2;
            references.add(
                    references.size() % 2 == 0
                            ? reference + "$"
                            : reference.substring(0, middle) + ' ' + reference.substring(middle));
        }
        return references;
    }
}
