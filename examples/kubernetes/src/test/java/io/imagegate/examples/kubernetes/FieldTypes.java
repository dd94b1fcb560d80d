package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The fields of kind's configuration and of what it patches, and their types: a field that they do not have, and a value
 * of another type, are refused.
 *
 * @param types the fields of each type
 */
record FieldTypes(Map<String, ?> types) {

    private static final Path FILE = Manifests.FOLDER.resolve("src/test/resources/kind/types.yaml");

    /** Those that kind and kubeadm publish. */
    static FieldTypes ofKind() throws IOException {
        return new FieldTypes(Manifests.parse(FILE.toString(), Files.readString(FILE))
                .all()
                .get(0)
                .tree());
    }

    boolean knows(Manifest manifest) {
        return types.containsKey(name(manifest.tree()));
    }

    /** Throws an error that says where the document differs. */
    void check(Manifest manifest) {
        check(manifest.source(), name(manifest.tree()), manifest.tree());
    }

    private static String name(Map<?, ?> object) {
        return object.get("apiVersion") + " " + object.get("kind");
    }

    private void check(String place, String type, Object value) {
        if (type.startsWith("[")) {
            int i = 0;
            for (Object element : (List<?>) expect(place, List.class, value)) {
                check(place + "[" + i++ + "]", inside(type), element);
            }
        } else if (type.startsWith("{")) {
            ((Map<?, ?>) expect(place, Map.class, value))
                    .forEach((key, element) -> check(place + "." + key, inside(type), element));
        } else if (types.get(type) instanceof Map<?, ?> fields) {
            ((Map<?, ?>) expect(place, Map.class, value)).forEach((key, element) -> {
                Object field = fields.get(key);
                if (field == null) {
                    throw new AssertionError(place + ": " + type + " has no field " + key);
                }
                check(place + "." + key, field.toString(), element);
            });
        } else {
            checkScalar(place, type, value);
        }
    }

    private void checkScalar(String place, String type, Object value) {
        switch (type) {
            case "text" -> expect(place, String.class, value);
            case "flag" -> expect(place, Boolean.class, value);
            case "number" -> expect(place, Integer.class, value);
            case "patch" -> checkPatch(place, expect(place, String.class, value));
            default -> {
                if (!List.of(type.split("\\|")).contains(value)) {
                    throw new AssertionError(place + ": expected one of " + type + ", got " + value);
                }
            }
        }
    }

    private void checkPatch(String place, String text) {
        Manifest patch = Manifests.parse(place, text).all().get(0);
        if (!knows(patch)) {
            throw new AssertionError(place + ": nothing is known of " + name(patch.tree()));
        }
        check(patch);
    }

    private static <T> T expect(String place, Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new AssertionError(place + ": expected " + type.getSimpleName() + ", got " + value);
        }
        return type.cast(value);
    }

    private static String inside(String type) {
        return type.substring(1, type.length() - 1);
    }
}
