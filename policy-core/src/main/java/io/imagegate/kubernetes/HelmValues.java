package io.imagegate.kubernetes;

import io.imagegate.kubernetes.FoundImage.Position;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import io.imagegate.workload.WorkloadPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a Helm chart: fields whose name is {@code image} or ends with {@code Image} name images, as a text or in parts.
 * In a file of values so do a {@code repository} beside a version, and what is in {@code images}. The cursor limits the depth. Used
 * once. Not thread-safe.
 */
final class HelmValues<X extends Exception> {

    private static final List<String> PARTS =
            List.of(ChartImage.REGISTRY, ChartImage.REPOSITORY, ChartImage.TAG, ChartImage.DIGEST, ChartImage.SHA);
    private static final Set<String> VERSIONS = Set.of(ChartImage.TAG, ChartImage.DIGEST, ChartImage.SHA);

    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final String TAGS = "tags";
    private static final String IMAGE_REGISTRY = "imageRegistry";
    /** Ends of names such as {@code imageTag}, whose values may look like an image and are a part of one. */
    private static final Set<String> PARTS_IN_NAMES = Set.of("registry", "tag", "digest", "version");
    /** The values with the registry of all images of which a registry is written. */
    private static final String GLOBAL = "global";

    /** Some charts have it beside or in place of the repository, and join them as they like. */
    private static final String NAME = "name";

    /** What charts join with an image: what is before it, and what follows it. */
    private static final List<String> JOINED = List.of(
            ChartImage.REGISTRY,
            ChartImage.REPOSITORY,
            "hub",
            ChartImage.TAG,
            ChartImage.DIGEST,
            ChartImage.SHA,
            "version");

    /** Strings that are true or false in YAML 1.1, if they have no quotes. */
    private static final Set<String> SWITCHES = Set.of("y", "yes", "n", "no", "on", "off");

    private static final int MOST_DIGITS = 6;
    private static final int SHOWN = 60;
    private static final int MOST_REPLACED = 50;
    private static final int LONGEST_PATH = 300;

    private final Cursor<X> cursor;
    private final ImageFields fields;
    private final String root;
    private final int most;
    private final boolean alone;
    private final List<FoundImage> images = new ArrayList<>();
    private final Map<Integer, ChartImage> made = new HashMap<>();
    private ChartImage.@Nullable Part global;
    private ChartImage.@Nullable Part registryOfOthers;
    private String unreadable = "";

    /** A step on the way to a value, whose path is made when it is needed. */
    private record Step(@Nullable Step above, String name, int index) {

        /** {@return whether this is a value of the whole} */
        private boolean isAt(String field) {
            return above == null && name.equals(field);
        }

        /** {@return whether this is a value of another one} */
        private boolean isIn(String field) {
            return above != null && above.name.equals(field);
        }

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

    /**
     * Makes a reader.
     *
     * @param root the path of the values; empty for a file of values
     * @param most largest number of images
     * @param alone whether they are read as in a file of values: parts without a repository are images, too
     */
    HelmValues(Cursor<X> cursor, ImageFields fields, String root, int most, boolean alone) {
        this.cursor = cursor;
        this.fields = fields;
        this.root = root;
        this.most = most;
        this.alone = alone;
    }

    /** A scalar, where it is written. */
    private record Text(String text, Position position, ValueType type) {

        ChartImage.Part part() {
            return new ChartImage.Part(text, position.line(), position.offset());
        }

        /** {@return whether Helm prints it as it is written: it reads YAML 1.1, where on is true and 1_000 a number} */
        boolean isPrintedAsWritten() {
            return type == ValueType.STRING
                    ? !isOther(text)
                    : type == ValueType.NUMBER && HelmValues.isPrintedAsWritten(text);
        }

        boolean isName() {
            return type == ValueType.STRING && !text.isEmpty();
        }
    }

    /** Reads the object at the cursor. At most one image more than the limit is returned. */
    List<FoundImage> read(ImagePlace place) throws X {
        object(place, "", null);
        ChartImage.Part registry = global;
        ChartImage.Part others = registryOfOthers;
        if (alone && others != null) {
            replaceMade(image -> withRegistryOfOthers(image, others));
        }
        if (registry != null && alone) {
            replaceMade(image -> withGlobal(image, registry));
        } else if (registry != null) {
            addWithRegistry(registry.text());
        }
        if (alone) {
            made.forEach((index, image) -> images.get(index).parts = image);
        }
        return images;
    }

    private void replaceMade(UnaryOperator<ChartImage> change) {
        made.replaceAll((index, image) -> change.apply(image));
        made.forEach((index, image) -> images.set(index, images.get(index).withText(image.text())));
    }

