package io.imagegate.cli.inspect;

import io.imagegate.fact.PlatformImage;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON for programs: one object on one line, in ASCII, with all that the registry wrote. */
public final class InspectionJson {

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private InspectionJson() {}

    /**
     * Writes all that is known, and {@code state} and {@code problem} if something is not.
     *
     * @param out where it is written
     * @param found what the registry has
     */
    public static void write(PrintWriter out, Inspection found) {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("image", found.image().canonical());
        found.manifest().value().ifPresent(manifest -> {
            json.writeStringProperty("digest", manifest.digest().toString());
            json.writeStringProperty("mediaType", manifest.mediaType());
        });
        found.metadata().value().ifPresent(known -> {
            texts(json, "annotations", known.annotations());
            json.writeArrayPropertyStart("images");
            known.images().forEach(image -> image(json, image));
            json.writeEndArray();
            json.writeArrayPropertyStart("digests");
            found.digests().forEach(digest -> json.writeString(digest.toString()));
            json.writeEndArray();
        });
        found.signatures().ifPresent(signatures -> SignatureTree.write(json, signatures));
        found.problem().ifPresent(problem -> {
            json.writeStringProperty("state", found.metadata().state().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("problem", problem);
        });
        json.writeEndObject();
        json.flush();
        out.println();
    }

    private static void image(JsonGenerator json, PlatformImage image) {
        json.writeStartObject();
        json.writeStringProperty("platform", image.platform());
        json.writeStringProperty("digest", image.digest().toString());
        image.created().ifPresent(created -> json.writeStringProperty("created", created.toString()));
        image.size().ifPresent(size -> json.writeNumberProperty("size", size));
        texts(json, "labels", image.labels());
        texts(json, "annotations", image.annotations());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) {
        json.writeObjectPropertyStart(name);
        new TreeMap<>(texts).forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
