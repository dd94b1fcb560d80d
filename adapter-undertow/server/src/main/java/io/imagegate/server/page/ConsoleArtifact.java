package io.imagegate.server.page;

import java.util.Objects;
import java.util.Optional;

/** The artifact with the pages. The runnable jar contains it; a class path of one's own need not. */
public final class ConsoleArtifact {

    private static final String NAME = "io.imagegate:imagegate-console";
    private static final String PROBE = "io/imagegate/console/WebPages.class";

    private ConsoleArtifact() {}

    /** {@return why there are no pages, and what to do; empty if the artifact is there} Loads no class of it. */
    public static Optional<String> problem() {
        // A class looks for resources in its own module alone.
        return Objects.requireNonNull(ConsoleArtifact.class.getClassLoader()).getResource(PROBE) == null
                ? Optional.of("expected " + NAME + " in this version on the class path; imagegate.jar contains it")
                : Optional.empty();
    }
}
