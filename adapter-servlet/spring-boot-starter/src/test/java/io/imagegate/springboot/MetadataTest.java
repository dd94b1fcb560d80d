package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors show of the properties, and what the page says of them. */
@DisabledIfSystemProperty(
        named = "imagegate.spring-boot",
        matches = "3\\..*",
        disabledReason = "the file is the same for both")
class MetadataTest {

    private static final String RESOURCE = "/META-INF/spring-configuration-metadata.json";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(imagegate\\.[a-z.-]+?)(?:\\.NAME)?` \\| (?:`([^`]*)`)? *\\|");

    private static JsonNode metadata() throws IOException {
        try (InputStream in = Objects.requireNonNull(MetadataTest.class.getResourceAsStream(RESOURCE))) {
            return JsonMapper.shared().readTree(in);
        }
    }

    @Test
    @DisplayName("each property has a description and a type")
    void descriptions() throws IOException {
        JsonNode properties = metadata().get("properties");
        assertThat(properties).hasSizeGreaterThan(10).allSatisfy(property -> {
            assertThat(property.path("description").asString(""))
                    .as(property.toString())
                    .endsWith(".");
            assertThat(property.path("type").asString("")).isNotEmpty();
        });
    }

    @Test
    @DisplayName("the page lists the properties with their defaults, and no others")
    void page() throws IOException {
        Map<String, String> known = new TreeMap<>();
        for (JsonNode property : metadata().get("properties")) {
            JsonNode value = property.path("defaultValue");
            String name = property.get("name").asString();
            if (!name.startsWith("management.")) { // of every endpoint
                known.put(name, value.isValueNode() ? value.asString() : "");
            }
        }
        Map<String, String> listed = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("README.md")));
        while (rows.find()) {
            listed.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
        }
        assertThat(listed).isEqualTo(known);
    }

    @Test
    @DisplayName("misspelled variables are compared with all properties")
    void names() throws IOException {
        Set<String> known = new TreeSet<>();
        for (JsonNode property : metadata().get("properties")) {
            String name = property.get("name").asString();
            if (!name.startsWith("management.")) {
                known.add(property.path("type").asString("").startsWith("java.util.Map") ? name + "." : name);
            }
        }
        assertThat(PropertyNames.all()).isEqualTo(known);
    }

    @Test
    @DisplayName("suggests built-in policies")
    void hints() throws IOException {
        assertThat(metadata().get("hints").toString()).contains("imagegate.policy", "builtin:baseline", "handle-as");
    }
}
