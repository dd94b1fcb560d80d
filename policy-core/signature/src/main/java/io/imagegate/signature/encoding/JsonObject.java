package io.imagegate.signature.encoding;

import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An object of JSON whose fields are read by type. What is not as expected is refused, with its name. */
public final class JsonObject {

    /** Numbers of 64 bits are texts in the JSON of protocol buffers. */
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,18}");

    private static final int LONGEST = 128 * 1024;

    private final String what;
    private final Map<String, Object> fields;

    JsonObject(String what, Map<String, Object> fields) {
        this.what = what;
        this.fields = fields;
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
        fields.keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.format(what + " has an unknown field " + Refusal.shown(name));
                });
        return this;
    }

    public Optional<JsonObject> object(String name) {
        return typed(name, JsonObject.class, "an object");
    }

    public JsonObject requiredObject(String name) {
        return object(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> text(String name) {
        Object value = fields.get(name);
        return value instanceof LongText text ? Optional.of(text.text()) : typed(name, String.class, "a text");
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
        Object value = fields.get(name);
        return value instanceof LongText text
                ? Optional.of(text.base64(where(name)))
                : text(name).map(text -> Base64Text.of(where(name), text));
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
            throw Refusal.undecidable(where(name) + ": expected at most " + LONGEST + " bytes, got " + text.length());
        }
        return text.decoded();
    }

    /** {@return a whole number that is not negative, written as a number or as text} */
    public OptionalLong number(String name) {
        Object value = fields.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        String digits = String.valueOf(value);
        boolean number = (value instanceof String || value instanceof JsonReader.WrittenNumber)
                && NUMBER.matcher(digits).matches();
        if (!number || (digits.length() == 19 && digits.compareTo(String.valueOf(Long.MAX_VALUE)) > 0)) {
            throw wrong(name, "a whole number from 0 on");
        }
        return OptionalLong.of(Long.parseLong(digits));
    }

    /** {@return the objects of a list; none if it is missing} */
    public List<JsonObject> objects(String name, int most) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(name, most)) {
            if (!(item instanceof JsonObject object)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(object);
        }
        return objects;
    }

    /** {@return the texts of a list; none if it is missing} */
    public List<String> texts(String name, int most) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name, most)) {
            if (item instanceof LongText text) {
                texts.add(text.text());
            } else if (item instanceof String text) {
                texts.add(text);
            } else {
                throw wrong(name, "a list of texts");
            }
        }
        return texts;
    }

    /** {@return the fields of an object that are texts; none if it is missing} */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new HashMap<>();
        object(name)
                .ifPresent(object -> object.fields.forEach((key, value) -> {
                    if (value instanceof String text) {
                        texts.put(key, text);
                    }
                }));
        return texts;
    }

    private List<?> list(String name, int most) {
        List<?> list = typed(name, List.class, "a list").orElse(List.of());
        if (list.size() > most) {
            throw Refusal.undecidable(where(name) + ": expected at most " + most + ", got " + list.size());
        }
        return list;
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        @Nullable Object value = fields.get(name);
        if (value != null && !type.isInstance(value)) {
            throw wrong(name, expected);
        }
        return Optional.ofNullable(type.cast(value));
    }

    private String where(String name) {
        return what + ", " + name;
    }

    private Refusal missing(String name) {
        return Refusal.format(where(name) + " is missing");
    }

    private Refusal wrong(String name, String expected) {
        return Refusal.format(where(name) + ": expected " + expected);
    }
}
