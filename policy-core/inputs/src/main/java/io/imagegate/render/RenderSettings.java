package io.imagegate.render;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How charts and kustomizations are rendered. Immutable.
 *
 * @param searchPath folders of programs, as in the variable {@code PATH}; relative ones are left out
 * @param namespace namespace of the release of each chart
 * @param values files of values for each chart, later ones first in rank
 * @param set values for each chart, such as {@code image.tag=1.2}, which outrank the files
 * @param limit how long one chart or kustomization may take
 * @param isConfined whether the operating system confines the programs: no network, no file but the copy, limits of memory and
 *     time. Without, the programs are started as they are: render only what you trust
 * @since 0.1
 */
public record RenderSettings(
        String searchPath, String namespace, List<Path> values, List<String> set, Duration limit, boolean isConfined) {

    /** How long one chart or kustomization may take unless something else is set. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /**
     * Copies the lists.
     *
     * @param searchPath folders of programs
     * @param namespace namespace of the release of each chart
     * @param values files of values for each chart
     * @param set values for each chart
     * @param limit how long one chart or kustomization may take
     * @param isConfined whether the operating system confines the programs
     */
    public RenderSettings {
        values = List.copyOf(values);
        set = List.copyOf(set);
    }

    /**
     * {@return settings for charts as they are, in the namespace {@code default}, confined}
     *
     * @param searchPath as in the variable {@code PATH}
     */
    public static RenderSettings of(String searchPath) {
        return new RenderSettings(searchPath, "default", List.of(), List.of(), LIMIT, true);
    }
}
