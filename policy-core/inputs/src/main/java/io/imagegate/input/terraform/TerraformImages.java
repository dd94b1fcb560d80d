package io.imagegate.input.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The images of one resource in a plan of Terraform: of the values after the change, and of those that are known after it only. Not
 * thread-safe.
 */
final class TerraformImages {

    /** The attributes of an image in parts: the registry, the name and the tag. */
    private static final Pattern PARTS = Pattern.compile("(?:(\\w+)/)?(\\w+)(?::(\\w+))?");

    private static final Pattern SCHEME = Pattern.compile("^https?://|/$");
    private static final int MOST_IMAGES = 1_000;
    /** Most characters of a path in a message. */
    private static final int LONGEST_PATH = 500;

    private static final String UNKNOWN = "(known after apply)";
    /** Attributes of the Kubernetes provider, and fields of its manifests, whose elements are containers. */
    private static final Set<String> CONTAINERS = Set.of(
            "container",
            "containers",
            "init_container",
            "initContainers",
            "ephemeral_container",
            "ephemeralContainers");
    /** Other ones behind which containers can be, if a plan does not know what is there. */
    private static final Set<String> AROUND_CONTAINERS =
            Set.of("manifest", "spec", "template", "job_template", "jobTemplate");

    private final String file;
    private final List<InputImage> images = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    TerraformImages(String file) {
        this.file = file;
    }

    /** A place in a resource: its text is made for images alone. */
    private record Place(@Nullable Place parent, String step) {

        static final Place ROOT = new Place(null, "");

        Place field(String name) {
            return new Place(this, "." + name);
        }

        Place element(int index) {
            return new Place(this, "[" + index + "]");
        }

        /** {@return the name of the attribute, of which this may be an element} */
        String name() {
            return step.startsWith("[") && parent != null ? parent.name() : step.substring(Math.min(1, step.length()));
        }

        /** {@return the path without a dot at its start, of which long steps are cut; {@code after} for the whole resource} */
        String text() {
            Deque<String> steps = new ArrayDeque<>();
            for (Place place = this; place != null; place = place.parent) {
                steps.push(SafeText.cut(place.step, FoundImages.SHOWN));
            }
            String path = String.join("", steps);
            return path.isEmpty() ? "after" : path.startsWith(".") ? path.substring(1) : path;
        }
    }

    /** {@return the images of a resource of the type; empty if there is none} */
    List<InputImage> find(String type, @Nullable Node after, @Nullable Node unknown) throws InputException {
        if (TerraformResources.isKubernetes(type)) {
            kubernetes(Place.ROOT, false, after, unknown);
        }
        String objects = TerraformResources.objects(type);
        if (!objects.isEmpty()) {
            Node text = field(unknown, objects);
            if (text != null && isTrue(text)) {
                unknown(Place.ROOT.field(objects), text);
            }
            return images;
        }
        for (List<String> path : TerraformResources.paths(type)) {
            follow(path, 0, Place.ROOT, after, unknown);
        }
        return images;
    }

    /** Follows a path. An array stands for each of its elements. */
    private void follow(List<String> path, int step, Place at, @Nullable Node after, @Nullable Node unknown)
            throws InputException {
        if (unknown != null && isTrue(unknown)) {
            unknown(at, unknown);
        } else if (isArray(after) || isArray(unknown)) {
            for (int i = 0; i < Math.max(size(after), size(unknown)); i++) {
                follow(path, step, at.element(i), element(after, i), element(unknown, i));
            }
        } else if (step == path.size()) {
            image(at, after);
        } else {
            String name = path.get(step);
            Matcher parts = PARTS.matcher(name);
            if (step == path.size() - 1 && parts.matches() && (parts.group(1) != null || parts.group(3) != null)) {
                parts(parts, at, after, unknown);
                return;
            }
            boolean isText = name.endsWith("!");
            String field = isText ? name.substring(0, name.length() - 1) : name;
            Node value = field(after, field);
            Node notKnown = field(unknown, field);
            if (isText && value != null && value.type() != ValueType.NULL && !isTrue(notKnown)) {
                json(path, step + 1, at.field(field), value);
            } else {
                follow(path, step + 1, at.field(field), value, notKnown);
            }
        }
    }

    /** Makes an image of its parts. One without a name is none. */
    private void parts(Matcher names, Place at, @Nullable Node after, @Nullable Node unknown) throws InputException {
        for (int i = 1; i <= 3; i++) {
            if (names.group(i) != null && isTrue(field(unknown, names.group(i)))) {
                unknown(at.field(names.group(i)), Objects.requireNonNull(field(unknown, names.group(i))));
                return;
            }
        }
        Node name = field(after, names.group(2));
        if (name == null || part(after, names.group(2)).isEmpty()) {
            return;
        }
        String registry = SCHEME.matcher(part(after, names.group(1))).replaceAll("");
        String tag = part(after, names.group(3));
        String image = (registry.isEmpty() ? "" : registry + "/")
                + part(after, names.group(2))
                + (tag.isEmpty() ? "" : ":" + tag);
        add(InputImage.of(image, at.field(names.group(2)).text(), name.line(), name.column()), name);
    }

