package io.imagegate.document.kept;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last accepted set of a gate: policies of all names with the files that they name, and the registries. Immutable.
 *
 * @param version of the program that accepted it
 * @param registries the bytes of the registries' file, one character each; empty if there are no registries
 * @param policies the files of the policies by their name
 * @param rejectedSince when the first set was rejected that should have replaced it, if one was
 * @param latest when the program last wrote this
 */
public record KeptSet(
        String version,
        Optional<String> registries,
        Map<String, KeptFiles> policies,
        Optional<Instant> rejectedSince,
        Instant latest) {

    /** Most bytes of the files of all policies. */
    public static final int LIMIT = 8 << 20;

    /** Copies the map. */
    public KeptSet {
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
    }
}
