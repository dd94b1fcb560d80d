package io.imagegate.kubernetes;

import io.imagegate.kubernetes.FoundImage.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The element of a list, or the value of a map, that is read now. Not thread-safe. */
final class PlaceElement {

    private final PlaceNode node;
    private final String list;
    private int index = -1;
    private @Nullable String key;
    private @Nullable String name;
    private @Nullable String path;

    /**
     * Starts before the first element.
     *
     * @param node the list
     * @param in the element that the list is part of
     */
    PlaceElement(PlaceNode node, @Nullable PlaceElement in) {
        this.node = node;
        this.list = in == null ? node.path : in.path(node);
    }

    /** Moves to the next element, which has a key in a map. */
    void next(@Nullable String newKey) {
        index++;
        key = newKey;
        name = newKey;
        path = null;
    }

    void setName(String newName) {
        name = newName;
    }

    /** {@return the path of the list, with the indexes of those around it} */
    String list() {
        return list;
    }

    /** {@return the path of a value in this element} */
    String path(PlaceNode value) {
        return path() + value.path.substring(node.path.length());
    }

    private String path() {
        if (path == null) {
            path = list + (key == null ? "[" + index + "]" : "." + key);
        }
        return path;
    }

    FoundImage found(ImagePlace place, String text, Position position) {
        // The path of an image of a container or volume follows from its list.
        String own = place.podSpec().isEmpty() ? path() + (place.below().isEmpty() ? "" : "." + place.below()) : null;
        return new FoundImage(place, list, index, own, text, position);
    }

    /** Names the images of this element, from a position on. */
    void name(List<FoundImage> images, int first) {
        for (int i = first; i < images.size(); i++) {
            FoundImage image = images.get(i);
            if (image.index == index && image.list.equals(list)) {
                image.name = name;
            }
        }
    }
}
