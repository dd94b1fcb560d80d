package io.imagegate.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/** Tells in Markdown what the JSON Schema says. */
final class SchemaTables {

    private final JsonNode schema;

    SchemaTables(JsonNode schema) {
        this.schema = schema;
    }

    String markdown() {
        StringJoiner page = new StringJoiner("\n");
        page.add(contents()).add("").add("## document\n").add(table(schema));
        schema.get("$defs").forEach(def -> {
            if (def.has("properties")) {
                page.add("## " + def.get("title").asString() + "\n")
                        .add(def.get("description").asString() + "\n")
                        .add(table(def));
            }
        });
        page.add("## Kinds of values\n").add("| type | what it is |\n|---|---|");
        schema.get("$defs").forEach(def -> {
            if (!def.has("properties")) {
                page.add("| " + def.get("title").asString() + " | "
                        + cell(def.get("description").asString()) + " |");
            }
        });
        return page.toString();
    }

    private String contents() {
        StringJoiner titles = new StringJoiner(",\n", "Tables: ", ",\n[kinds of values](#kinds-of-values).");
        titles.add(link("document", "document"));
        schema.get("$defs").forEach(def -> {
            if (def.has("properties")) {
                titles.add(name(def));
            }
        });
        return titles.toString();
    }

    private String table(JsonNode object) {
        StringJoiner rows = new StringJoiner("\n", "| key | type | default | meaning |\n|---|---|---|---|\n", "\n");
        object.get("properties")
                .propertyStream()
                .forEach(property -> rows.add("| `" + property.getKey() + "` | "
                        + type(property.getValue()) + " | " + byDefault(object, property.getKey()) + " | "
                        + cell(property.getValue().get("description").asString()) + " |"));
        return rows.toString();
    }

    private static String byDefault(JsonNode object, String key) {
        boolean required = object.path("required")
                .valueStream()
                .anyMatch(name -> name.asString().equals(key));
        JsonNode value = object.get("properties").get(key).path("default");
        String written = value.isMissingNode() ? "" : "`" + value.asString() + "`";
        return required ? "required" : written;
    }

    private String type(JsonNode node) {
        if (node.has("$ref")) {
            return name(target(node));
        }
        if (node.has("title")) {
            return node.get("title").asString();
        }
        if (node.has("const")) {
            return "`" + node.get("const").asString() + "`";
        }
        if (node.has("enum")) {
            List<String> values = new ArrayList<>();
            node.get("enum").forEach(value -> values.add("`" + value.asString() + "`"));
            return String.join(", ", values);
        }
        return switch (node.get("type").asString()) {
            case "array" -> "list of " + type(node.get("items"));
            case "boolean" -> "`true`, `false`";
            default ->
                node.has("additionalProperties") ? "mapping to " + type(node.get("additionalProperties")) : "mapping";
        };
    }

    private JsonNode target(JsonNode node) {
        return schema.get("$defs").get(node.get("$ref").asString().substring("#/$defs/".length()));
    }

    /** The title of a definition, as a link to its table. */
    private static String name(JsonNode definition) {
        String title = definition.get("title").asString();
        return link(title, definition.has("properties") ? title.toLowerCase(Locale.ROOT) : "kinds of values");
    }

    private static String link(String text, String heading) {
        return "[" + text + "](#" + heading.replace(' ', '-') + ")";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
