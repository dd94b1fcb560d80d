package io.imagegate.kubernetes;

import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.ObservedCursor;
import io.imagegate.syntax.ValueType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the objects in a document: one object, the elements of a list, or a review. Not thread-safe.
 *
 * @param <X> exception that is thrown for malformed text
 * @since 0.1
 */
public final class ObjectWalker<X extends Exception> {

    private static final String LIST = "List";

    private final ObservedCursor<X> cursor;
    private final ObjectPlaces places;
    private final FieldNames fields;
    private final int mostImages;
    private final int mostAnnotations;
    private final ObjectListener objects;
    private final @Nullable Consumer<? super X> kindless;
    /** Whether an API server lists the objects, which then have no line. */
    private boolean listed;

    private boolean ofFiles;
    private boolean orPatches;
    private boolean asWebhook;

    private @Nullable String next;

    /**
     * Makes a walker.
     *
     * @param cursor the document
     * @param places where images stand
     * @param mostImages most images in an object or a review
     * @param mostAnnotations most annotations in an object or a review
     * @param objects receives each object as soon as it is read
     * @param kindless receives the reason why a value is not an object with a kind and is skipped; null to throw it
     */
    public ObjectWalker(
            Cursor<X> cursor,
            ObjectPlaces places,
            int mostImages,
            int mostAnnotations,
            ObjectListener objects,
            @Nullable Consumer<? super X> kindless) {
        this.cursor = new ObservedCursor<>(cursor);
        this.places = places;
        this.fields = places.fieldsAnd("items", "request");
        this.mostImages = mostImages;
        this.mostAnnotations = mostAnnotations;
        this.objects = objects;
        this.kindless = kindless;
    }

    /**
     * Reads objects as {@link ObjectReader#orPatch}.
     *
     * @return this walker
     */
    public ObjectWalker<X> orPatches() {
        orPatches = true;
        return this;
    }

    /**
     * Reads objects as {@link ObjectReader#ofFiles}.
     *
     * @return this walker
     */
    public ObjectWalker<X> ofFiles() {
        ofFiles = true;
        return this;
    }

    /**
     * Reads objects of unknown kinds as a webhook does: nothing is known of their images, whatever their fields.
     *
     * @return this walker
     */
    public ObjectWalker<X> asWebhook() {
        asWebhook = true;
        return this;
    }

    /**
     * Reads the document at the cursor: an object, an array of objects, or nothing.
     *
     * @throws X if it is something else, or is malformed
     */
    public void document() throws X {
        document(null);
    }

    /**
     * Reads the document at the cursor.
     *
     * @param kind the kind of objects that name none; null to require a kind
     * @throws X if it is not an object, an array of objects, or nothing, or is malformed
     */
    public void document(@Nullable ObjectKind kind) throws X {
        if (cursor.type() == ValueType.ARRAY) {
            cursor.enterArray();
            while (cursor.element()) {
                value(kind);
            }
        } else {
            value(kind);
        }
    }

    /**
     * Reads a list of an API server at the cursor.
     *
     * @return the token of the next page; empty if this is the last
     * @throws X if it is no list, or is malformed
     */
    public String page() throws X {
        listed = true;
        X other = cursor.malformed("expected a list of objects");
        value(null);
        if (next == null) {
            throw other;
        }
        return next;
    }

    private void value(@Nullable ObjectKind kind) throws X {
        ValueType type = cursor.type();
        if (type == ValueType.OBJECT) {
            object(kind);
        } else {
            if (type != ValueType.NULL) {
                withoutKind(cursor.malformed("expected a Kubernetes object, got " + type));
            }
            cursor.skip();
        }
    }

    private void withoutKind(X problem) throws X {
        if (kindless == null) {
            throw problem;
        }
        kindless.accept(problem);
    }

    /** Returns a problem that counts only if the object turns out to have a kind; null if there is none. */
    private @Nullable X wrongType(String field) throws X {
        ValueType expected = switch (field) {
            case "kind", "apiVersion" -> ValueType.STRING;
            case "metadata" -> ValueType.OBJECT;
            default -> null;
        };
        ValueType type = cursor.type();
        return expected == null || type == expected || type == ValueType.NULL
                ? null
                : cursor.malformed(field + ": expected " + expected + ", got " + type);
    }

