package io.imagegate.server.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines that wait to be written by one thread. The queue is bounded in lines and bytes; lines that do not fit, or that
 * cannot be written, are dropped and counted. Adding a line never blocks, whatever the reader or the disk does.
 * Thread-safe.
 */
public final class LogQueue {

    static final int MAX_LINES = 1_000;
    static final int MAX_BYTES = 1 << 20;

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final OutputStream out;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private boolean writing;
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
     * Starts to write.
     *
     * @param everySecond called about every second by the thread that writes, while it is not blocked
     */
    void start(Runnable everySecond) {
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
        byte[] bytes = (line + '\n').getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            if (waiting.size() >= MAX_LINES || waitingBytes + bytes.length > MAX_BYTES) {
                lost++;
            } else {
                waiting.add(bytes);
                waitingBytes += bytes.length;
                notifyAll();
            }
        }
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
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (writing || !waiting.isEmpty()) {
                long left = end - System.nanoTime();
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
        long next = System.nanoTime();
        try {
            while (true) {
                byte[] line = take();
                if (line != null) {
                    write(line);
                }
                if (System.nanoTime() - next >= 0) {
                    next += TICK_NANOS;
                    report(everySecond);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte @Nullable [] take() throws InterruptedException {
        writing = false;
        notifyAll();
        long end = System.nanoTime() + TICK_NANOS;
        for (long left = TICK_NANOS; waiting.isEmpty() && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        byte[] line = waiting.poll();
        if (line != null) {
            waitingBytes -= line.length;
            writing = true;
        }
        return line;
    }

    /** This thread must not end: without it nothing would be written any more. */
    private void report(Runnable everySecond) {
        try {
            everySecond.run();
        } catch (RuntimeException | OutOfMemoryError unforeseen) {
            countLost();
        }
    }

    private void write(byte[] line) {
        try {
            out.write(line);
        } catch (IOException full) {
            countLost();
        }
    }
}
