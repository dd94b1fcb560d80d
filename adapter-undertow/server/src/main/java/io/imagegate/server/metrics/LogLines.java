package io.imagegate.server.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes lines on a thread of its own. A reader that stops reading, or a disk that is full, costs lines, which are
 * counted, and never holds up an answer.
 */
public final class LogLines {

    private static final int WAITING_LINES = 1_000;

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_LINES);
    private final AtomicLong lost = new AtomicLong();
    private final OutputStream out;

    /**
     * Lines that go somewhere.
     *
     * @param out where to
     */
    public LogLines(OutputStream out) {
        this.out = out;
        Thread writer = new Thread(this::writeAll, "imagegate-log");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Writes a line soon.
     *
     * @param line without its end
     */
    public void add(String line) {
        if (!waiting.offer(line)) {
            lost.incrementAndGet();
        }
    }

    /** {@return how many lines could not be written} */
    public long lost() {
        return lost.get();
    }

    private void writeAll() {
        try {
            while (true) {
                write(waiting.take());
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            lost.incrementAndGet();
        }
    }
}