    /** Charts differ in whether an image of which no registry is written has the one of all images. */
    private static ChartImage withGlobal(ChartImage image, ChartImage.Part registry) {
        return image.parts().containsKey(ChartImage.REGISTRY) || hasHost(image.text())
                ? image.withRegistry(registry)
                : ChartImage.of(image.parts(), IMAGE_REGISTRY);
    }

    /** Charts differ in which registry they take if an image has another one. */
    private static ChartImage withRegistryOfOthers(ChartImage image, ChartImage.Part registry) {
        if (image.registry().isEmpty()) {
            return hasHost(image.text()) ? image : image.with(ChartImage.REGISTRY, registry);
        }
        return image.registry().equals(registry.text()) ? image : ChartImage.of(image.parts(), ChartImage.REGISTRY);
    }

    /** {@return the path of the first image that cannot be read; empty if there is none} */
    String unreadable() {
        return unreadable;
    }

    /** Charts differ in whether they use the registry of all images: each image may be one with it, too. */
    private void addWithRegistry(String registry) {
        int written = images.size();
        for (int i = 0; i < written && images.size() <= most; i++) {
            FoundImage image = images.get(i);
            ChartImage parts = made.get(i);
            String own = parts == null ? "" : parts.registry();
            String rest = own.isEmpty() ? image.text : image.text.substring(own.length() + 1);
            if (!own.isEmpty() || !hasHost(rest)) {
                images.add(image.withReading(registry + "/" + rest));
            }
        }
    }

    private static boolean hasHost(String text) {
        String host = text.substring(0, Math.max(0, text.indexOf('/')));
        return host.indexOf('.') >= 0 || host.indexOf(':') >= 0 || host.equals("localhost");
    }

    private void unread(String name, @Nullable Step at) {
        fields.unlist(name);
        if (unreadable.isEmpty() && at != null) {
            unreadable = path(at);
        }
    }

    private void field(ImagePlace place, String name, Step at) throws X {
        ValueType type = cursor.type();
        if (isImage(name) && type == ValueType.STRING) {
            fields.list();
            Position position = Position.of(cursor);
            add(place, cursor.scalar(), at, 0, position);
        } else if (isImage(name) && type == ValueType.OBJECT) {
            fields.list();
            object(place, name, at);
        } else {
            if (isImage(name) && type != ValueType.NULL && !alone) {
                unread(name, at);
            }
            value(place, name, type, at);
        }
    }

    private static boolean isImage(String name) {
        return name.equals(IMAGE) || name.endsWith("Image");
    }

    private void value(ImagePlace place, String name, ValueType type, @Nullable Step at) throws X {
        switch (type) {
            case OBJECT -> object(place, name, at);
            case ARRAY -> {
                cursor.enterArray();
                for (int i = 0; cursor.element(); i++) {
                    Step step = new Step(at, "", i);
                    if (alone && name.equals(IMAGES) && cursor.type() == ValueType.STRING) {
                        Position position = Position.of(cursor);
                        listed(place, new Text(cursor.scalar(), position, ValueType.STRING), step);
                    } else {
                        value(place, "", cursor.type(), step);
                    }
                }
            }
            default -> cursor.skip();
        }
    }

    /** Values of an object that name no image may be beside one that does: their chart joins them. */
    private void object(ImagePlace place, String name, @Nullable Step at) throws X {
        Position position = Position.of(cursor).ofMissing();
        boolean image = isImage(name);
        boolean named = false;
        Map<String, Text> texts = new LinkedHashMap<>();
        List<Map.Entry<String, Text>> replaced = new ArrayList<>();
        cursor.enterObject();
        for (String field = cursor.field(); field != null; field = cursor.field()) {
            ValueType type = cursor.type();
            if (image && field.equals(NAME) && type == ValueType.STRING) {
                unread(name, at);
                named = true;
            }
            if (image && !alone && PARTS.contains(field) && !isPart(type)) {
                unread(name, at);
            }
            boolean part = image && PARTS.contains(field) && (type == ValueType.STRING || type == ValueType.NUMBER);
            if (!alone && at != null && at.isAt(GLOBAL) && field.equals(IMAGE_REGISTRY)) {
                globalRegistry(new Step(at, field, -1));
            } else if (part || (alone && type != ValueType.OBJECT && type != ValueType.ARRAY)) {
                fields.list();
                Position start = Position.of(cursor);
                String text = cursor.scalar();
                Text before = texts.put(field, new Text(type == ValueType.NULL ? "" : text, start, type));
                if (before != null) {
                    replaced.add(Map.entry(field, before));
                }
            } else {
                field(place, field, new Step(at, field, -1));
            }
        }
        List<Map<String, Text>> all = withReplaced(texts, replaced);
        int from = images.size();
        for (Map<String, Text> each : all) {
            if (image) {
                image(place, name, at, position, each, named);
            } else if (alone) {
                siblings(place, name, at, position, each);
            }
        }
        if (all.size() > 1) {
            removeSame(from);
        }
    }

