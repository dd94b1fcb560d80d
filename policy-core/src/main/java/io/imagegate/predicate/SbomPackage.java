package io.imagegate.predicate;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Package of a bill of materials while it is read. */
final class SbomPackage {

    private static final String NO_ASSERTION = "NOASSERTION";
    private static final Set<String> NO_LICENSE = Set.of("", NO_ASSERTION, "NONE");

    String name = "";
    String version = "";
    String kind = "";
    private final List<String> concluded = new ArrayList<>();
    private final List<String> declared = new ArrayList<>();

    /** Adds a license; one that the document does not assert is none that it concludes. */
    void add(String license, boolean isConcluded) {
        if (!isConcluded) {
            declared.add(license);
        } else if (!license.isEmpty() && !license.equals(NO_ASSERTION)) {
            concluded.add(license);
        }
    }

    /**
     * {@return its licenses, which all hold: what the author of the document concluded, else what the package declares}
     *
     * @param optional whether it needs none
     */
    List<String> licenses(boolean optional) {
        List<String> stated = concluded.isEmpty() ? declared : concluded;
        if (optional) {
            return stated.stream()
                    .filter(license -> !NO_LICENSE.contains(license))
                    .distinct()
                    .toList();
        }
        return stated.isEmpty() ? List.of("") : stated.stream().distinct().toList();
    }

    /** {@return name and version} */
    String title() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
