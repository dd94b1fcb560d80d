package io.imagegate.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** References with the answers of distribution/reference 0.6.0, half of them accepted: one JSON object a line. */
final class ReferenceVectors {

    private static final String FILE = "references-1.jsonl.gz";

    private ReferenceVectors() {}

    /** The fields of each line; {@code ok} is "true" or "false", and absent fields are absent. */
    static List<Map<String, String>> all() {
        try (InputStream file = Objects.requireNonNull(ReferenceVectors.class.getResourceAsStream(FILE), FILE);
                InputStream lines = new GZIPInputStream(file);
                JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), lines)) {
            List<Map<String, String>> vectors = new ArrayList<>();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                vectors.add(object(parser));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> object(JsonParser parser) {
        Map<String, String> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, parser.getString());
        }
        return fields;
    }
}
