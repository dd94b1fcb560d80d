package io.imagegate.cli.check;

import java.util.Comparator;
import java.util.List;

/**
 * A problem with a file as a baseline knows it. Immutable.
 *
 * @param code what is wrong, see {@link FileProblem.Code}
 * @param version the version of Imagegate that found it: another one may read the file
 * @param file the path of the file
 * @param digest digest of everything on which it depends how the file is read
 */
record ProblemEntry(String code, String version, String file, String digest) implements Comparable<ProblemEntry> {

    /** Names of the values in a file, in their order there. */
    static final List<String> NAMES = List.of("code", "version", "file", "digest");

    private static final Comparator<ProblemEntry> ORDER = Comparator.comparing(ProblemEntry::file)
            .thenComparing(ProblemEntry::code)
            .thenComparing(ProblemEntry::version)
            .thenComparing(ProblemEntry::digest);

    /** {@return the values, in the order of their names} */
    List<String> values() {
        return List.of(code, version, file, digest);
    }

    /** {@return whether it is a problem of the same kind with the same file} */
    boolean isLike(ProblemEntry other) {
        return code.equals(other.code) && file.equals(other.file);
    }

    @Override
    public int compareTo(ProblemEntry other) {
        return ORDER.compare(this, other);
    }

    /** {@return the problem in a line for people} */
    @Override
    public String toString() {
        return "problem " + code + ": " + file + ", " + digest + ", version " + version;
    }
}
