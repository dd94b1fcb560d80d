package io.imagegate.cli.command;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The published definitions of policy reports, as a schema of what {@code kubectl apply --validate=strict} takes. */
final class ReportDefinitions {

    private static final String TEXTS = "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}}";
    private static final String NAME = "{\"type\": \"string\", \"pattern\": \"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$\"}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReportDefinitions() {}

    /** {@return the schema of a List of reports} */
    static Schema schema() {
        List<Object> kinds = new ArrayList<>();
        for (Object definition : (List<?>) Objects.requireNonNull(read().get("items"))) {
            kinds.add(kind(object(object(definition).get("spec"))));
        }
        Map<String, Object> list = Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "required",
                List.of("apiVersion", "kind", "items"),
                "properties",
                Map.of(
                        "apiVersion",
                        Map.of("const", "v1"),
                        "kind",
                        Map.of("const", "List"),
                        "items",
                        Map.of("type", "array", "items", Map.of("oneOf", kinds))));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(JSON.writeValueAsString(list), InputFormat.JSON);
    }

    private static Map<?, ?> read() {
        try (InputStream file =
                Objects.requireNonNull(ReportDefinitions.class.getResourceAsStream("report-definitions.yaml"))) {
            return object(new Load(LoadSettings.builder().build()).loadFromInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value);
    }

    private static Object kind(Map<?, ?> spec) {
        Map<?, ?> version = object(((List<?>) Objects.requireNonNull(spec.get("versions"))).get(0));
        Map<String, Object> schema = strict(object(object(version.get("schema")).get("openAPIV3Schema")));
        Map<String, Object> properties = strict(object(schema.get("properties")));
        properties.put("apiVersion", Map.of("const", spec.get("group") + "/" + version.get("name")));
        properties.put("kind", Map.of("const", object(spec.get("names")).get("kind")));
        properties.put("metadata", metadata("Namespaced".equals(spec.get("scope"))));
        schema.put("properties", properties);
        schema.put("required", List.of("apiVersion", "kind", "metadata"));
        return schema;
    }

    private static Object metadata(boolean isNamespaced) {
        String namespace = isNamespaced ? "\"namespace\": " + NAME + ", " : "";
        return JSON.readValue(
                "{\"type\": \"object\", \"additionalProperties\": false, \"required\": [\"name\""
                        + (isNamespaced ? ", \"namespace\"" : "") + "], \"properties\": {\"name\": " + NAME + ", "
                        + namespace + "\"labels\": " + TEXTS + ", \"annotations\": " + TEXTS + "}}",
                Map.class);
    }

    /** Fields that a definition does not name are errors, not left out in silence. */
    private static Map<String, Object> strict(Map<?, ?> schema) {
        Map<String, Object> strict = new LinkedHashMap<>();
        schema.forEach((key, value) ->
                strict.put(String.valueOf(key), value instanceof Map<?, ?> inner ? strict(inner) : value));
        if ("object".equals(schema.get("type")) && schema.get("properties") instanceof Map<?, ?>) {
            strict.put("additionalProperties", false);
        }
        return strict;
    }
}
