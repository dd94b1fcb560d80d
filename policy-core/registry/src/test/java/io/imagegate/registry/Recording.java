package io.imagegate.registry;

import io.imagegate.registry.content.Json;
import io.imagegate.registry.content.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** What a real registry returned, byte for byte; the folder's README.md says how it was made. */
public final class Recording {

    private static final String EMPTY =
            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}";

    private final String folder;
    private final FakeRegistry registry;

    private Recording(String folder, FakeRegistry registry) {
        this.folder = folder;
        this.registry = registry;
    }

    /** Serves a recording. */
    public static FakeRegistry serve(String name) {
        Recording recording = new Recording("/recorded/" + name, FakeRegistry.plain());
        Json repositories = Json.read(name, recording.bytes("repositories.json"));
        repositories.objects().forEach((repository, content) -> recording.add(repository, content));
        return recording.registry;
    }

    private void add(String repository, Json parts) {
        Map<String, String> types = parts.texts("manifests");
        types.forEach((digest, type) -> {
            byte[] bytes = blob(digest);
            registry.at(path(repository, "manifests", digest), FakeRegistry.content(type, bytes, digest));
            Json.read(digest, bytes)
                    .object("config")
                    .flatMap(config -> config.text("digest"))
                    .ifPresent(config -> addBlob(repository, config));
            Json.read(digest, bytes)
                    .objects("layers")
                    .forEach(layer -> addBlob(repository, layer.text("digest").orElseThrow()));
        });
        parts.object("tags").orElseThrow().objects().forEach((tag, named) -> {
            String digest = named.text("digest").orElseThrow();
            registry.at(
                    path(repository, "manifests", tag),
                    FakeRegistry.content(Objects.requireNonNull(types.get(digest)), blob(digest), digest));
        });
        if (folder.endsWith("zot")) {
            types.keySet()
                    .forEach(digest -> registry.at(path(repository, "referrers", digest), FakeRegistry.json(EMPTY)));
            parts.texts("referrers")
                    .forEach((digest, index) ->
                            registry.at(path(repository, "referrers", digest), FakeRegistry.json(index)));
        }
    }

    private void addBlob(String repository, String digest) {
        registry.at(
                path(repository, "blobs", digest),
                FakeRegistry.content("application/octet-stream", blob(digest), digest));
    }

    private static String path(String repository, String kind, String reference) {
        return "/v2/" + repository + "/" + kind + "/" + reference;
    }

    private byte[] blob(String digest) {
        return bytes("blobs/sha256/" + digest.substring("sha256:".length()));
    }

    private byte[] bytes(String file) {
        try (InputStream in = Recording.class.getResourceAsStream(folder + "/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
