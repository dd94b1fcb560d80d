package io.imagegate.war;

import io.imagegate.console.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one page and waits for no reader: what comes next is asked for when the container has taken what came before.
 * A reader that takes nothing for half a minute loses its place. Thread-safe.
 */
final class PageStream implements WriteListener, AsyncListener {

    private static final int MOST_TICKS_BLOCKED = 150;

    private final AsyncContext async;
    private final ServletOutputStream out;
    private final EventStream events;
    private final Consumer<PageStream> ended;

    private @Nullable Future<?> ticks;
    /** Until the container says so, nothing may be written. */
    private boolean isBlocked = true;

    private int ticksBlocked;
    private boolean isDue;
    /** A stream may have a single event, which is its last from the start. */
    private boolean isAsked;

    private boolean isUnflushed;
    private boolean isEnded;

    PageStream(AsyncContext async, ServletOutputStream out, EventStream events, Consumer<PageStream> ended) {
        this.async = async;
        this.out = out;
        this.events = events;
        this.ended = ended;
    }

    /** Starts it; {@code schedule} calls {@link #tick}. */
    void start(Future<?> schedule) {
        synchronized (this) {
            ticks = schedule;
            async.addListener(this);
        }
        out.setWriteListener(this);
    }

    /** Asks for events. */
    synchronized void tick() {
        isDue = true;
        if (!isBlocked) {
            write();
        } else if (++ticksBlocked > MOST_TICKS_BLOCKED) {
            end();
        }
    }

    @Override
    public synchronized void onWritePossible() {
        isBlocked = false;
        ticksBlocked = 0;
        write();
    }

    /** Once the container is not ready, it calls when it is. */
    private void write() {
        try {
            while (!isEnded && (isUnflushed || isDue)) {
                isBlocked = !out.isReady();
                if (isBlocked) {
                    return;
                }
                if (isUnflushed) {
                    isUnflushed = false;
                    out.flush();
                } else {
                    writeNext();
                }
            }
            if (!isEnded && isAsked && events.isLast()) {
                end();
            }
        } catch (IOException | IllegalStateException gone) {
            end();
        }
    }

    private void writeNext() throws IOException {
        isDue = false;
        isAsked = true;
        byte[] next = events.next();
        if (next.length > 0) {
            out.write(next);
            isUnflushed = true;
        }
    }

    /** Ends the answer, and gives its place to another. */
    synchronized void end() {
        if (isEnded) {
            return;
        }
        isEnded = true;
        events.close();
        if (ticks != null) {
            ticks.cancel(false);
        }
        ended.accept(this);
        try {
            async.complete();
        } catch (IllegalStateException over) {
            // The container has ended the request.
        }
    }

    @Override
    public void onError(Throwable gone) {
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onError(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing starts it again.
    }
}
