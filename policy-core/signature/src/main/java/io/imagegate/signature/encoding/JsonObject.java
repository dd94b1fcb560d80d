package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.TextRange;
import io.imagegate.syntax.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** An object of JSON whose fields are read by type. What is not as expected is refused, with its name. */
public final class JsonObject {

    /** Numbers of 64 bits are texts in the JSON of protocol buffers. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private static final int LONGEST = 128 * 1024;

    /** Longest text that is copied. */
    private static final int COPIED = 64 * 1024;

    private final String what;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    /**
     * Makes an object. Fields that are null are left out, as protocol buffers do.
     *
     * @param what names it in messages
     * @param object the object
     */
    public JsonObject(String what, Node object) {
        this.what = what;
        for (Node.Field field : object.fields()) {
            if (field.value().type() != ValueType.NULL) {
                fields.put(field.name().text(), field.value());
            }
        }
    }

    public static JsonObject read(String what, byte[] document) {
        return JsonReader.read(what, document);
    }

    public static JsonObject read(String what, String document) {
        return JsonReader.read(what, document.getBytes(StandardCharsets.UTF_8));
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Refuses names that have no meaning here. */
    public JsonObject only(Set<String> names) {
        for (String name : fields.keySet()) {
            if (!names.contains(name)) {
                throw Refusal.format(what + " has an unknown field " + Refusal.shown(name));
            }
        }
        return this;
    }

    public Optional<JsonObject> object(String name) {
        return typed(name, ValueType.OBJECT, "an object").map(object -> new JsonObject(what, object));
    }

    public JsonObject requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> text(String name) {
        return typed(name, ValueType.STRING, "a text").map(JsonObject::text);
    }

    public String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    /** Refuses any other text. */
    public void expect(String name, String expected) {
        String found = requiredText(name);
        if (!found.equals(expected)) {
            throw Refusal.format(what + ", " + name + ": expected " + expected + ", got " + Refusal.shown(found));
        }
    }

    public Optional<Base64Text> base64(String name) {
        return typed(name, ValueType.STRING, "a text").map(text -> base64(placeText(name), text));
    }

    public Base64Text requiredBase64(String name) {
        return base64(name).orElseThrow(() -> missing(name));
    }

    public Optional<byte[]> bytes(String name) {
        return base64(name).map(text -> decoded(name, text));
    }

    public byte[] requiredBytes(String name) {
        return decoded(name, requiredBase64(name));
    }

    /** Only payloads are longer, and they are never decoded as a whole. */
    private byte[] decoded(String name, Base64Text text) {
        if (text.length() > LONGEST) {
            throw Refusal.undecidable(
                    placeText(name) + ": expected at most " + LONGEST + " bytes, got " + text.length());
        }
        return text.decoded();
    }

    /** {@return a whole number that is not negative, written as a number or as text} */
    public OptionalLong number(String name) {
        Node value = fields.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        String digits = value.text();
        boolean number = (value.isText() || value.type() == ValueType.NUMBER)
                && NUMBER.matcher(digits).matches();
        if (!number || (digits.length() == 19 && digits.compareTo(String.valueOf(Long.MAX_VALUE)) > 0)) {
            throw wrong(name, "a whole number from 0 on");
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /** {@return the objects of a list; none if it is missing} */
    public List<JsonObject> objects(String name, int most) {
        List<JsonObject> objects = new ArrayList<>();
        for (Node item : list(name, most)) {
            if (!item.isObject()) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new JsonObject(what, item));
        }
        return objects;
    }

    /** {@return the texts of a list; none if it is missing} */
    public List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        for (Node item : list(name, most)) {
            if (!item.isText()) {
                throw wrong(name, "a list of texts");
            }
            texts.add(text(item));
        }
        return texts;
    }

    /** {@return the fields of an object that are texts; none if it is missing} */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new HashMap<>();
        object(name)
                .ifPresent(object -> object.fields.forEach((key, value) -> {
                    if (value.isText() && value.range() == null) {
                        texts.put(key, value.text());
                    }
                }));
        return texts;
    }

    private List<Node> list(String name, int most) {
        List<Node> list =
                typed(name, ValueType.ARRAY, "a list").map(Node::elements).orElse(List.of());
        if (list.size() > most) {
            throw Refusal.undecidable(placeText(name) + ": expected at most " + most + ", got " + list.size());
        }
        return list;
    }

    private Optional<Node> typed(String name, ValueType type, String expected) {
        Node value = fields.get(name);
        if (value != null && value.type() != type) {
            throw wrong(name, expected);
        }
        return Optional.ofNullable(value);
    }

    private static String text(Node text) {
        TextRange range = text.range();
        if (range == null) {
            return text.text();
        }
        if (range.length() > COPIED) {
            throw Refusal.undecidable("a text has " + range.length() + " bytes, expected at most " + COPIED);
        }
        return range.text();
    }

    /** The payload of an attestation has megabytes, and is not copied. */
    private static Base64Text base64(String where, Node text) {
        TextRange range = text.range();
        return range == null
                ? Base64Text.of(where, text.text())
                : Base64Text.of(where, range.document(), range.start(), range.end());
    }

    private String placeText(String name) {
        return what + ", " + name;
    }

    private Refusal missing(String name) {
        return Refusal.format(placeText(name) + " is missing");
    }

    private Refusal wrong(String name, String expected) {
        return Refusal.format(placeText(name) + ": expected " + expected);
    }
}
