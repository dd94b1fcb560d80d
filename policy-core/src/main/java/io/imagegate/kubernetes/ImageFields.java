package io.imagegate.kubernetes;

import io.imagegate.syntax.PassedFields;
import io.imagegate.syntax.ValueType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether a field of an object could name an image: one whose name contains {@code image}, {@code containers},
 * one that ends with {@code Containers}, {@code resourcesTemplate}, and {@code repository} beside {@code tag} or {@code digest}, at any depth. A truth value or a
 * number names none, such as that of {@code verifyImages}. Not thread-safe.
 *
 * @since 0.1
 */
public final class ImageFields implements PassedFields {

    /** How images are pulled, and what images of disks of Ceph can do. */
    private static final Set<String> ABOUT_IMAGES =
            Set.of("imagePullPolicy", "imagePullSecret", "imagePullSecrets", "imageFeatures", "imageFormat");

    /** Fields of all objects in which nothing names an image that will run. */
    private static final Set<String> ABOUT_OBJECTS = Set.of("metadata", "status");

    /** Fields of metadata whose own fields are keys that users choose, also in templates. */
    private static final Set<String> WITH_KEYS = Set.of("annotations", "labels");

    /** A field of workflows: a text that changes their pods, images included. */
    private static final String PATCH = "podSpecPatch";

    /** A field of ResourceSets of the Flux Operator: a text with objects. */
    private static final String OBJECTS = "resourcesTemplate";

    private final Deque<Siblings> open = new ArrayDeque<>();
    private boolean found;
    private boolean foundByName;
    private boolean aboutObject;
    private String pending = "";
    private String unlisted = "";

    private static final class Siblings {
        private final boolean ofMetadata;
        private final boolean keys;
        private String last = "";
        private boolean repository;
        private boolean version;

        private Siblings(@Nullable Siblings above) {
            this.ofMetadata = above != null && above.last.equals("metadata");
            this.keys = above != null && above.ofMetadata && WITH_KEYS.contains(above.last);
        }
    }

    /** Creates a detector that found nothing. */
    public ImageFields() {}

    @Override
    public void enter() {
        settle();
        open.push(new Siblings(open.peek()));
    }

    @Override
    public void name(String name) {
        settle();
        Siblings siblings = open.element();
        siblings.last = name;
        boolean repository = name.equals("repository");
        boolean version = name.equals("tag") || name.equals("digest");
        siblings.repository |= repository;
        siblings.version |= version;
        boolean parts = (repository || version) && siblings.repository && siblings.version;
        found |= parts;
        foundByName = name.equals("containers")
                || name.endsWith("Containers")
                || name.equals(OBJECTS)
                || (name.toLowerCase(Locale.ROOT).contains("image") && !ABOUT_IMAGES.contains(name));
        boolean image = parts || foundByName;
        if (open.size() == 1) {
            aboutObject = ABOUT_OBJECTS.contains(name);
        }
        pending = (image || name.equals(PATCH)) && !aboutObject && !siblings.keys ? name : "";
    }

    @Override
    public void value(ValueType type) {
        if (foundByName && (type == ValueType.BOOLEAN || type == ValueType.NUMBER)) {
            foundByName = false;
            pending = "";
        }
    }

    @Override
    public void leave() {
        settle();
        open.pop();
    }

    /** Says that the last field is one in which images are looked for. */
    void list() {
        pending = "";
    }

    /** Says that a field names an image that cannot be told. */
    void unlist(String name) {
        if (unlisted.isEmpty()) {
            unlisted = name;
        }
    }

    /** Says that fields since an earlier one name no other images than those that were found. */
    void unlisted(String before) {
        settle();
        unlisted = before;
    }

    private void settle() {
        found |= foundByName;
        foundByName = false;
        if (unlisted.isEmpty()) {
            unlisted = pending;
        }
        pending = "";
    }

    /** {@return whether one of the fields could name an image} */
    public boolean found() {
        return found || foundByName;
    }

    /** {@return a field that could name an image and in which none is looked for; empty if there is none} */
    String unlisted() {
        return unlisted;
    }
}
