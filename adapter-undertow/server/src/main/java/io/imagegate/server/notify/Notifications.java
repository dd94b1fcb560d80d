package io.imagegate.server.notify;

import io.imagegate.follow.FileContents;
import io.imagegate.follow.Snapshot;
import java.util.List;

/**
 * What a file of {@code kind: Notifications} says, and the files that it names.
 *
 * @param source the source of all events
 * @param endpoints where they are sent; none if there are problems
 * @param problems what is wrong, one line each
 * @param files what was read
 */
record Notifications(String source, List<NotifiedEndpoint> endpoints, List<String> problems, FileContents files)
        implements Snapshot {

    @Override
    public boolean isCurrent() {
        return files.isCurrent();
    }

    /** {@return the problems, one a line} */
    String problem() {
        return String.join("\n", problems);
    }
}
