package io.imagegate.document;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema of the format, as an editor uses it. */
public final class PolicySchema {

    /** Problems that a schema cannot tell, by words of the message, and why. */
    static final Map<String, String> BEYOND = Map.ofEntries(
            Map.entry("duplicate key", "an editor hands a schema data, in which keys are unique"),
            Map.entry("is already defined", "it can compare whole elements of a list, not one field of them"),
            Map.entry("expected one policy with mutate", "it sees one document"),
            Map.entry("path \"", "it cannot compare the steps of paths"),
            Map.entry("already has one of this kind", "it can compare whole elements of a list, not one field of them"),
            Map.entry("ignoredKinds and workloads", "it cannot compare values of two lists"),
            Map.entry("it is not known where images stand", "it does not know the list of well-known kinds"),
            Map.entry("unknown set", "it cannot look up a name elsewhere in the document"),
            Map.entry("there is no rule", "it cannot look up a name elsewhere in the document"),
            Map.entry("unknown rule", "it does not know what Java provides"),
            Map.entry("CEL needs the artifact", "it does not know what is on the class path"),
            Map.entry("there is no image", "it cannot look up a name elsewhere in the document"),
            Map.entry("image \"", "the grammar of references would be an unreadable regular expression"),
            Map.entry("has another digest", "it cannot compare parts of a key with a value"),
            Map.entry("rejects its parameters", "it does not know what Java accepts"),
            Map.entry("pattern \"", "the grammar of patterns would be an unreadable regular expression"),
            Map.entry("version range \"", "the grammar of ranges would be an unreadable regular expression"),
            Map.entry("unknown signer", "it cannot look up a name elsewhere in the document"),
            Map.entry("unknown trust", "it cannot look up a name elsewhere in the document"),
            Map.entry("requires sct", "it cannot look up a name elsewhere in the document"),
            Map.entry("demands neither a log", "it cannot look up a name elsewhere in the document"),
            Map.entry("has the same keys", "it sees no keys"),
            Map.entry("at least 3 of 2", "it cannot compare a number with the length of a list"),
            Map.entry("is ignored already", "it can compare whole elements of a list, not one field of them"),
            Map.entry("do not prove when", "it cannot look up a name elsewhere in the document"),
            Map.entry("in the SPDX License List (", "it does not have the list"),
            Map.entry("no number is at least", "it cannot compare two numbers"),
            Map.entry("certificate.subject: ", "the grammar of subjects would be an unreadable regular expression"),
            Map.entry("the identity \"", "the grammar of names would be an unreadable regular expression"),
            Map.entry("have the form of Notation", "it cannot look up a name elsewhere in the document"),
            Map.entry("every namespace is also in", "it cannot compare globs"),
            Map.entry("every image is excluded", "it cannot compare globs"),
            Map.entry("never applies: no image is in it", "it cannot compare globs"),
            Map.entry("never applies: only pods have", "it cannot compare values of two lists"),
            Map.entry("denies nothing: the match around it", "it cannot compare globs"),
            Map.entry("no such file", "it sees one document, no files"),
            Map.entry("not read from a folder", "it sees one document, not where it comes from"));

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);

    private PolicySchema() {}

    static String text() {
        try (InputStream in = PolicySchema.class.getResourceAsStream("imagepolicy.schema.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree() {
        return JSON.readTree(text());
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Whether every document of a text in YAML or JSON is what the schema describes. */
    public static boolean accepts(String yaml) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .build();
        return StreamSupport.stream(new Load(settings).loadAllFromString(yaml).spliterator(), false)
                .allMatch(document -> SCHEMA.validate(
                                JSON.<JsonNode>valueToTree(document),
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                        .isEmpty());
    }

    /** Whether a schema cannot tell this problem. */
    static boolean isBeyond(String problem) {
        return BEYOND.keySet().stream().anyMatch(problem::contains);
    }
}
