package io.imagegate.kubernetes;

import io.imagegate.review.ContainerType;
import org.jspecify.annotations.Nullable;

/**
 * Place of images that kinds have, such as {@code spec.template.spec.containers[*].image}. Kinds with the same place share it.
 *
 * @param path the path of the image
 * @param podSpec the path of the pod specification that it is part of; empty if it is in none
 * @param type type of the container; null if it is in no pod specification
 * @param below what follows the innermost {@code [*]} of the path; the whole path if there is none
 * @param unknown the part of the image that is not there, such as its tag; empty if all is
 */
record ImagePlace(String path, String podSpec, @Nullable ContainerType type, String below, String unknown) {

    /** What follows the path of values of a chart. */
    static final String ANYWHERE = ".**";

    /** {@return the place of images without a part} */
    ImagePlace without(String part) {
        return new ImagePlace(path, podSpec, type, below, part);
    }

    /** {@return where images stand in a kind, as a policy names it} */
    String suggestion() {
        if (path.endsWith(ANYWHERE)) {
            return "helmValues: " + path.substring(0, path.length() - ANYWHERE.length());
        }
        return podSpec.isEmpty() ? "images: [\"" + path + "\"]" : "podSpec: " + podSpec;
    }
}
