package io.imagegate.document;

import io.imagegate.reference.Glob;
import io.imagegate.reference.GlobSet;
import java.util.Optional;

/** Reads lists of globs. */
final class Globs {

    private Globs() {}

    /** Numbers are taken as they are written: a tag {@code 1.20} is not 1.2. */
    static Optional<GlobSet> read(YamlNode list) {
        return list.list(item -> item.textOrNumber().flatMap(text -> item.parse(text, Globs::checked)))
                .map(GlobSet::of);
    }

    private static String checked(String text) {
        return Glob.parse(text).toString();
    }
}
