package io.imagegate.kubernetes;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the metadata of an object. Not thread-safe. */
final class ObjectMetadata {

    private static final FieldNames ALL = FieldNames.of(
            "name", "generateName", "namespace", "labels", "annotations", "deletionTimestamp", "ownerReferences");
    private static final FieldNames CONTROLLER = FieldNames.of("controller");

    String name = "";
    String generateName = "";
    String namespace = "";
    String deletionTimestamp = "";

    @Nullable
    Map<String, String> labels = Map.of();

    Map<String, String> annotations = Map.of();
    boolean controlled;

    <X extends Exception> void read(Cursor<X> cursor, int most) throws X {
        if (!cursor.object("metadata")) {
            return;
        }
        for (String field = cursor.field(ALL); field != null; field = cursor.field(ALL)) {
            switch (field) {
                case "name" -> name = cursor.text("metadata.name");
                case "generateName" -> generateName = cursor.text("metadata.generateName");
                case "namespace" -> namespace = cursor.text("metadata.namespace");
                case "deletionTimestamp" -> deletionTimestamp = cursor.text("metadata.deletionTimestamp");
                case "ownerReferences" -> owners(cursor);
                case "labels" -> labels = labels(cursor, most);
                default -> annotations = annotations(cursor, "metadata.annotations", most);
            }
        }
    }

    /** Looks for an owner that is a controller. Owners decide only about patches, so values of other types are skipped. */
    private <X extends Exception> void owners(Cursor<X> cursor) throws X {
        if (cursor.type() != ValueType.ARRAY) {
            cursor.skip();
            return;
        }
        cursor.enterArray();
        while (cursor.element()) {
            if (cursor.type() != ValueType.OBJECT) {
                cursor.skip();
                continue;
            }
            cursor.enterObject();
            while (cursor.field(CONTROLLER) != null) {
                if (cursor.type() == ValueType.BOOLEAN) {
                    controlled |= cursor.scalar().equals("true");
                } else {
                    cursor.skip();
                }
            }
        }
    }

    static <X extends Exception> Map<String, String> annotations(Cursor<X> cursor, String what, int most) throws X {
        if (!cursor.object(what)) {
            return Map.of();
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String key = cursor.field(); key != null; key = cursor.field()) {
            if (annotations.size() == most) {
                throw cursor.tooMany(what + ": expected " + most + " at most");
            }
            annotations.put(key, cursor.text(what));
        }
        return annotations;
    }

    /** Reads labels. Others than texts, which no API server keeps, and more than the limit leave them unknown. */
    static <X extends Exception> @Nullable Map<String, String> labels(Cursor<X> cursor, int most) throws X {
        return switch (cursor.type()) {
            case OBJECT -> cursor.texts(most, null);
            case NULL -> {
                cursor.skip();
                yield Map.of();
            }
            default -> {
                cursor.skip();
                yield null;
            }
        };
    }
}
