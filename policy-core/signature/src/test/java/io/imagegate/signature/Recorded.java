package io.imagegate.signature;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.search.SignatureStore;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signature.search.StoredReferrers;
import io.imagegate.signer.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A repository of a recorded registry. */
public final class Recorded implements SignatureStore {

    public static final Digest IMAGE =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");

    private final String registry;
    private final JsonObject repository;

    private Recorded(String registry, JsonObject repository) {
        this.registry = registry;
        this.repository = repository;
    }

    static Recorded repository(String registry, String name) {
        JsonObject all = JsonObject.read("the recording", bytes(registry + "/repositories.json"));
        return new Recorded(registry, all.requiredObject(name));
    }

    public static byte[] bytes(String file) {
        try (InputStream in = Recorded.class.getResourceAsStream("/recorded/" + file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String root() {
        return new String(bytes("trust/trusted-root.json"), StandardCharsets.UTF_8);
    }

    static SigningKey key(String name) {
        return TestSigners.key(bytes("keys/" + name + ".pub"));
    }

    private byte[] blob(Digest digest) {
        return bytes(registry + "/blobs/sha256/" + digest.hex());
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> tagged(String tag) {
        return repository
                .requiredObject("tags")
                .object(tag)
                .map(named -> manifest(Digest.parse(named.requiredText("digest"))))
                .orElseGet(() -> CompletableFuture.completedFuture(Fact.absent("no tag " + tag)));
    }

    @Override
    public CompletableFuture<Fact<StoredManifest>> manifest(Digest digest) {
        byte[] bytes = blob(digest);
        JsonObject json = JsonObject.read("a manifest", bytes);
        StoredManifest manifest = new StoredManifest(
                digest,
                repository.requiredObject("manifests").requiredText(digest.toString()),
                bytes.length,
                descriptors(json, "layers"),
                json.object("subject").map(subject -> Digest.parse(subject.requiredText("digest"))),
                json.text("artifactType")
                        .orElseGet(() -> json.object("config")
                                .flatMap(config -> config.text("mediaType"))
                                .orElse("")));
        return CompletableFuture.completedFuture(Fact.known(manifest));
    }

    @Override
    public CompletableFuture<Fact<StoredReferrers>> referrers(Digest image) {
        Optional<JsonObject> index = repository
                .object("referrers")
                .flatMap(all -> all.object(image.toString()))
                .or(() -> repository
                        .requiredObject("tags")
                        .object("sha256-" + image.hex())
                        .map(tag -> JsonObject.read("an index", blob(Digest.parse(tag.requiredText("digest"))))));
        return CompletableFuture.completedFuture(index.map(
                        found -> Fact.known(new StoredReferrers(descriptors(found, "manifests"), Optional.empty(), "")))
                .orElseGet(() -> Fact.absent("nothing refers to " + image)));
    }

    @Override
    public CompletableFuture<Fact<byte[]>> blob(StoredDescriptor descriptor) {
        return CompletableFuture.completedFuture(Fact.known(blob(descriptor.digest())));
    }

    private static List<StoredDescriptor> descriptors(JsonObject json, String name) {
        List<StoredDescriptor> descriptors = new ArrayList<>();
        for (JsonObject item : json.objects(name, 100)) {
            Map<String, String> annotations = item.textsByName("annotations");
            descriptors.add(new StoredDescriptor(
                    item.requiredText("mediaType"),
                    Digest.parse(item.requiredText("digest")),
                    item.number("size").orElseThrow(),
                    annotations));
        }
        return descriptors;
    }
}
