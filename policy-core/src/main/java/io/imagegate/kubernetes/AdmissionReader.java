package io.imagegate.kubernetes;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ObservedCursor;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the request of an AdmissionReview. If the rest is malformed, the part read before is available. */
final class AdmissionReader<X extends Exception> {

    private static final FieldNames REQUEST = FieldNames.of(
            "uid",
            "kind",
            "subResource",
            "name",
            "namespace",
            "operation",
            "userInfo",
            "object",
            "oldObject",
            "dryRun");
    private static final FieldNames KIND = FieldNames.of("group", "version", "kind");
    private static final FieldNames USER = FieldNames.of("username", "groups");

    private final Cursor<X> cursor;
    private final ObjectPlaces places;
    private final int maxImages;
    private final int maxAnnotations;
    private String uid = "";
    private String operation = "";
    private String subresource = "";
    private String namespace = "";
    private String name = "";
    private String user = "";
    private @Nullable List<String> groups;
    private boolean dryRun;
    private ObjectKind kind = ObjectKind.NONE;
    private @Nullable ObjectReader<X> object;
    private @Nullable ObjectReader<X> oldObject;

    AdmissionReader(Cursor<X> cursor, ObjectPlaces places, int maxImages, int maxAnnotations) {
        this.cursor = cursor;
        this.places = places;
        this.maxImages = maxImages;
        this.maxAnnotations = maxAnnotations;
    }

    /** The uid if it was read, else an empty text. */
    String uid() {
        return uid;
    }

    void read() throws X {
        if (!cursor.object("request")) {
            return;
        }
        for (String field = cursor.field(REQUEST); field != null; field = cursor.field(REQUEST)) {
            switch (field) {
                case "uid" -> uid = cursor.text("request.uid");
                case "kind" -> kind = kind();
                case "subResource" -> subresource = cursor.text("request.subResource");
                case "name" -> name = cursor.text("request.name");
                case "namespace" -> namespace = cursor.text("request.namespace");
                case "operation" -> operation = cursor.text("request.operation");
                case "userInfo" -> user();
                case "object" -> object = object("request.object");
                case "oldObject" -> oldObject = object("request.oldObject");
                default -> dryRun = flag("request.dryRun");
            }
        }
    }

    AdmissionRequest request() throws X {
        return new AdmissionRequest(
                uid,
                operation,
                kind,
                subresource,
                namespace,
                name,
                user,
                groups,
                dryRun,
                object == null ? null : object.object(kind),
                oldObject == null ? null : oldObject.object(kind));
    }

    private ObjectKind kind() throws X {
        String group = "";
        String version = "";
        String kindName = "";
        if (cursor.object("request.kind")) {
            for (String field = cursor.field(KIND); field != null; field = cursor.field(KIND)) {
                switch (field) {
                    case "group" -> group = cursor.text("request.kind.group");
                    case "version" -> version = cursor.text("request.kind.version");
                    default -> kindName = cursor.text("request.kind.kind");
                }
            }
        }
        return new ObjectKind(group, version, kindName);
    }

    /** A user without groups has no field for them; the groups of an unknown user are unknown. */
    private void user() throws X {
        if (!cursor.object("request.userInfo")) {
            return;
        }
        boolean hasGroups = false;
        for (String field = cursor.field(USER); field != null; field = cursor.field(USER)) {
            if (field.equals("username")) {
                user = cursor.text("request.userInfo.username");
            } else {
                hasGroups = cursor.type() != ValueType.NULL;
                groups = groups();
            }
        }
        if (!hasGroups && !user.isEmpty()) {
            groups = List.of();
        }
    }

    /** More groups than the limit, and values of other types, are unknown: such a request was never denied for them. */
    private @Nullable List<String> groups() throws X {
        if (cursor.type() != ValueType.ARRAY) {
            cursor.skip();
            return null;
        }
        cursor.enterArray();
        List<String> names = new ArrayList<>();
        boolean known = true;
        while (cursor.element()) {
            known &= names.size() < maxAnnotations && cursor.type() == ValueType.STRING;
            if (known) {
                names.add(cursor.scalar());
            } else {
                cursor.skip();
            }
        }
        return known ? names : null;
    }

    private @Nullable ObjectReader<X> object(String what) throws X {
        ImageFields fields = new ImageFields();
        Cursor<X> observed = places.isComplete(kind) ? cursor : ObservedCursor.of(cursor, fields);
        if (!observed.object(what)) {
            return null;
        }
        ObjectReader<X> reader = new ObjectReader<>(observed, fields, places, maxImages, maxAnnotations);
        reader.assume(kind);
        reader.fields();
        return reader;
    }

    private boolean flag(String what) throws X {
        ValueType type = cursor.type();
        if (type != ValueType.BOOLEAN && type != ValueType.NULL) {
            throw cursor.malformed(what + ": expected a boolean, got " + type);
        }
        return cursor.scalar().equals("true");
    }
}
