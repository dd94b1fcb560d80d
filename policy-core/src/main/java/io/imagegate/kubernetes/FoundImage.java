package io.imagegate.kubernetes;

import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Cursor;
import org.jspecify.annotations.Nullable;

/** An image that was found, before the kind of its object is known. Not thread-safe. */
final class FoundImage {

    final ImagePlace place;
    final String list;
    final int index;
    final int line;
    final int column;
    final int offset;
    final String text;
    /** The path, if it does not follow from the list; else null. */
    final @Nullable String path;
    /** Name of the container, volume or element. */
    @Nullable
    String name;
    /** Its parts in values of a chart that are read as in a file of values; else null. */
    @Nullable
    ChartImage parts;

    FoundImage(ImagePlace place, String list, int index, @Nullable String path, String text, Position position) {
        this.place = place;
        this.list = list;
        this.index = index;
        this.path = path;
        this.text = text;
        this.line = position.line();
        this.column = position.column();
        this.offset = position.offset();
    }

    /** Position of a value in its text. */
    record Position(int line, int column, int offset) {

        static Position of(Cursor<?> cursor) {
            return new Position(cursor.line(), cursor.column(), cursor.offset());
        }

        /** The position of an object that lacks a value, which can be replaced nowhere. */
        Position ofMissing() {
            return new Position(line, column, -1);
        }
    }

    /** {@return the same with another text} */
    FoundImage withText(String other) {
        FoundImage image = new FoundImage(place, list, index, path, other, new Position(line, column, offset));
        image.name = name;
        image.parts = parts;
        return image;
    }

    /** {@return another image that this may be; it is written nowhere} */
    FoundImage withReading(String other) {
        return new FoundImage(place, list, index, path, other, new Position(line, column, -1));
    }

    /** {@return whether a container has no image} */
    boolean isMissing() {
        return text.isEmpty() && offset < 0;
    }

    ReviewedImage reviewed() {
        ReviewedImage image = ReviewedImage.of(text, list, index).withContainer(place.type(), name);
        image = path == null ? image : image.withPath(path);
        image = place.unknown().isEmpty() ? image : image.withUnknown(place.unknown());
        return parts == null ? image : parts.mark(image);
    }
}
