package io.imagegate.server.log;

import io.imagegate.server.log.RateLimit.Kind;
import io.imagegate.server.log.RateLimit.Suppressed;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds messages of {@code java.util.logging} to a queue, as many of each kind as the rate limit admits. */
final class LogHandler extends Handler {

    /** Undertow, XNIO and JBoss Threads insert the parameters themselves, but begin each message with a code. */
    private static final Pattern CODE = Pattern.compile("(?:[A-Z]+\\d+)(?=:)");

    /** Loggers whose messages any client can cause. */
    private static final List<String> OF_CLIENTS = List.of(Logs.CLIENTS, "io.undertow", "org.xnio");

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
        Matcher code = CODE.matcher(message);
        String logger = Objects.requireNonNullElse(record.getLoggerName(), "");
        return new Kind(
                logger,
                record.getLevel(),
                code.lookingAt() ? code.group() : SafeText.cut(message, MAX_TEMPLATE),
                OF_CLIENTS.stream().anyMatch(logger::startsWith) ? PER_MINUTE_OF_CLIENTS : PER_MINUTE);
    }

    /** Does nothing: only the end of the process waits for the queue. */
    @Override
    public void flush() {}

    /** Does nothing: the queue is open until the process ends. */
    @Override
    public void close() {}
}
