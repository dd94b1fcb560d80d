package io.imagegate.kubernetes;

import io.imagegate.kubernetes.FoundImage.Position;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.workload.WorkloadPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a Helm chart: fields whose name is {@code image} or ends with {@code Image} name images, as a text or in parts.
 * The cursor limits the depth. Used once. Not thread-safe.
 */
final class HelmValues<X extends Exception> {

    private static final Set<String> PARTS =
            Set.of(ChartImage.REGISTRY, ChartImage.REPOSITORY, ChartImage.TAG, ChartImage.DIGEST);

    /** Some charts have it beside or in place of the repository, and join them as they like. */
    private static final String NAME = "name";

    private static final int MOST_DIGITS = 6;
    private static final int SHOWN = 60;
    private static final int LONGEST_PATH = 300;

    private final Cursor<X> cursor;
    private final ImageFields fields;
    private final String root;
    private final int most;
    private final boolean alone;
    private final List<FoundImage> images = new ArrayList<>();
    private final Map<Integer, ChartImage> made = new HashMap<>();

    /** A step on the way to a value, whose path is made when it is needed. */
    private record Step(@Nullable Step above, String name, int index) {

        private void write(StringBuilder path) {
            if (above != null) {
                above.write(path);
            }
            if (path.length() > LONGEST_PATH) {
                return;
            }
            if (index >= 0) {
                path.append('[').append(index).append(']');
            } else {
                path.append('.').append(WorkloadPath.isName(name) ? name : SafeText.quote(name, SHOWN));
            }
        }
    }

    HelmValues(Cursor<X> cursor, ImageFields fields, String root, int most) {
        this(cursor, fields, root, most, false);
    }

    /**
     * Makes a reader.
     *
     * @param root the path of the values; empty for a file of values
     * @param most largest number of images
     * @param alone whether parts without a repository are images, too
     */
    HelmValues(Cursor<X> cursor, ImageFields fields, String root, int most, boolean alone) {
        this.cursor = cursor;
        this.fields = fields;
        this.root = root;
        this.most = most;
        this.alone = alone;
    }

    /** Reads the object at the cursor. At most one image more than the limit is returned. */
    List<FoundImage> read(ImagePlace place) throws X {
        object(place, null);
        return images;
    }

    private void object(ImagePlace place, @Nullable Step at) throws X {
        cursor.enterObject();
        for (String name = cursor.field(); name != null; name = cursor.field()) {
            field(place, name, new Step(at, name, -1));
        }
    }

    private void field(ImagePlace place, String name, Step at) throws X {
        boolean image = name.equals("image") || name.endsWith("Image");
        ValueType type = cursor.type();
        if (image && type == ValueType.STRING) {
            fields.list();
            Position position = Position.of(cursor);
            add(place, cursor.scalar(), at, 0, position);
        } else if (image && type == ValueType.OBJECT) {
            fields.list();
            parts(place, name, at);
        } else {
            value(place, type, at);
        }
    }

    private void value(ImagePlace place, ValueType type, @Nullable Step at) throws X {
        switch (type) {
            case OBJECT -> object(place, at);
            case ARRAY -> {
                cursor.enterArray();
                for (int i = 0; cursor.element(); i++) {
                    value(place, cursor.type(), new Step(at, "", i));
                }
            }
            default -> cursor.skip();
        }
    }

    /** Parts without a repository name no image: the chart has the rest. */
    private void parts(ImagePlace place, String name, Step at) throws X {
        Position position = Position.of(cursor).ofMissing();
        Map<String, ChartImage.Part> parts = new LinkedHashMap<>();
        String unclear = "";
        cursor.enterObject();
        for (String part = cursor.field(); part != null; part = cursor.field()) {
            ValueType type = cursor.type();
            if (part.equals(NAME) && type == ValueType.STRING) {
                fields.unlist(name);
                unclear = NAME;
            }
            if (!PARTS.contains(part) || (type != ValueType.STRING && type != ValueType.NUMBER)) {
                field(place, part, new Step(at, part, -1));
                continue;
            }
            fields.list();
            Position start = Position.of(cursor);
            String text = cursor.scalar();
            parts.put(part, new ChartImage.Part(text, start.line(), start.offset()));
            unclear = type == ValueType.NUMBER && !isPrintedAsWritten(text) ? part : unclear;
        }
        ChartImage image = ChartImage.of(parts, unclear);
        if (!image.isEmpty() && (alone || image.hasRepository())) {
            add(place, image.text(), at, -1, position);
            made.put(images.size() - 1, image);
        } else if (!image.isEmpty()) {
            fields.unlist(name);
        }
    }

    /** {@return whether Helm, which reads numbers, prints one as it is written: 1.10 becomes 1.1, and 20240101 2.0240101e+07} */
    private static boolean isPrintedAsWritten(String number) {
        int dot = number.indexOf('.');
        String whole = dot < 0 ? number : number.substring(0, dot);
        String rest = dot < 0 ? "1" : number.substring(dot + 1);
        return isDigits(whole, MOST_DIGITS)
                && (whole.length() == 1 || whole.charAt(0) != '0')
                && isDigits(rest, MOST_DIGITS)
                && !rest.endsWith("0");
    }

    private static boolean isDigits(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void add(ImagePlace place, String text, Step at, int index, Position position) {
        if (images.size() <= most && !text.isEmpty()) {
            StringBuilder path = new StringBuilder(root);
            at.write(path);
            String found = root.isEmpty() ? path.substring(1) : path.toString();
            images.add(new FoundImage(place, found, index, found, text, position));
        }
    }

    /**
     * {@return what the parts of an image are, by its position in the list that was read; null if it is one text}
     *
     * @param index the position
     */
    @Nullable
    ChartImage parts(int index) {
        return made.get(index);
    }
}
