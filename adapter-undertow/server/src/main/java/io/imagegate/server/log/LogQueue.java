package io.imagegate.server.log;

import io.imagegate.time.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lines that wait to be written by one thread. The queue is bounded in lines and bytes; lines that do not fit, or that
 * cannot be written, are dropped and counted. Adding a line never blocks, whatever the reader or the disk does.
 *
 * <p>A line is written at once if none was written within the last {@value #PAUSE_MILLIS} ms. Under load, lines that
 * arrive within that time are written together, because a system call and a context switch for each line cost a third
 * of the processor time of its review. Thread-safe.
 *
 * @since 0.1
 */
public final class LogQueue {

    static final int MAX_LINES = 1_000;
    static final int MAX_BYTES = 1 << 20;

    /** Bytes written by one system call, at most, unless a single line is longer. */
    private static final int MAX_BATCH = 1 << 16;

    private static final long PAUSE_MILLIS = 2;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final OutputStream out;
    /** Only the thread that writes uses it. */
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();

    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean started;
    private boolean writing;
    private boolean pausing;
    private long lost;

    /**
     * Creates a queue. Its lines wait until {@link #start} is called.
     *
     * @param out where the lines are written
     */
    public LogQueue(OutputStream out) {
        this.out = out;
    }

    /**
     * Starts to write, unless it did.
     *
     * @param everySecond called about every second by the thread that writes, while it is not blocked
     */
    synchronized void start(Runnable everySecond) {
        if (started) {
            return;
        }
        started = true;
        Thread writer = new Thread(() -> writeAll(everySecond), "imagegate-log");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Adds a line, or drops and counts it when the queue is full.
     *
     * @param line the line without a line break at its end
     */
    public void add(String line) {
        add(line.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Adds a line, or drops and counts it when the queue is full.
     *
     * @param line the line in UTF-8, without a line break at its end; not changed any more
     */
    public synchronized void add(byte[] line) {
        if (waiting.size() >= MAX_LINES || waitingBytes + written(line) > MAX_BYTES) {
            lost++;
        } else {
            waiting.add(line);
            waitingBytes += written(line);
            if (!pausing || isHalfFull()) {
                notifyAll();
            }
        }
    }

    /** {@return the number of bytes of a line with its line break} */
    private static int written(byte[] line) {
        return line.length + 1;
    }

    /** {@return how many lines were dropped} */
    public synchronized long lost() {
        return lost;
    }

    synchronized void countLost() {
        lost++;
    }

    /**
     * Waits until every line is written.
     *
     * @param limit for the time to wait
     * @return whether every line was written
     */
    synchronized boolean flush(Duration limit) {
        long end = TimeSource.system().nanos() + limit.toNanos();
        try {
            while (writing || !waiting.isEmpty()) {
                long left = end - TimeSource.system().nanos();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            return true;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void writeAll(Runnable everySecond) {
        long next = TimeSource.system().nanos();
        try {
            while (true) {
                List<byte[]> lines = take();
                if (!lines.isEmpty()) {
                    write(lines);
                    pause();
                }
                if (TimeSource.system().nanos() - next >= 0) {
                    next += TICK_NANOS;
                    report(everySecond);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<byte[]> take() throws InterruptedException {
        long end = TimeSource.system().nanos() + TICK_NANOS;
        for (long left = TICK_NANOS;
                waiting.isEmpty() && left > 0;
                left = end - TimeSource.system().nanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        List<byte[]> lines = new ArrayList<>();
        int length = 0;
        for (byte[] line = waiting.peek(); line != null; line = waiting.peek()) {
            if (!lines.isEmpty() && length + written(line) > MAX_BATCH) {
                break;
            }
            lines.add(waiting.remove());
            length += written(line);
        }
        waitingBytes -= length;
        writing = !lines.isEmpty();
        return lines;
    }

    private synchronized void pause() throws InterruptedException {
        writing = false;
        if (waiting.isEmpty()) {
            notifyAll();
        }
        pausing = true;
        long end = TimeSource.system().nanos() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
        for (long left = end - TimeSource.system().nanos();
                !isHalfFull() && left > 0;
                left = end - TimeSource.system().nanos()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        pausing = false;
    }

    private boolean isHalfFull() {
        return waiting.size() > MAX_LINES / 2 || waitingBytes > MAX_BYTES / 2;
    }

    /** Catches errors, because this thread must not end. */
    private void report(Runnable everySecond) {
        try {
            everySecond.run();
        } catch (RuntimeException | OutOfMemoryError unforeseen) {
            countLost();
        }
    }

    private void write(List<byte[]> lines) {
        try {
            batch.reset();
            for (byte[] line : lines) {
                batch.write(line);
                batch.write('\n');
            }
            batch.writeTo(out);
        } catch (IOException full) {
            lines.forEach(line -> countLost());
        }
    }
}
