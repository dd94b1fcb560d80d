package io.imagegate.server.log;

import io.imagegate.server.undertow.UndertowLogs;
import io.imagegate.time.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The log of this process. A process has one standard error, so this is the one place with static state: all messages,
 * those of the libraries included, go through one queue.
 *
 * @since 0.1
 */
public final class Logs {

    /** Name of the logger for messages that clients cause: of each kind one a minute is written. */
    public static final String CLIENTS = "io.imagegate.clients";

    private static final LogQueue QUEUE = new LogQueue(new FileOutputStream(FileDescriptor.err));
    private static final RateLimit LIMIT = new RateLimit(TimeSource.system()::nanos);

    /** Longest delay of the exit by a reader that does not read. */
    private static final Duration FLUSH = Duration.ofSeconds(2);

    private Logs() {}

    /**
     * Sends all messages to the queue. Must run before anything logs. May run again: then the new format holds.
     *
     * @param format of each message
     * @return writes to standard error through the queue: what is printed until a flush is one message
     */
    public static PrintWriter start(LogFormat format) {
        UndertowLogs.useJavaLogging();
        System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler other : root.getHandlers()) {
            if (other instanceof ConsoleHandler || other instanceof LogHandler) {
                root.removeHandler(other);
            }
        }
        root.addHandler(new LogHandler(QUEUE, LIMIT, format.formatter()));
        if (System.getProperty("java.util.logging.config.file") == null) {
            NoisyLoggers.LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        }
        QUEUE.start(() -> ours(LogHandler::reportSuppressed));
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) ->
                root.log(Level.SEVERE, "thread " + thread.getName() + " ended by an error", thrown));
        LogStream printed = new LogStream(text -> QUEUE.add(format.printed(text)));
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new PrintWriter(printed, false, StandardCharsets.UTF_8);
    }

    /**
     * Strong references, because the JDK drops unreferenced loggers. In a class of its own, because loading it starts
     * the log manager.
     */
    private static final class NoisyLoggers {

        private static final List<Logger> LOGGERS =
                UndertowLogs.LOGGERS.stream().map(Logger::getLogger).toList();
    }

    /** {@return the lines that wait to be written to standard error} */
    public static LogQueue queue() {
        return QUEUE;
    }

    /** {@return how many messages the rate limit suppressed} */
    public static long suppressed() {
        return LIMIT.total();
    }

    /** Waits a short time until all messages are written. Call it before the process ends. */
    public static void flush() {
        ours(LogHandler::reportAllSuppressed);
        QUEUE.flush(FLUSH);
    }

    private static void ours(Consumer<LogHandler> action) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler instanceof LogHandler ours) {
                action.accept(ours);
            }
        }
    }
}
