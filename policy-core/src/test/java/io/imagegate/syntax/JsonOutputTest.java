package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON byte for byte as jackson-core writes it, whatever room there is for it. */
class JsonOutputTest {

    private static String text(Consumer<JsonOutput> writer) {
        return new String(JsonOutput.encode(0, writer), UTF_8);
    }

    @Test
    void objectsAndArraysInAnyOrder() {
        assertThat(text(json -> json.beginObject().endObject())).isEqualTo("{}");
        assertThat(text(json -> json.beginArray().endArray())).isEqualTo("[]");
        assertThat(text(json -> json.beginObject()
                        .field("a", "b")
                        .field("c", true)
                        .field("d", -9_007_199_254_740_993L)
                        .name("e")
                        .beginArray()
                        .string("f")
                        .beginObject()
                        .field("g", false)
                        .endObject()
                        .beginObject()
                        .endObject()
                        .beginArray()
                        .endArray()
                        .string("")
                        .endArray()
                        .name("h")
                        .beginObject()
                        .endObject()
                        .field("i", 0)
                        .endObject()))
                .isEqualTo("{\"a\":\"b\",\"c\":true,\"d\":-9007199254740993,\"e\":[\"f\",{\"g\":false},{},[],\"\"],"
                        + "\"h\":{},\"i\":0}");
    }

    @Test
    void everyCharacter() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        String text = all.toString();
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), expected)) {
            json.writeString(text);
        }
        assertThat(JsonOutput.encode(0, json -> json.string(text))).isEqualTo(expected.toByteArray());
    }

    @Test
    void halfACharacter() {
        assertThat(text(json -> json.string("\uD83D"))).isEqualTo("\"\\uD83D\"");
        assertThat(text(json -> json.string("a\uDE00\uD83Db"))).isEqualTo("\"a\\uDE00\\uD83Db\"");
        assertThat(text(json -> json.string("\uD83D\uD83D\uDE00"))).isEqualTo("\"\\uD83D\uD83D\uDE00\"");
    }

    @Test
    void whateverRoomThereIs() {
        Consumer<JsonOutput> writer = json -> json.beginObject()
                .field("a", "x\n\u00e4\u20ac\uD83D\uDE00" + "y".repeat(20))
                .endObject();
        byte[] text = JsonOutput.encode(0, writer);
        for (int room = 1; room < text.length + 3; room++) {
            assertThat(JsonOutput.encode(room, writer)).as("room " + room).isEqualTo(text);
        }
    }
}
