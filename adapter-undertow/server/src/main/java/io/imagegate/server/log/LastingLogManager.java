package io.imagegate.server.log;

import java.util.logging.LogManager;

/**
 * Keeps the log until the process ends. The JDK's manager drops all handlers as soon as the process is asked to end, and
 * with them every message about how it ends.
 */
public final class LastingLogManager extends LogManager {

    /** Called by the JDK, which finds this class by its name. */
    public LastingLogManager() {}

    @Override
    public void reset() {}
}
