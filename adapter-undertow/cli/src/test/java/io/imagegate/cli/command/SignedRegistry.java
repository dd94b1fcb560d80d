package io.imagegate.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What docker-registry returned for images that cosign had signed, served again. */
public final class SignedRegistry implements AutoCloseable {

    /** The digest of every image. */
    public static final String IMAGE = "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";

    private static final Path SIGNATURES = Path.of("../../policy-core/signature/src/test/resources/recorded");
    private static final Path BLOBS = SIGNATURES.resolve("docker-registry/blobs/sha256");
    private static final Path CONFIG =
            Path.of("../../policy-core/registry/src/test/resources/recorded/docker-registry/blobs/sha256/"
                    + "ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c");

    private final SmallRegistry registry = new SmallRegistry();

    public SignedRegistry(String... repositories) throws IOException {
        Object recorded = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(SIGNATURES.resolve("docker-registry/repositories.json")));
        for (String repository : repositories) {
            add(repository, part(recorded, repository));
        }
    }

    private static Object part(Object object, String name) {
        return Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
    }

    private void add(String repository, Object recorded) throws IOException {
        for (Map.Entry<?, ?> manifest : ((Map<?, ?>) part(recorded, "manifests")).entrySet()) {
            String digest = (String) manifest.getKey();
            registry.addManifest(repository, "unused", (String) manifest.getValue(), blob(digest));
        }
        for (Map.Entry<?, ?> tag : ((Map<?, ?>) part(recorded, "tags")).entrySet()) {
            String type = (String) part(tag.getValue(), "mediaType");
            String digest = (String) part(tag.getValue(), "digest");
            registry.addManifest(repository, (String) tag.getKey(), type, blob(digest));
        }
        try (Stream<Path> blobs = Files.list(BLOBS)) {
            for (Path blob : blobs.toList()) {
                registry.addBlob(repository, Files.readAllBytes(blob));
            }
        }
        registry.addBlob(repository, Files.readAllBytes(CONFIG));
    }

    private static byte[] blob(String digest) throws IOException {
        return Files.readAllBytes(BLOBS.resolve(digest.substring("sha256:".length())));
    }

    public static String file(String name) {
        return SIGNATURES.resolve(name).toString();
    }

    /** The options of a key, with which no log entry is verified. */
    static List<String> key(String name) {
        return List.of("--key", file("keys/" + name + ".pub"));
    }

    public SmallRegistry registry() {
        return registry;
    }

    /** Writes a file of registries with this one. */
    public String file(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec: {registries: [{host: "%s", plainHttp: true}]}
                """.formatted(registry.host()))
                .toString();
    }

    @Override
    public void close() {
        registry.close();
    }
}
