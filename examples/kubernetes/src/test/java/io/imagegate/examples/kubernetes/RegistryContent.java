package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rules on the content of images in the namespaces {@code strict} and {@code lenient} of a cluster, with images that satisfy
 * them. Pods reach the cluster's registry at another address than nodes, so it is a mirror.
 */
final class RegistryContent {

    static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec:
              registries:
                - {host: "127.0.0.1:5000", mirror: "198.18.88.1:5000"}
                - host: 198.18.88.1:5000
                  plainHttp: true
                  credentials: {dockerConfig: /etc/imagegate/credentials/config.json}
            """;

    private static final String RULES = """
                - name: fresh
                  match: {namespaces: [strict]}
                  image: {exists: true, maxAge: 1d}
                - name: owned
                  match: {namespaces: [strict]}
                  image: {labels: {team: payments}}
                - name: owned-if-known
                  match: {namespaces: [lenient]}
                  image: {maxAge: 1d, labels: {team: payments}}
                  onUnavailable: warn
            """;

    /** Pushes app:1 with a date and a label under another tag. */
    private static final String OWNED = """
            skopeo copy -q --src-tls-verify=false docker://127.0.0.1:5000/app:1 dir:owned
            cd owned
            config=$(jq -r .config.digest manifest.json | cut -d: -f2)
            jq -c --arg now "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \\
              '.created = $now | .config.Labels = {team: "payments"}' "$config" > config.json
            hash=$(sha256sum < config.json | cut -d' ' -f1)
            jq -c --arg digest "sha256:$hash" --argjson size "$(stat -c %s config.json)" \\
              '.config.digest = $digest | .config.size = $size' manifest.json > changed.json
            mv config.json "$hash" && mv changed.json manifest.json
            for tag in TAGS; do
              skopeo copy -q --dest-tls-verify=false dir:. docker://127.0.0.1:5000/app:$tag
            done
            """;

    private static final String NAMESPACES = """
            for namespace in strict lenient; do
              kubectl create namespace $namespace
              until kubectl -n $namespace get serviceaccount default > /dev/null 2>&1; do sleep 0.1; done
            done
            """;

    private RegistryContent() {}

    /** Adds the component, its file and the rules, as the user of an overlay does. */
    static void addTo(Delivery delivery, String overlay) throws IOException {
        writeRegistries(delivery);
        delivery.append("base/policy.yaml", RULES);
        delivery.addComponents(overlay, "registries");
    }

    /** Names the registry of the cluster in the file of the component. */
    static void writeRegistries(Delivery delivery) throws IOException {
        Files.writeString(delivery.folder().resolve("components/registries/registries.yaml"), REGISTRIES);
    }

    /** Pushes app:owned-1 and app:owned-2, and makes the namespaces. */
    static void prepare(Cluster cluster, Path folder) throws IOException, InterruptedException {
        push(cluster, folder, "owned-1 owned-2");
        cluster.succeed(folder, NAMESPACES);
    }

    /** Pushes an image like app:1 with another digest. */
    static void push(Cluster cluster, Path folder, String tags) throws IOException, InterruptedException {
        cluster.succeed(folder, OWNED.replace("TAGS", tags));
    }
}