    /** {@return the texts of an object, and the same with each of those that a later field of the same name replaces} */
    private List<Map<String, Text>> withReplaced(Map<String, Text> texts, List<Map.Entry<String, Text>> replaced)
            throws X {
        if (replaced.size() > MOST_REPLACED) {
            throw cursor.tooMany("expected " + MOST_REPLACED + " fields at most that come twice in one object");
        }
        List<Map<String, Text>> all = new ArrayList<>(List.of(texts));
        for (Map.Entry<String, Text> one : replaced) {
            Map<String, Text> other = new LinkedHashMap<>(texts);
            other.put(one.getKey(), one.getValue());
            all.add(other);
        }
        return all;
    }

    /** Removes images that were found before, with the same path. */
    private void removeSame(int from) {
        Set<List<String>> seen = new HashSet<>();
        List<FoundImage> found = new ArrayList<>(images.subList(from, images.size()));
        Map<Integer, ChartImage> parts = new HashMap<>();
        images.subList(from, images.size()).clear();
        for (int i = 0; i < found.size(); i++) {
            ChartImage inParts = made.remove(from + i);
            if (seen.add(List.of(found.get(i).list, found.get(i).text, String.valueOf(inParts)))) {
                if (inParts != null) {
                    parts.put(images.size(), inParts);
                }
                images.add(found.get(i));
            }
        }
        made.putAll(parts);
    }

    /** Parts without a repository name no image: the chart has the rest. */
    private void image(
            ImagePlace place,
            String name,
            @Nullable Step at,
            Position position,
            Map<String, Text> texts,
            boolean named) {
        Text other = texts.remove(IMAGE);
        String unclear = named ? NAME : "";
        if (other != null && other.isName()) {
            unclear = texts.putIfAbsent(ChartImage.REPOSITORY, other) == null ? unclear : IMAGE;
        }
        Text called = texts.get(NAME);
        if (called != null && called.isName() && isEmpty(texts, ChartImage.REPOSITORY)) {
            unclear = hasVersion(called.text) || !PARTS.stream().allMatch(part -> isEmpty(texts, part)) ? NAME : "";
            texts.put(ChartImage.REPOSITORY, called);
        }
        ChartImage image = image(texts, unclear);
        if (isOfAll(image, at)) {
            registryOfOthers = image.parts().get(ChartImage.REGISTRY);
        } else if (!image.isEmpty() && at != null && (alone || image.hasRepository())) {
            add(place, image, at, position);
        } else if (!image.isEmpty()) {
            unread(name, at);
        }
        texts.keySet().removeAll(PARTS);
        texts(place, at, texts);
    }

    private static boolean isEmpty(Map<String, Text> texts, String part) {
        Text text = texts.get(part);
        return text == null || text.text.isEmpty();
    }

    /** {@return whether this is {@code global.image} with a registry alone, which is that of images without one} */
    private boolean isOfAll(ChartImage image, @Nullable Step at) {
        return alone
                && at != null
                && at.name.equals(IMAGE)
                && at.above != null
                && at.above.isAt(GLOBAL)
                && image.text().equals(image.registry() + "/");
    }

    private static boolean isPart(ValueType type) {
        return type == ValueType.STRING || type == ValueType.NUMBER || type == ValueType.NULL;
    }

    /** Reads the registry of all images. A definition of a well-known kind does not name the field, so it is not listed. */
    private void globalRegistry(Step at) throws X {
        ValueType type = cursor.type();
        Position position = Position.of(cursor);
        if (type == ValueType.STRING) {
            String text = cursor.scalar();
            global = text.isEmpty() ? null : new ChartImage.Part(text, position.line(), position.offset());
        } else {
            cursor.skip();
            if (type != ValueType.NULL) {
                unread(IMAGE_REGISTRY, at);
            }
        }
    }

    private static ChartImage image(Map<String, Text> texts, String before) {
        Map<String, ChartImage.Part> parts = new LinkedHashMap<>();
        String unclear = before;
        for (String part : PARTS) {
            Text text = texts.get(part);
            if (text != null && text.type != ValueType.NULL) {
                parts.put(part, text.part());
                unclear = text.isPrintedAsWritten() ? unclear : part;
            }
        }
        return ChartImage.of(parts, unclear);
    }

