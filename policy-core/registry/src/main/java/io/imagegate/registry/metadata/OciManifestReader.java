package io.imagegate.registry.metadata;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.content.Json;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import java.util.List;

/** Reads manifests. Refuses those that two clients could read differently. */
public final class OciManifestReader {

    /** What registries and clients allow a manifest. */
    public static final int LIMIT = 4 << 20;

    private OciManifestReader() {}

    /** Reads a manifest whose bytes were found to have this digest; the registry says of which type it is. */
    public static Manifest read(Digest digest, String contentType, byte[] bytes) {
        Json json = Json.read("the manifest", bytes);
        String type = type(contentType, json);
        boolean index = MediaTypes.INDEXES.contains(type);
        if (index ? json.has("config") || json.has("layers") : json.has("manifests")) {
            throw Failure.undecidable("the manifest has fields of an index and of an image");
        }
        if (!index && !json.has("config")) {
            throw Failure.undecidable("the manifest has no config");
        }
        if (index) {
            json.require("manifests", "the index");
        }
        return new Manifest(
                digest,
                digest.algorithm().equals("sha256") ? digest : Hashes.sha256(bytes),
                type,
                bytes.length,
                json.text("artifactType"),
                json.object("config").map(OciManifestReader::descriptor),
                descriptors(json, "layers"),
                descriptors(json, "manifests"),
                json.object("subject").map(OciManifestReader::descriptor),
                json.texts("annotations"));
    }

    private static String type(String contentType, Json json) {
        int parameters = contentType.indexOf(';');
        String served = (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
        String written = json.text("mediaType").orElse(served);
        if (!written.equals(served)) {
            throw Failure.undecidable("the manifest is of the type " + Failure.shown(written) + ", but was served as "
                    + Failure.shown(served));
        }
        if (!MediaTypes.isManifest(served)) {
            throw Failure.undecidable("the manifest is of the type " + Failure.shown(served) + ", expected one of "
                    + String.join(", ", MediaTypes.all()));
        }
        return served;
    }

    public static List<Descriptor> descriptors(Json json, String name) {
        return json.objects(name).stream().map(OciManifestReader::descriptor).toList();
    }

    private static Descriptor descriptor(Json json) {
        long size = json.number("size").orElse(-1);
        if (size < 0) {
            throw Failure.undecidable("a descriptor has no size");
        }
        return new Descriptor(
                json.text("mediaType").orElse(""),
                json.text("digest")
                        .map(OciManifestReader::digest)
                        .orElseThrow(() -> Failure.undecidable("a descriptor has no digest")),
                size,
                json.text("artifactType"),
                // An image that does not say its platform is not taken for an attestation, which says that it is
                // unknown.
                json.object("platform").filter(OciManifestReader::isComplete).map(OciManifestReader::platform),
                json.texts("annotations"));
    }

    private static boolean isComplete(Json platform) {
        return platform.text("os").isPresent() && platform.text("architecture").isPresent();
    }

    /** {@return operating system, architecture and variant, as descriptors and configurations name them} */
    static String platform(Json json) {
        String platform = json.text("os").orElse("unknown") + "/"
                + json.text("architecture").orElse("unknown");
        return json.text("variant").map(variant -> platform + "/" + variant).orElse(platform);
    }

    public static Digest digest(String text) {
        try {
            return Digest.parse(text);
        } catch (ReferenceSyntaxException e) {
            throw Failure.undecidable("not a digest: " + Failure.shown(text));
        }
    }
}
