package io.imagegate.review;

import io.imagegate.text.SafeText;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Image of a review, with its position in the reviewed object. An empty {@code Optional} means that a value is unknown. Immutable
 * and thread-safe.
 *
 * @since 0.1
 */
public final class ReviewedImage {

    private static final int NAME_LIMIT = 100;

    private final String text;
    private final String list;
    private final int index;
    private final @Nullable ContainerType type;
    private final @Nullable String name;
    private final @Nullable String path;
    private final @Nullable String unknown;
    private final boolean chartDefault;

    private ReviewedImage(
            String text,
            String list,
            int index,
            @Nullable ContainerType type,
            @Nullable String name,
            @Nullable String path,
            @Nullable String unknown,
            boolean chartDefault) {
        this.text = Objects.requireNonNull(text, "text");
        this.list = Objects.requireNonNull(list, "list");
        this.index = index;
        this.type = type;
        this.name = name;
        this.path = path;
        this.unknown = unknown;
        this.chartDefault = chartDefault;
    }

    /**
     * Makes an image with a position and without container.
     *
     * @param text the image as the user typed it; not necessarily a valid reference, may be empty
     * @param list path of the list, such as {@code containers}
     * @param index position in that list, from 0
     * @return the image
     */
    public static ReviewedImage of(String text, String list, int index) {
        return new ReviewedImage(text, list, index, null, null, null, null, false);
    }

    /**
     * {@return a copy with a container}
     *
     * @param containerType type of the container, or null if it is unknown
     * @param containerName name of the container or volume, or null if it is unknown
     */
    public ReviewedImage withContainer(@Nullable ContainerType containerType, @Nullable String containerName) {
        return new ReviewedImage(text, list, index, containerType, containerName, path, unknown, chartDefault);
    }

    /**
     * {@return a copy with a path, for an image that is in no list of containers or volumes}
     *
     * @param inObject the path of the image in its object, such as {@code spec.driver.image}
     */
    public ReviewedImage withPath(String inObject) {
        return new ReviewedImage(text, list, index, type, name, inObject, unknown, chartDefault);
    }

    /**
     * {@return a copy with another image at the same position}
     *
     * @param other the other image
     */
    public ReviewedImage withText(String other) {
        return new ReviewedImage(other, list, index, type, name, path, unknown, chartDefault);
    }

    /**
     * {@return a copy whose name is not known, because something in it has no value in the file that has the image. No rule checks
     * it, and every policy denies it}
     *
     * @param variable what has no value, as it is written, such as {@code ${TAG}}
     */
    public ReviewedImage withUnknown(String variable) {
        return new ReviewedImage(
                text, list, index, type, name, path, Objects.requireNonNull(variable, "variable"), false);
    }

    /**
     * {@return a copy whose name is not known, because a part of it is a default of a Helm chart, which is not here. No rule checks
     * it, and every policy denies its review}
     *
     * @param part the part, such as {@code tag}
     */
    public ReviewedImage withChartDefault(String part) {
        return new ReviewedImage(text, list, index, type, name, path, Objects.requireNonNull(part, "part"), true);
    }

    /** {@return the image as the user typed it; not necessarily a valid reference, may be empty} */
    public String text() {
        return text;
    }

    /** {@return the path of the list, such as {@code containers} or {@code spec.template.spec.initContainers}} */
    public String list() {
        return list;
    }

    /** {@return the position in the list, from 0; -1 of an image that is written in parts, which have no place of their own} */
    public int index() {
        return index;
    }

    /**
     * {@return the path of the image in its object, such as {@code spec.driver.image}; empty if it follows from the list, as that
     * of a container does}
     */
    public Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** {@return the type of the container} */
    public Optional<ContainerType> containerType() {
        return Optional.ofNullable(type);
    }

    /** {@return the name of the container or volume; users choose it} */
    public Optional<String> containerName() {
        return Optional.ofNullable(name);
    }

    /** {@return what has no value, such as {@code ${TAG}}, so that the name of the image is not known; empty if the name is known} */
    public Optional<String> unknown() {
        return Optional.ofNullable(unknown);
    }

    /** {@return whether what has no value is a default of a Helm chart} */
    public boolean isChartDefault() {
        return chartDefault;
    }

    /** {@return the position for messages, such as {@code spec.initContainers[0] "migrate"}} */
    public String place() {
        String position = path == null ? list + "[" + index + "]" : path;
        return name == null ? position : position + " " + SafeText.quote(name, NAME_LIMIT);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReviewedImage that
                && index == that.index
                && text.equals(that.text)
                && list.equals(that.list)
                && type == that.type
                && Objects.equals(name, that.name)
                && Objects.equals(path, that.path)
                && Objects.equals(unknown, that.unknown)
                && chartDefault == that.chartDefault;
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, list, index, type, name, path, unknown, chartDefault);
    }

    /** {@return the text and the position} */
    @Override
    public String toString() {
        return text + " (" + place() + ")";
    }
}
