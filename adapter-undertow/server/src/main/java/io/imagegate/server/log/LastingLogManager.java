package io.imagegate.server.log;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the process ends. The JDK's manager removes all handlers when the shutdown begins, and
 * messages about the shutdown would be lost.
 *
 * @since 0.1
 */
public final class LastingLogManager extends LogManager {

    /** Called by the JDK, which finds this class by its name. */
    public LastingLogManager() {}

    @Override
    public void reset() {}
}