    /** Finds the images of an object whose name is that of none. */
    private void siblings(ImagePlace place, String name, @Nullable Step at, Position position, Map<String, Text> texts)
            throws X {
        Text registry = texts.get(IMAGE_REGISTRY);
        if (registry != null && registry.isName() && at != null && at.isAt(GLOBAL)) {
            if (global != null && !global.text().equals(registry.text)) {
                throw cursor.malformed("global.imageRegistry comes twice, expected it once");
            }
            global = registry.part();
        }
        Text repository = texts.get(ChartImage.REPOSITORY);
        boolean versioned = repository != null
                && repository.isName()
                && !repository.text.contains("://")
                && !repository.text.startsWith("git@")
                && VERSIONS.stream().anyMatch(texts::containsKey);
        if (versioned && !texts.containsKey(IMAGE)) {
            add(place, image(texts, ""), at == null ? new Step(null, ChartImage.REPOSITORY, -1) : at, position);
        }
        texts(place, at, texts);
        if (at != null && (name.equals(IMAGES) || (name.equals(TAGS) && at.isIn(IMAGES)))) {
            texts.forEach((field, text) -> {
                if (!isImage(field) && !PARTS.contains(field)) {
                    listed(place, text, new Step(at, field, -1));
                }
            });
        }
    }

    /** {@return whether a field with another name, such as {@code imageK8S}, may name an image} */
    private static boolean mayBeImage(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains(IMAGE) && PARTS_IN_NAMES.stream().noneMatch(lower::endsWith);
    }

    /** What is in a list of images is one if it has a version: others there are options. */
    private void listed(ImagePlace place, Text text, Step at) {
        if (text.isName() && hasVersion(text.text) && !text.text.contains("://")) {
            add(place, text.text, at, 0, text.position);
        }
    }

    private static boolean hasVersion(String text) {
        return text.indexOf('@') > 0 || text.indexOf(':', text.lastIndexOf('/') + 1) > 0;
    }

    private void texts(ImagePlace place, @Nullable Step above, Map<String, Text> texts) {
        texts.forEach((field, text) -> {
            if (isImage(field) && text.isName()) {
                Step at = new Step(above, field, -1);
                List<String> others = joined(field, text.text, texts);
                if (others.isEmpty()) {
                    add(place, text.text, at, 0, text.position);
                } else {
                    Map<String, Text> parts = new LinkedHashMap<>(texts);
                    String unclear = field.equals(IMAGE) && PARTS.containsAll(others) ? "" : others.get(0);
                    unclear = parts.put(ChartImage.REPOSITORY, text) == null ? unclear : ChartImage.REPOSITORY;
                    add(place, image(parts, unclear), at, text.position.ofMissing());
                }
            } else if (mayBeImage(field)) {
                listed(place, text, new Step(above, field, -1));
            }
        });
    }

    /** {@return the names of values that a chart may join with an image beside them} A whole name needs none. */
    private static List<String> joined(String field, String text, Map<String, Text> texts) {
        boolean hasHost = hasHost(text);
        String stem = field.equals(IMAGE) ? "" : field.substring(0, field.length() - IMAGE.length());
        List<String> found = new ArrayList<>();
        for (String part : JOINED) {
            boolean before =
                    part.equals(ChartImage.REGISTRY) || part.equals(ChartImage.REPOSITORY) || part.equals("hub");
            boolean digest = part.equals(ChartImage.DIGEST) || part.equals(ChartImage.SHA);
            if (before ? hasHost : digest ? text.indexOf('@') > 0 : hasVersion(text)) {
                continue;
            }
            String capital = Character.toUpperCase(part.charAt(0)) + part.substring(1);
            for (String name : List.of(stem.isEmpty() ? part : stem + capital, field + capital)) {
                Text other = texts.get(name);
                if (other != null && !(other.text.isEmpty() && (before || hasVersion(text)))) {
                    found.add(name);
                }
            }
        }
        return found;
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

    /** {@return whether a string is none in YAML 1.1: a switch, or a number with _ or in another base} */
    private static boolean isOther(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int start = lower.startsWith("-") || lower.startsWith("+") ? 1 : 0;
        String allowed = lower.startsWith("0b", start)
                ? "01_"
                : lower.startsWith("0o", start)
                        ? "01234567_"
                        : lower.startsWith("0x", start) ? "0123456789abcdef_" : "";
        boolean based = !allowed.isEmpty();
        String digits = lower.substring(based ? start + 2 : start);
        String all = based ? allowed : "0123456789._";
        return SWITCHES.contains(lower)
                || ((based || lower.indexOf('_') >= 0)
                        && !digits.isEmpty()
                        && digits.chars().allMatch(c -> all.indexOf(c) >= 0));
    }

    private static boolean isDigits(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void add(ImagePlace place, ChartImage image, Step at, Position position) {
        if (images.size() <= most) {
            add(place, image.text(), at, -1, position);
            made.put(images.size() - 1, image);
        }
    }

    private void add(ImagePlace place, String text, Step at, int index, Position position) {
        if (images.size() <= most && !text.isEmpty()) {
            String found = path(at);
            images.add(new FoundImage(place, found, index, found, text, position));
        }
    }

    private String path(Step at) {
        StringBuilder path = new StringBuilder(root);
        at.write(path);
        return root.isEmpty() ? path.substring(1) : path.toString();
    }
}
