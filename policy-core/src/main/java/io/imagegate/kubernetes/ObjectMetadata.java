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
    private static final FieldNames LISTED = ALL.with("uid", "continue");
    private static final FieldNames CONTROLLER = FieldNames.of("controller");
    private static final FieldNames OWNER = CONTROLLER.with("uid");

    /** Whether an API server lists the object: then it tells who it is, and who owns it. */
    boolean listed;

    String name = "";
    String generateName = "";
    String namespace = "";
    String deletionTimestamp = "";

    @Nullable
    Map<String, String> labels = Map.of();

    Map<String, String> annotations = Map.of();
    boolean controlled;
    String uid = "";
    /** The uid of the owner that is its controller. */
    String controllerUid = "";
    /** Of a list, the token of its next page. */
    String next = "";

    <X extends Exception> void read(Cursor<X> cursor, int most) throws X {
        if (!cursor.object("metadata")) {
            return;
        }
        FieldNames wanted = listed ? LISTED : ALL;
        for (String field = cursor.field(wanted); field != null; field = cursor.field(wanted)) {
            switch (field) {
                case "name" -> name = cursor.text("metadata.name");
                case "generateName" -> generateName = cursor.text("metadata.generateName");
                case "namespace" -> namespace = cursor.text("metadata.namespace");
                case "deletionTimestamp" -> deletionTimestamp = cursor.text("metadata.deletionTimestamp");
                case "ownerReferences" -> owners(cursor);
                case "labels" -> labels = labels(cursor, most);
                case "uid" -> uid = cursor.text("metadata.uid");
                case "continue" -> next = cursor.text("metadata.continue");
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
            owner(cursor);
        }
    }

    private <X extends Exception> void owner(Cursor<X> cursor) throws X {
        FieldNames wanted = listed ? OWNER : CONTROLLER;
        boolean controls = false;
        String owner = "";
        for (String field = cursor.field(wanted); field != null; field = cursor.field(wanted)) {
            ValueType type = cursor.type();
            if (field.equals("uid") && type == ValueType.STRING) {
                owner = cursor.scalar();
            } else if (field.equals("controller") && type == ValueType.BOOLEAN) {
                controls = cursor.scalar().equals("true");
            } else {
                cursor.skip();
            }
        }
        if (controls) {
            controlled = true;
            controllerUid = owner;
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
