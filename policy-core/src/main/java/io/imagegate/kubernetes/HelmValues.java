package io.imagegate.kubernetes;

import io.imagegate.kubernetes.FoundImage.Position;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.workload.WorkloadPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a Helm chart: fields whose name is {@code image} or ends with {@code Image} name images, as a text or in parts.
 * The cursor limits the depth. Used once. Not thread-safe.
 */
final class HelmValues<X extends Exception> {

    private static final String REGISTRY = "registry";
    private static final String REPOSITORY = "repository";
    private static final String TAG = "tag";
    private static final String DIGEST = "digest";
    private static final Set<String> PARTS = Set.of(REGISTRY, REPOSITORY, TAG, DIGEST);

    /** Some charts have it beside or in place of the repository, and join them as they like. */
    private static final String NAME = "name";

    private static final int SHOWN = 60;
    private static final int LONGEST_PATH = 300;

    private final Cursor<X> cursor;
    private final ImageFields fields;
    private final String root;
    private final int most;
    private final List<FoundImage> images = new ArrayList<>();

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
        this.cursor = cursor;
        this.fields = fields;
        this.root = root;
        this.most = most;
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
        String registry = "";
        String repository = "";
        String tag = "";
        String digest = "";
        cursor.enterObject();
        for (String part = cursor.field(); part != null; part = cursor.field()) {
            ValueType type = cursor.type();
            if (part.equals(NAME) && type == ValueType.STRING) {
                fields.unlist(name);
            }
            if (!PARTS.contains(part) || (type != ValueType.STRING && type != ValueType.NUMBER)) {
                field(place, part, new Step(at, part, -1));
                continue;
            }
            fields.list();
            String text = cursor.scalar();
            switch (part) {
                case REGISTRY -> registry = text;
                case REPOSITORY -> repository = text;
                case TAG -> tag = text;
                default -> digest = text;
            }
        }
        if (!repository.isEmpty()) {
            String image = (registry.isEmpty() ? "" : registry + "/")
                    + repository
                    + (tag.isEmpty() ? "" : ":" + tag)
                    + (digest.isEmpty() ? "" : "@" + digest);
            add(place, image, at, -1, position);
        } else if (!registry.isEmpty() || !tag.isEmpty() || !digest.isEmpty()) {
            fields.unlist(name);
        }
    }

    private void add(ImagePlace place, String text, Step at, int index, Position position) {
        if (images.size() <= most && !text.isEmpty()) {
            StringBuilder path = new StringBuilder(root);
            at.write(path);
            images.add(new FoundImage(place, path.toString(), index, path.toString(), text, position));
        }
    }
}
