package io.imagegate.cli;

import java.util.Objects;

/** The version of this program, which the build writes into the jar. */
final class Version {

    private Version() {}

    static String text() {
        return Objects.requireNonNullElse(Main.class.getPackage().getImplementationVersion(), "from source");
    }
}
