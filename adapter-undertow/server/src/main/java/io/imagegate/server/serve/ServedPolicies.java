package io.imagegate.server.serve;

import java.util.List;
import java.util.Locale;

/**
 * Which policies a server has.
 *
 * @param locations lists of files, folders and built-in policies, perhaps with names; none: the default policy
 * @param language of the default policy
 * @param isStrict whether policies with probable mistakes are refused
 * @since 0.1
 */
public record ServedPolicies(List<String> locations, Locale language, boolean isStrict) {

    /** Copies the list. */
    public ServedPolicies {
        locations = List.copyOf(locations);
    }
}