    private String part(@Nullable Node after, @Nullable String name) throws InputException {
        Node part = name == null ? null : field(after, name);
        if (part == null || part.type() == ValueType.NULL) {
            return "";
        }
        if (!part.isText()) {
            throw TreeInput.problem(file, part, String.valueOf(name) + ": expected a text, got " + part.type());
        }
        return part.text();
    }

    /** Follows the rest of a path in a text of JSON, whose images have the place of the text. */
    private void json(List<String> path, int step, Place at, Node text) throws InputException {
        byte[] json = text.text().getBytes(UTF_8);
        JsonCursor<InputException> cursor = JsonCursor.of(
                json,
                json.length,
                TreeInput.LIMITS,
                (line, column, problem) -> TreeInput.problem(file, text, at.text() + ": not JSON: " + problem));
        Node value = cursor.document();
        if (value == null || cursor.begin()) {
            throw TreeInput.problem(file, text, at.text() + ": expected a text of one JSON value");
        }
        TerraformImages inText = new TerraformImages(file);
        inText.follow(path, step, at, value, null);
        for (InputImage image : inText.images) {
            add(new InputImage(image.image(), text.line(), text.column(), -1), text);
        }
    }

    /** Finds containers at any depth. */
    private void kubernetes(Place at, boolean isContainer, @Nullable Node after, @Nullable Node unknown)
            throws InputException {
        if (unknown != null && isTrue(unknown)) {
            if (at.parent() == null || CONTAINERS.contains(at.name()) || AROUND_CONTAINERS.contains(at.name())) {
                unknown(at, unknown);
            }
            return;
        }
        for (int i = 0; i < Math.max(size(after), size(unknown)); i++) {
            kubernetes(at.element(i), isContainer, element(after, i), element(unknown, i));
        }
        Map<String, Node> known = fields(after);
        Map<String, Node> notKnown = fields(unknown);
        Set<String> names = new LinkedHashSet<>(known.keySet());
        names.addAll(notKnown.keySet());
        for (String name : names) {
            if (isContainer && name.equals("image")) {
                follow(List.of("image"), 0, at, after, unknown);
            } else {
                kubernetes(at.field(name), CONTAINERS.contains(name), known.get(name), notKnown.get(name));
            }
        }
    }

    private static Map<String, Node> fields(@Nullable Node object) {
        Map<String, Node> fields = new LinkedHashMap<>();
        if (object != null) {
            object.fields().forEach(field -> fields.put(field.name().text(), field.value()));
        }
        return fields;
    }

    private void image(Place at, @Nullable Node image) throws InputException {
        if (image == null || image.type() == ValueType.NULL) {
            return;
        }
        if (!image.isText()) {
            throw TreeInput.problem(file, image, shown(at.text()) + ": expected an image, got " + image.type());
        }
        if (!image.text().isEmpty()) {
            add(InputImage.of(image.text(), at.text(), image.line(), image.column()), image);
        }
    }

    /** Several paths may go through an attribute that is not known. */
    private void unknown(Place at, Node unknown) throws InputException {
        String path = at.text();
        if (places.contains(path)) {
            return;
        }
        add(
                InputImage.of(UNKNOWN, path, unknown.line(), unknown.column())
                        .withUnknown(SafeText.cut(path, FoundImages.SHOWN)),
                unknown);
    }

    private void add(InputImage image, Node at) throws InputException {
        if (images.size() == MOST_IMAGES) {
            throw TreeInput.problem(file, at, "expected " + MOST_IMAGES + " images at most in one resource");
        }
        // Names that are cut may be alike.
        if (!places.add(image.image().place())) {
            throw TreeInput.problem(file, at, shown(image.image().place()) + ": expected another path for each image");
        }
        images.add(image);
    }

    private static String shown(String path) {
        return SafeText.escape(SafeText.cut(path, LONGEST_PATH));
    }

    private static boolean isTrue(@Nullable Node unknown) {
        return unknown != null
                && unknown.type() == ValueType.BOOLEAN
                && unknown.text().equals("true");
    }

    private static boolean isArray(@Nullable Node value) {
        return value != null && value.isArray();
    }

    private static int size(@Nullable Node array) {
        return array == null ? 0 : array.elements().size();
    }

    private static @Nullable Node element(@Nullable Node array, int index) {
        return index < size(array) && array != null ? array.elements().get(index) : null;
    }

    private static @Nullable Node field(@Nullable Node object, String name) {
        return object == null ? null : object.field(name);
    }
}
