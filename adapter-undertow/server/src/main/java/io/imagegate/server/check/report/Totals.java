package io.imagegate.server.check.report;

import java.util.List;

/**
 * Numbers of what was checked.
 *
 * @param subjects images, objects and reviews
 * @param images images in them
 * @param denied subjects that were denied
 * @param problems what could not be read, a line each
 */
public record Totals(long subjects, long images, long denied, List<String> problems) {

    /** {@return whether everything was read and nothing was denied} */
    public boolean allowed() {
        return denied == 0 && problems.isEmpty();
    }
}
