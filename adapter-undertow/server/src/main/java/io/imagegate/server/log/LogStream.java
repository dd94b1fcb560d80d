package io.imagegate.server.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Standard error for code that prints: what is printed until a flush becomes one message, cut at a limit. */
final class LogStream extends OutputStream {

    private final Consumer<String> messages;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    LogStream(Consumer<String> messages) {
        this.messages = messages;
    }

    @Override
    public synchronized void write(int b) {
        if (printed.size() < LogFormat.MAX_TEXT) {
            printed.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        printed.write(bytes, offset, Math.min(length, LogFormat.MAX_TEXT - printed.size()));
    }

    @Override
    public synchronized void flush() {
        String text = printed.toString(StandardCharsets.UTF_8).strip();
        printed.reset();
        if (!text.isEmpty()) {
            messages.accept(text);
        }
    }
}
