package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the example, in which an overlay can be given what only its user has: certificates, further components. */
final class Delivery implements AutoCloseable {

    private static final List<String> FOLDERS = List.of("base", "overlays", "components");

    private final Path root;

    private Delivery(Path root) {
        this.root = root;
    }

    static Delivery prepare() throws IOException {
        Path root = Files.createTempDirectory("imagegate-kubernetes-");
        for (String folder : FOLDERS) {
            copy(Manifests.FOLDER.resolve(folder), root.resolve(folder));
        }
        Path certificates = root.resolve("overlays/own-certificates/certificates");
        if (Files.notExists(certificates)) {
            Files.createDirectory(certificates);
        }
        // Kustomize only carries them; that the real ones fit is the tutorial's test. Long enough to be folded in YAML.
        for (String name : List.of("ca.pem", "webhook.pem", "webhook-key.pem")) {
            Files.writeString(certificates.resolve(name), ("content of " + name + "\n").repeat(40));
        }
        return new Delivery(root);
    }

    /** What {@code kubectl apply -k} would send for an overlay, with components as its user would add them. */
    Manifests build(String overlay, String... components) throws IOException, InterruptedException {
        Path folder = root.resolve("overlays").resolve(overlay);
        Path kustomization = folder.resolve("kustomization.yaml");
        StringBuilder text = new StringBuilder(Files.readString(kustomization));
        if (components.length > 0) {
            text.append("components:\n");
            Stream.of(components)
                    .forEach(name ->
                            text.append("  - ../../components/").append(name).append('\n'));
            Files.writeString(kustomization, text);
        }
        return Kubectl.kustomize(overlay + " " + List.of(components), folder);
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
