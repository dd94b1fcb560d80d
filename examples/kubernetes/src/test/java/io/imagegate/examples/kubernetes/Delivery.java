package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the example, in which an overlay can be given what only its user has: certificates, further components. */
final class Delivery implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("base", "overlays", "components", "kubeadm", "static");

    private final Path root;

    private Delivery(Path root) {
        this.root = root;
    }

    /** Without certificates. */
    static Delivery copy() throws IOException {
        Path root = Files.createTempDirectory("imagegate-kubernetes-");
        for (String folder : FOLDERS) {
            copy(Manifests.FOLDER.resolve(folder), root.resolve(folder));
        }
        return new Delivery(root);
    }

    /** With a Secret that kustomize only carries; that real certificates fit is seen in a cluster. */
    static Delivery prepare() throws IOException {
        Delivery delivery = copy();
        StringBuilder secret =
                new StringBuilder("apiVersion: v1\nkind: Secret\nmetadata: {name: imagegate-tls}\ndata:\n");
        Map.of("ca.crt", "ca.pem", "tls.crt", "webhook.pem", "tls.key", "webhook-key.pem")
                .forEach((key, file) -> secret.append("  ")
                        .append(key)
                        .append(": ")
                        .append(Base64.getEncoder()
                                .encodeToString(
                                        ("content of " + file + "\n").repeat(40).getBytes(StandardCharsets.UTF_8)))
                        .append('\n'));
        Files.createDirectories(delivery.certificates());
        Files.writeString(delivery.certificates().resolve("secret.yaml"), secret);
        return delivery;
    }

    Path folder() {
        return root;
    }

    /** Where the overlay with certificates of one's own expects them. */
    Path certificates() {
        return root.resolve("overlays/own-certificates/certificates");
    }

    /** What {@code kubectl apply -k} would send for an overlay, with components as its user would add them. */
    Manifests build(String overlay, String... components) throws IOException, InterruptedException {
        Path folder = root.resolve("overlays").resolve(overlay);
        if (components.length > 0) {
            addComponents(overlay, components);
        }
        return Kubectl.kustomize(overlay + " " + List.of(components), folder);
    }

    /** Adds components to an overlay, as its user would. */
    void addComponents(String overlay, String... components) throws IOException {
        StringBuilder text = new StringBuilder("components:\n");
        for (String name : components) {
            text.append("  - ../../components/").append(name).append('\n');
        }
        append("overlays/" + overlay + "/kustomization.yaml", text.toString());
    }

    /**
     * Raises what the check may store. Nodes of these tests have a copy of the image for each container, which the kubelet counts
     * as what the container wrote: it evicts the pod of a Job that takes longer than some ten seconds.
     */
    void allowWholeImages() throws IOException {
        Path job = root.resolve("components/cluster-check/cronjob.yaml");
        String limit = "ephemeral-storage: 64Mi";
        String text = Files.readString(job);
        if (!text.contains(limit)) {
            throw new IllegalStateException(job + " has no " + limit);
        }
        Files.writeString(job, text.replace(limit, "ephemeral-storage: 1Gi"));
    }

    void append(String file, String text) throws IOException {
        Files.writeString(root.resolve(file), text, StandardOpenOption.APPEND);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(Delivery::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
