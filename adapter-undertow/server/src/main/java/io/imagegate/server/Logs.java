package io.imagegate.server;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Logs go to standard error through the JDK's own logging, one line a record. */
final class Logs {

    private static final String ONE_LINE = "%1$tFT%1$tT.%1$tL%1$tz %4$s %5$s%6$s%n";

    /** Libraries that tell their versions at start; held here because the JDK forgets a logger that nobody holds. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("org.xnio"), Logger.getLogger("org.jboss.threads"), Logger.getLogger("io.undertow"));

    private Logs() {}

    /** Must run before anything logs. */
    static void configure() {
        System.setProperty("org.jboss.logging.provider", "jdk");
        if (System.getProperty("java.util.logging.config.file") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", ONE_LINE);
            TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        }
    }
}
