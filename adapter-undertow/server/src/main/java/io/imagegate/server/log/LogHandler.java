package io.imagegate.server.log;

import io.imagegate.server.log.RateLimit.Kind;
import io.imagegate.server.log.RateLimit.Suppressed;
import io.imagegate.server.undertow.UndertowLogs;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Adds messages of {@code java.util.logging} to a queue, as many of each kind as the rate limit admits. */
final class LogHandler extends Handler {

    private static final int PER_MINUTE_OF_CLIENTS = 1;
    private static final int PER_MINUTE = 10;
    private static final int MAX_TEMPLATE = 200;

    private final LogQueue queue;
    private final RateLimit limit;
    private final Formatter format;

    LogHandler(LogQueue queue, RateLimit limit, Formatter format) {
        this.queue = queue;
        this.limit = limit;
        this.format = format;
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record) && limit.admit(kind(record))) {
            add(record);
        }
    }

    /** Reports the messages that the rate limit suppressed in minutes that are over. */
    void reportSuppressed() {
        report(limit.due());
    }

    /** Reports all messages that the rate limit suppressed so far. */
    void reportAllSuppressed() {
        report(limit.all());
    }

    private void report(List<Suppressed> all) {
        for (Suppressed suppressed : all) {
            Kind kind = suppressed.kind();
            LogRecord record = new LogRecord(
                    kind.level(),
                    "suppressed " + suppressed.count() + " more messages within a minute: " + kind.template());
            record.setLoggerName(kind.logger());
            add(record);
        }
    }

    private void add(LogRecord record) {
        try {
            queue.add(format.format(record));
        } catch (RuntimeException unprintable) {
            // A parameter or an exception cannot be printed. Logging must not throw for that.
            queue.countLost();
        }
    }

    private static Kind kind(LogRecord record) {
        String message = Objects.requireNonNullElse(record.getMessage(), "");
        String logger = Objects.requireNonNullElse(record.getLoggerName(), "");
        return new Kind(
                logger,
                record.getLevel(),
                UndertowLogs.code(message).orElseGet(() -> SafeText.cut(message, MAX_TEMPLATE)),
                isOfClients(logger) ? PER_MINUTE_OF_CLIENTS : PER_MINUTE);
    }

    /** {@return whether any client can cause messages of this logger} */
    private static boolean isOfClients(String logger) {
        return logger.startsWith(Logs.CLIENTS)
                || UndertowLogs.OF_CLIENTS.stream().anyMatch(logger::startsWith);
    }

    /** Does nothing: only the end of the process waits for the queue. */
    @Override
    public void flush() {}

    /** Does nothing: the queue is open until the process ends. */
    @Override
    public void close() {}
}
