package io.imagegate.signature;

import io.imagegate.reference.Digest;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.known.KnownForms;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Serves what a real registry returned, byte for byte. */
public final class RecordedRegistry {

    private static final JsonFactory JSON = new JsonFactory();

    private final String folder;
    private final TestRegistry registry = new TestRegistry();

    private RecordedRegistry(String folder) {
        this.folder = folder;
    }

    public static TestRegistry serve(String folder) {
        RecordedRegistry recorded = new RecordedRegistry(folder);
        String file = folder + "/repositories.json";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), Recorded.bytes(file))) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                recorded.add(parser.currentName(), parser);
            }
        }
        return recorded.registry;
    }

    private void add(String repository, JsonParser parser) {
        Map<String, Map<String, String>> parts = new HashMap<>();
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String part = parser.currentName();
            Map<String, String> values = parts.computeIfAbsent(part, any -> new HashMap<>());
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (!object) {
                parser.skipChildren();
            }
            while (object && parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                values.put(name, text(parser));
            }
        }
        Map<String, String> types = parts.getOrDefault("manifests", Map.of());
        types.forEach((digest, type) -> addManifest(repository, digest, type));
        parts.getOrDefault("tags", Map.of()).forEach((tag, named) -> {
            String digest = JsonObject.read("a tag", Recorded.utf8(named)).requiredText("digest");
            registry.manifest(repository, types.getOrDefault(digest, ""), blob(digest), tag);
        });
        parts.getOrDefault("referrers", Map.of())
                .forEach((digest, index) -> registry.referrers(repository, digest, index));
    }

    private void addManifest(String repository, String digest, String type) {
        registry.manifest(repository, type, blob(digest));
        JsonObject.read("a manifest", blob(digest)).objects("layers", 100).stream()
                .filter(layer -> isSignature(layer.requiredText("mediaType")))
                .forEach(layer -> registry.blob(repository, blob(layer.requiredText("digest"))));
    }

    /** Layers of images themselves are not recorded. */
    private static boolean isSignature(String type) {
        return KnownForms.ALL.find(type).isPresent();
    }

    private byte[] blob(String digest) {
        return Recorded.bytes(folder + "/blobs/sha256/" + Digest.parse(digest).hex());
    }

    private static String text(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
