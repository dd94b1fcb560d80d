package io.imagegate.server.log;

import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Formats of log messages, named as the values of the option.
 *
 * @since 0.1
 */
public enum LogFormat {
    /** For people: time, level and message. Further lines of a message, and stack traces, are indented. */
    text {
        @Override
        String line(String time, LogRecord message, String text, String thrown) {
            StringBuilder line = new StringBuilder(time)
                    .append(' ')
                    .append(level(message.getLevel()))
                    .append(' ');
            appendIndented(line, thrown.isEmpty() ? text : text + '\n' + thrown);
            return line.toString();
        }

        @Override
        public String printed(String text) {
            StringBuilder line = new StringBuilder();
            appendIndented(line, text);
            return line.toString();
        }
    },
    /**
     * For machines: one JSON object with {@code time}, {@code level}, {@code logger}, {@code message}, {@code thrown}.
     */
    json {
        @Override
        String line(String time, LogRecord message, String text, String thrown) {
            JsonLine json = new JsonLine()
                    .field("time", time)
                    .field("level", level(message.getLevel()))
                    .field("logger", String.valueOf(message.getLoggerName()))
                    .field("message", text);
            return (thrown.isEmpty() ? json : json.field("thrown", thrown)).toString();
        }

        @Override
        public String printed(String text) {
            LogRecord message = new LogRecord(Level.SEVERE, text);
            message.setLoggerName("imagegate");
            return formatter().format(message);
        }
    };

    /**
     * Longest message and longest stack trace, in UTF-16 units; a line takes at most six times as many bytes for each.
     */
    static final int MAX_TEXT = 4_096;

    abstract String line(String time, LogRecord message, String text, String thrown);

    /**
     * {@return the line or lines for a text that is complete, such as one that a command printed to standard error}
     *
     * @param text of one message
     */
    public abstract String printed(String text);

    /** {@return formats messages in this way, without a line break at the end} */
    Formatter formatter() {
        return new Formatter() {
            @Override
            public String format(LogRecord message) {
                return line(
                        TimeText.of(message.getInstant()),
                        message,
                        cut(formatMessage(message)),
                        message.getThrown() == null ? "" : cut(thrown(message)));
            }
        };
    }

    /**
     * Only errors of this project have a stack trace. Clients can make libraries log errors, for which class and
     * message are enough.
     */
    private static String thrown(LogRecord message) {
        if (!isOurs(String.valueOf(message.getLoggerName()))) {
            return message.getThrown().toString();
        }
        StringWriter trace = new StringWriter();
        message.getThrown().printStackTrace(new PrintWriter(trace));
        return trace.toString().strip();
    }

    /** The root logger, without a name, reports threads that ended by an error. */
    private static boolean isOurs(String logger) {
        return logger.isEmpty() || logger.startsWith("io.imagegate.");
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : SafeText.cut(text, MAX_TEXT) + "…";
    }

    /** The level as {@link System.Logger} names it; JBoss Logging has further levels between those of the JDK. */
    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARNING";
        }
        if (value >= Level.CONFIG.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** Indents further lines, so that no part of a message looks like another message. */
    private static void appendIndented(StringBuilder line, String text) {
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                line.append("\n    ");
            } else if (c == '\t') {
                line.append("    ");
            } else if (JsonLine.shows(c)) {
                line.appendCodePoint(c);
            } else if (c != '\r') {
                line.append(String.format("\\u%04x", c));
            }
        });
    }
}
