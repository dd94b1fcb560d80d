package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Messages as lines, whatever is in them. */
class LogFormatTest {

    private static final String HOSTILE = "GET /\u001b[2J\u202e\r\n2026-01-01T00:00:00.000Z ERROR forged\ud83d";

    @Test
    void textIsForPeople() {
        assertThat(LogFormat.text.formatter().format(message(Level.SEVERE, "policy {0} is bad: {1}", "p.yaml", "a\nb")))
                .isEqualTo("2026-11-25T12:00:00.000Z ERROR policy p.yaml is bad: a\n    b");
        assertThat(LogFormat.text.printed("imagegate serve: --port x")).isEqualTo("imagegate serve: --port x");
    }

    @Test
    void jsonIsOneObjectALine() {
        assertThat(LogFormat.json
                        .formatter()
                        .format(message(Level.WARNING, "policy {0} is bad: {1}", "p.yaml", "a\nb")))
                .isEqualTo("{\"time\":\"2026-11-25T12:00:00.000Z\",\"level\":\"WARNING\",\"logger\":\"a.Logger\","
                        + "\"message\":\"policy p.yaml is bad: a\\u000ab\"}");
        assertThat(LogFormat.json.printed("imagegate serve: --port x"))
                .contains("\"level\":\"ERROR\",\"logger\":\"imagegate\",\"message\":\"imagegate serve: --port x\"}");
    }

    @Test
    void noMessageForgesALineOrActsOnATerminal() {
        assertThat(LogFormat.text.formatter().format(message(Level.INFO, "{0}", HOSTILE)))
                .isEqualTo("2026-11-25T12:00:00.000Z INFO GET /\\u001b[2J\\u202e\n"
                        + "    2026-01-01T00:00:00.000Z ERROR forged\\ud83d");
        assertThat(LogFormat.json.formatter().format(message(Level.INFO, "{0}", HOSTILE)))
                .hasLineCount(1)
                .contains("GET /\\u001b[2J\\u202e\\u000d\\u000a2026");
    }

    @Test
    void aStackTraceIsBoundedAndPartOfItsMessage() {
        LogRecord message = message(Level.SEVERE, "failed");
        message.setLoggerName("io.imagegate.Some");
        message.setThrown(new IllegalStateException("x".repeat(10_000)));

        assertThat(LogFormat.text.formatter().format(message).lines().skip(1))
                .allMatch(line -> line.startsWith("    "));
        assertThat(LogFormat.json.formatter().format(message))
                .hasLineCount(1)
                .contains("\"message\":\"failed\",\"thrown\":\"java.lang.IllegalStateException: xxx")
                .hasSizeLessThan(LogFormat.MAX_TEXT + 500);
    }

    @Test
    void onlyErrorsOfThisProgramHaveAStackTrace() {
        LogRecord message = message(Level.SEVERE, "UT005085: request failed");
        message.setThrown(new IllegalArgumentException("no line break is allowed"));
        message.setLoggerName("io.undertow.request.io");
        assertThat(LogFormat.text.formatter().format(message))
                .endsWith("UT005085: request failed\n    java.lang.IllegalArgumentException: no line break is allowed");
        message.setLoggerName("io.imagegate.cli.Main");
        assertThat(LogFormat.text.formatter().format(message))
                .contains("\n        at io.imagegate.server.log.LogFormatTest");
    }

    @Test
    void theHandlerLimitsEachKindAndReportsTheRest() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogQueue queue = new LogQueue(out);
        LogHandler handler = new LogHandler(queue, new RateLimit(System::nanoTime), LogFormat.json.formatter());
        for (int i = 0; i < 30; i++) {
            handler.publish(message(Level.INFO, "request {0} failed", "number " + i));
            handler.publish(message(Level.SEVERE, "UT005071: request " + i + " failed"));
        }
        LogRecord ofClients = message(Level.WARNING, "rejected");
        ofClients.setLoggerName(Logs.CLIENTS);
        handler.publish(ofClients);
        handler.publish(ofClients);
        handler.publish(message(Level.INFO, "another message"));
        handler.reportAllSuppressed();
        queue.start(() -> {});
        assertThat(queue.flush(Duration.ofSeconds(60))).isTrue();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2 * 10 + 5)
                .anyMatch(line -> line.contains("request number 9 failed"))
                .noneMatch(line -> line.contains("request number 10 failed"))
                .anyMatch(line -> line.contains("another message"))
                .anyMatch(line -> line.contains("suppressed 20 more messages within a minute: request {0} failed"))
                .anyMatch(line -> line.contains("suppressed 20 more messages within a minute: UT005071"))
                .anyMatch(line -> line.contains("suppressed 1 more messages within a minute: rejected"));
    }

    @Test
    void whatIsPrintedUntilAFlushIsOneMessageAndCut() {
        StringBuilder messages = new StringBuilder();
        PrintWriter printed = new PrintWriter(
                new LogStream(text -> messages.append(text).append('|')), false, StandardCharsets.UTF_8);
        printed.println("first");
        printed.println("line");
        printed.flush();
        printed.flush();
        printed.println("x".repeat(10_000));
        printed.flush();

        assertThat(messages.toString()).isEqualTo("first\nline|" + "x".repeat(LogFormat.MAX_TEXT) + "|");
    }

    private static LogRecord message(Level level, String template, Object... parameters) {
        LogRecord message = new LogRecord(level, template);
        message.setInstant(Instant.parse("2026-11-25T12:00:00Z"));
        message.setLoggerName("a.Logger");
        message.setParameters(parameters);
        return message;
    }
}
