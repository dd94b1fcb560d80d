package io.imagegate.document;

import io.imagegate.kubernetes.FieldNames;
import io.imagegate.kubernetes.ObjectCursor;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.kubernetes.ObjectReader;
import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.kubernetes.ValueType;
import io.imagegate.wire.WireLimits;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the objects in a document: one, those of a list, or a review. Not thread-safe. */
final class ManifestWalker<X extends Exception> {

    private static final FieldNames FIELDS =
            FieldNames.of("kind", "apiVersion", "metadata", "spec", "template", "items", "request");
    private static final String LIST = "List";

    private final ObjectCursor<X> cursor;
    private final String file;
    private final WireLimits limits;
    private final Consumer<ManifestObject> objects;

    ManifestWalker(ObjectCursor<X> cursor, String file, WireLimits limits, Consumer<ManifestObject> objects) {
        this.cursor = cursor;
        this.file = file;
        this.limits = limits;
        this.objects = objects;
    }

    /** Reads the document at the cursor; an empty one has no objects. */
    void document() throws X {
        ValueType type = cursor.type();
        if (type == ValueType.NULL) {
            cursor.skip();
        } else if (type == ValueType.OBJECT) {
            object(null);
        } else {
            throw cursor.malformed("expected a Kubernetes object, got " + type);
        }
    }

    /** The object at the cursor, of a kind that it need not name itself if it stands in a list. */
    private void object(@Nullable ObjectKind kindInList) throws X {
        int line = cursor.line();
        cursor.enterObject();
        ObjectReader<X> reader = new ObjectReader<>(cursor, limits.images(), limits.annotations());
        boolean hasItems = false;
        boolean hasSpec = false;
        boolean hasRequest = false;
        for (String field = cursor.field(FIELDS); field != null; field = cursor.field(FIELDS)) {
            ObjectKind kind = reader.kind();
            switch (field) {
                case "items" -> hasItems |= items(kind);
                case "request" -> {
                    hasRequest = true;
                    cursor.skip();
                }
                default -> {
                    reader.field(field);
                    hasSpec |= field.equals("spec");
                }
            }
            if (isReview(reader.kind())) {
                requireFirst(hasSpec || hasRequest);
                review(reader.kind(), line);
                return;
            }
        }
        end(reader, kindInList, hasItems, line);
    }

    private void end(ObjectReader<X> reader, @Nullable ObjectKind kindInList, boolean hasItems, int line) throws X {
        ObjectKind kind = reader.kind();
        if (kind.kind().isEmpty()) {
            if (kindInList == null) {
                throw cursor.malformed("expected an object with a kind, got one without that begins in line " + line);
            }
            kind = kindInList;
        }
        if (!hasItems || !kind.kind().endsWith(LIST)) {
            objects.accept(ManifestObject.of(file, line, reader.object(kind)));
        }
    }

    /** The items of a list, or of what may turn out to be one; false if it is none. */
    private boolean items(ObjectKind list) throws X {
        String name = list.kind();
        if ((!name.isEmpty() && !name.endsWith(LIST)) || cursor.type() != ValueType.ARRAY) {
            cursor.skip();
            return false;
        }
        ObjectKind kind = name.length() <= LIST.length()
                ? null
                : new ObjectKind(list.group(), list.version(), name.substring(0, name.length() - LIST.length()));
        cursor.enterArray();
        while (cursor.element()) {
            ValueType type = cursor.type();
            if (type != ValueType.OBJECT) {
                throw cursor.malformed("items: expected an object, got " + type);
            }
            object(kind);
        }
        return true;
    }

    private static boolean isReview(ObjectKind kind) {
        String apiVersion = kind.group() + "/" + kind.version();
        return (kind.kind().equals(ReviewReader.IMAGE_REVIEW) && apiVersion.equals(ReviewReader.IMAGE_REVIEW_VERSION))
                || (kind.kind().equals(ReviewReader.ADMISSION_REVIEW)
                        && apiVersion.equals(ReviewReader.ADMISSION_REVIEW_VERSION));
    }

    private void requireFirst(boolean late) throws X {
        if (late) {
            throw cursor.malformed("expected kind and apiVersion of a review before what it asks");
        }
    }

    private void review(ObjectKind kind, int line) throws X {
        ReviewReader<X> review = ReviewReader.after(kind.kind(), cursor, limits.images(), limits.annotations());
        review.read();
        objects.accept(ManifestObject.recorded(file, line, review.review()));
    }
}
