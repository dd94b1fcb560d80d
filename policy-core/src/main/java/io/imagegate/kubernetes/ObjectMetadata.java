package io.imagegate.kubernetes;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the metadata of an object. Not thread-safe. */
final class ObjectMetadata {

    private static final FieldNames ALL =
            FieldNames.of("name", "generateName", "namespace", "annotations", "deletionTimestamp");

    String name = "";
    String generateName = "";
    String namespace = "";
    String deletionTimestamp = "";
    Map<String, String> annotations = Map.of();

    <X extends Exception> void read(ObjectCursor<X> cursor, int maxAnnotations) throws X {
        if (!cursor.object("metadata")) {
            return;
        }
        for (String field = cursor.field(ALL); field != null; field = cursor.field(ALL)) {
            switch (field) {
                case "name" -> name = cursor.text("metadata.name");
                case "generateName" -> generateName = cursor.text("metadata.generateName");
                case "namespace" -> namespace = cursor.text("metadata.namespace");
                case "deletionTimestamp" -> deletionTimestamp = cursor.text("metadata.deletionTimestamp");
                default -> annotations = annotations(cursor, "metadata.annotations", maxAnnotations);
            }
        }
    }

    static <X extends Exception> Map<String, String> annotations(ObjectCursor<X> cursor, String what, int max)
            throws X {
        if (!cursor.object(what)) {
            return Map.of();
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        for (String key = cursor.field(); key != null; key = cursor.field()) {
            if (annotations.size() == max) {
                throw cursor.tooMany(what + ": expected " + max + " at most");
            }
            annotations.put(key, cursor.text(what));
        }
        return annotations;
    }
}
