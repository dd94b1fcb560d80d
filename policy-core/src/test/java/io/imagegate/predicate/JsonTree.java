package io.imagegate.predicate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A document of a test that is read as a predicate. */
public record JsonTree(JsonNode node) implements JsonValue {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads a text; quotes may be single. */
    public static JsonTree of(String json) {
        return new JsonTree(JSON.readTree(json.contains("\"") ? json : json.replace('\'', '"')));
    }

    /** The text of a sample: trivy, grype, vex or vsa. */
    public static String sample(String name) {
        try (InputStream in = JsonTree.class.getResourceAsStream("scans/" + name + ".json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Kind kind() {
        return switch (node.getNodeType()) {
            case OBJECT -> Kind.OBJECT;
            case ARRAY -> Kind.LIST;
            case STRING -> Kind.TEXT;
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.FLAG;
            default -> Kind.NULL;
        };
    }

    @Override
    public String text() {
        return node.asString();
    }

    @Override
    public void forEachField(BiConsumer<String, JsonValue> reader) {
        node.propertyStream().forEach(field -> reader.accept(field.getKey(), new JsonTree(field.getValue())));
    }

    @Override
    public void forEachElement(Consumer<JsonValue> reader) {
        node.valueStream().forEach(item -> reader.accept(new JsonTree(item)));
    }
}
