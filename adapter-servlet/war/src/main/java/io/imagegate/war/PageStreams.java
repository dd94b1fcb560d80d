package io.imagegate.war;

import io.imagegate.console.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The streams of events that are open, with one thread that asks for their events. Thread-safe. */
final class PageStreams implements AutoCloseable {

    private static final long PERIOD_MILLIS = 200;
    private static final long PATIENCE_MILLIS = 5_000;

    private final Set<PageStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor ticker = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "imagegate-console");
        thread.setDaemon(true);
        writer = thread;
        return thread;
    });

    /** Once there was a stream. */
    private volatile @Nullable Thread writer;

    /** Creates it; the thread starts with the first stream. */
    PageStreams() {
        ticker.setRemoveOnCancelPolicy(true);
    }

    /** Writes events until the stream or the client ends. */
    void open(AsyncContext async, EventStream events) throws IOException {
        ServletOutputStream out = async.getResponse().getOutputStream();
        PageStream stream = new PageStream(async, out, events, open::remove);
        open.add(stream);
        stream.start(ticker.scheduleAtFixedRate(stream::tick, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        open.forEach(PageStream::end);
        ticker.shutdownNow();
        Thread running = writer;
        try {
            if (running != null) {
                // Not until the executor has ended: its thread still runs for a moment then.
                running.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
