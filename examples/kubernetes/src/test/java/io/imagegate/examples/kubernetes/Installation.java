package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The overlay with certificates of one's own in a real cluster, installed in the steps of README.md with the real image. */
final class Installation implements AutoCloseable {

    static final String OVERLAY = "own-certificates";
    static final String APPLY = "kubectl apply --validate=strict -k overlays/" + OVERLAY;

    private static final String IMAGE = "127.0.0.1:5000/imagegate";

    private final Delivery delivery;
    private final Cluster cluster;

    private Installation(Delivery delivery, Cluster cluster) {
        this.delivery = delivery;
        this.cluster = cluster;
    }

    /** What a user changes in the example before it is applied. */
    interface Changes {
        void make(Delivery delivery) throws IOException;
    }

    /** Starts a cluster, installs everything but the webhook configurations, and waits until Imagegate is ready. */
    static Installation start(Changes changes) throws IOException, InterruptedException {
        return start(Map.of(), changes);
    }

    /** Starts a cluster with these settings, and installs the same. */
    static Installation start(Map<String, String> settings, Changes changes) throws IOException, InterruptedException {
        Installation installation = prepare("cluster.sh", settings, changes);
        try {
            installation.kubectl(APPLY + " -l 'imagegate.io/part!=gate'");
            installation.awaitRollout();
            return installation;
        } catch (Throwable failed) {
            installation.close();
            throw failed;
        }
    }

    /** Starts a cluster by that script with these settings; its registry has the image, and the overlay its certificates. */
    static Installation prepare(String script, Map<String, String> settings, Changes changes)
            throws IOException, InterruptedException {
        BuiltImage image = BuiltImage.get();
        Delivery delivery = Delivery.copy();
        Cluster cluster;
        try {
            delivery.append(
                    kustomization(),
                    "images:\n  - {name: registry.example/imagegate, newName: " + IMAGE + ", newTag: built}\n");
            changes.make(delivery);
            cluster = Cluster.start(script, settings);
        } catch (Throwable failed) {
            delivery.close();
            throw failed;
        }
        Installation installation = new Installation(delivery, cluster);
        try {
            image.push("docker://" + IMAGE + ":built");
            cluster.succeed(delivery.folder().resolve("overlays").resolve(OVERLAY), installation.makeCertificates());
            return installation;
        } catch (Throwable failed) {
            installation.close();
            throw failed;
        }
    }

    private static String kustomization() {
        return "overlays/" + OVERLAY + "/kustomization.yaml";
    }

    /** The commands in the comment of the overlay. */
    private String makeCertificates() throws IOException {
        String jar = System.getProperty("imagegate.jar");
        List<String> comment = Files.readAllLines(delivery.folder().resolve(kustomization())).stream()
                .filter(line -> line.startsWith("#   "))
                .map(line -> line.substring(1).strip())
                .toList();
        assertThat(comment).isNotEmpty();
        return String.join("\n", comment).replace("imagegate.jar", jar);
    }

    void awaitRollout() throws IOException, InterruptedException {
        kubectl("kubectl -n imagegate rollout status deployment/imagegate --timeout=5m");
    }

    Delivery delivery() {
        return delivery;
    }

    Cluster cluster() {
        return cluster;
    }

    Path folder() {
        return delivery.folder();
    }

    /** Runs commands that have to succeed, in the folder of the example. */
    String kubectl(String commands) throws IOException, InterruptedException {
        return cluster.succeed(folder(), commands);
    }

    /** Runs commands that have to fail, in the folder of the example. */
    String fail(String commands) throws IOException, InterruptedException {
        return cluster.fail(folder(), commands);
    }

    @Override
    public void close() throws IOException {
        try {
            cluster.close();
        } finally {
            delivery.close();
        }
    }
}