    /** Reads the object at the cursor. If it names no kind, it has the one that its list or the caller gives. */
    private void object(@Nullable ObjectKind givenKind) throws X {
        int line = cursor.line();
        ImageFields imageFields = new ImageFields();
        cursor.observe(imageFields);
        cursor.enterObject();
        ObjectReader<X> reader = new ObjectReader<>(cursor, imageFields, places, mostImages, mostAnnotations);
        if (listed) {
            reader.listed();
        }
        if (ofFiles) {
            reader.ofFiles();
        }
        if (orPatches) {
            reader.orPatch();
        }
        X problem = null;
        boolean hasItems = false;
        boolean hasSpec = false;
        boolean hasRequest = false;
        boolean assumed = false;
        for (String field = cursor.field(fields); field != null; field = cursor.field(fields)) {
            ObjectKind kind = reader.kind();
            switch (field) {
                case "items" -> {
                    hasItems = true;
                    items(kind);
                    cursor.observe(imageFields);
                }
                case "request" -> {
                    hasRequest = true;
                    cursor.skip();
                }
                default -> {
                    X wrong = wrongType(field);
                    problem = problem == null ? wrong : problem;
                    if (wrong == null) {
                        reader.field(field);
                    } else {
                        cursor.skip();
                    }
                    hasSpec |= field.equals("spec");
                }
            }
            if (isReview(reader.kind())) {
                if (hasItems) {
                    throw ReviewReader.withItems(cursor, reader.kind().kind());
                }
                requireFirst(hasSpec || hasRequest);
                cursor.observe(null);
                review(reader.kind(), line);
                return;
            }
            if (!assumed
                    && !reader.kind().kind().isEmpty()
                    && !reader.kind().version().isEmpty()) {
                assumed = true;
                assume(reader, reader.kind().orWorkload());
            }
        }
        ObjectKind kind = reader.kind().kind().isEmpty() && givenKind != null ? givenKind : reader.kind();
        boolean isList = hasItems && kind.kind().endsWith(LIST);
        if (kind.kind().isEmpty()) {
            String missing = "expected an object with a kind, got one without that begins in line " + line;
            withoutKind(problem == null ? cursor.malformed(missing) : problem);
        } else if (kindless != null && !isList && isOfNoApi(kind)) {
            withoutKind(cursor.malformed(
                    "expected an object with an API version, got one without that begins in line " + line));
        } else if (problem != null) {
            throw problem;
        } else if (!isList) {
            end(reader, kind.orWorkload(), imageFields, hasItems, line);
        } else {
            next = reader.next();
        }
    }

    /** kubectl applies no object without an API version but a list. A workload is read without it, too. */
    private boolean isOfNoApi(ObjectKind kind) {
        return kind.apiVersion().isEmpty() && !places.knows(kind.orWorkload());
    }

    /** The places of other kinds are not read, and fields that could name an image are not looked for in vain. */
    private void assume(ObjectReader<X> reader, ObjectKind kind) {
        reader.assume(kind);
        if (places.isComplete(kind)) {
            cursor.observe(null);
        }
    }

    private void end(ObjectReader<X> reader, ObjectKind kind, ImageFields found, boolean hasItems, int line) throws X {
        if (hasItems && places.knows(kind)) {
            throw cursor.malformed("a " + kind.kind() + " with items begins in line " + line
                    + ", which only kubectl reads as a list: expected a workload or a list");
        }
        KubernetesObject object = reader.object(kind);
        boolean known = asWebhook || places.knows(kind) || (found.found() && !KindsWithoutImages.contains(kind));
        objects.object(listed ? 0 : line, known ? object : object.withoutImages());
    }

    /** Reads the items of a list. kubectl treats an object of any kind with items as a list. */
    private void items(ObjectKind list) throws X {
        ValueType found = cursor.type();
        if (found != ValueType.ARRAY) {
            if (listed && found != ValueType.NULL) {
                throw cursor.malformed("items: expected an array, got " + found);
            }
            cursor.skip();
            return;
        }
        String name = list.kind();
        String itemName = name.endsWith(LIST) ? name.substring(0, name.length() - LIST.length()) : name;
        ObjectKind kind = itemName.isEmpty() ? null : new ObjectKind(list.group(), list.version(), itemName);
        cursor.enterArray();
        while (cursor.element()) {
            ValueType type = cursor.type();
            if (type != ValueType.OBJECT) {
                throw cursor.malformed("items: expected an object, got " + type);
            }
            object(kind);
        }
    }

    /** The API version may come later, or be missing in a recorded review. */
    private static boolean isReview(ObjectKind kind) {
        return switch (kind.kind()) {
            case ReviewReader.IMAGE_REVIEW ->
                kind.group().isEmpty() || kind.group().equals("imagepolicy.k8s.io");
            case ReviewReader.ADMISSION_REVIEW ->
                kind.group().isEmpty() || kind.group().equals("admission.k8s.io");
            default -> false;
        };
    }

    private void requireFirst(boolean late) throws X {
        if (late) {
            throw cursor.malformed("expected kind and apiVersion before the request of a review");
        }
    }

    private void review(ObjectKind kind, int line) throws X {
        ReviewReader<X> review =
                ReviewReader.after(kind.kind(), kind.apiVersion(), cursor, places, mostImages, mostAnnotations);
        review.read();
        objects.review(line, review.review());
    }
}
