package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The manifests of a file, a folder or an overlay. */
record Manifests(String source, List<Manifest> all) {

    /** The folder with the example, which is this module's own. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    static Manifests parse(String source, String yaml) {
        List<Manifest> found = new ArrayList<>();
        for (Object document : new Load(settings(source)).loadAllFromString(yaml)) {
            found.add(new Manifest(source, castMap(document)));
        }
        return new Manifests(source, List.copyOf(found));
    }

    /** A file with one document that is a list, as a JSON patch is. */
    static List<?> list(Path file) throws IOException {
        return (List<?>) new Load(settings(file.toString())).loadFromString(Files.readString(file));
    }

    static Manifests file(Path file) throws IOException {
        return parse(FOLDER.relativize(file).toString(), Files.readString(file));
    }

    /** What lies in a folder to be applied: everything but the kustomization itself. */
    static Manifests folder(Path folder) throws IOException {
        List<Manifest> found = new ArrayList<>();
        for (Path file : yamlFiles(folder)) {
            if (!file.endsWith("kustomization.yaml")) {
                found.addAll(file(file).all());
            }
        }
        return new Manifests(FOLDER.relativize(folder).toString(), List.copyOf(found));
    }

    static List<Path> yamlFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(yaml|yml|kubeconfig)"))
                    .filter(file -> !file.startsWith(FOLDER.resolve("target"))
                            && !file.startsWith(FOLDER.resolve("src"))
                            // Templates, and values.
                            && !file.startsWith(FOLDER.resolve("chart")))
                    .sorted()
                    .toList();
        }
    }

    Manifest one(String kind, String name) {
        return all.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(source + " has no " + kind + " " + name));
    }

    List<Manifest> ofKind(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
    }

    private static LoadSettings settings(String source) {
        return LoadSettings.builder()
                .setLabel(source)
                .setAllowDuplicateKeys(false)
                .build();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> castMap(Object document) {
        return (Map<String, ?>) document;
    }

    @Override
    public String toString() {
        return source;
    }
}
