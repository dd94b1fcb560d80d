package io.imagegate.cli.check;

import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Progress line of a long check on a terminal. It appears after a second, and is removed before other lines are written and at the end.
 * Thread-safe.
 */
public final class Progress implements AutoCloseable {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration NEXT = Duration.ofMillis(250);

    /** Goes to the start of the line and removes what stands there (ECMA-48). */
    private static final String CLEAR = "\r\u001b[K";

    private final Consumer<String> terminal;
    private final TimeSource time;
    private final long start;
    private TimeSource.@Nullable Timer timer;
    private long begun;
    private long done;
    private boolean shown;

    private Progress(Consumer<String> terminal, TimeSource time) {
        this.terminal = terminal;
        this.time = time;
        this.start = time.nanos();
    }

    /** {@return a progress that shows nothing} */
    public static Progress none() {
        return new Progress(text -> {}, TimeSource.system());
    }

    /**
     * Begins to show progress.
     *
     * @param terminal writes text to a terminal
     * @param time the clock
     * @return the progress, to be closed
     */
    public static Progress on(Consumer<String> terminal, TimeSource time) {
        Progress progress = new Progress(terminal, time);
        progress.schedule(FIRST);
        return progress;
    }

    private synchronized void schedule(Duration delay) {
        timer = time.schedule(delay, this::show);
    }

    private synchronized void show() {
        if (timer != null) {
            shown = true;
            terminal.accept(CLEAR + done + " of " + begun + " images checked, "
                    + time.since(start).toSeconds() + " s");
            schedule(NEXT);
        }
    }

    synchronized void begin(int images) {
        begun += images;
    }

    synchronized void finish(int images) {
        done += images;
    }

    /** Takes back images that the result does not count. */
    synchronized void drop(int images) {
        begun -= images;
    }

    /** Removes the line, until it is shown again. */
    public synchronized void clear() {
        if (shown) {
            terminal.accept(CLEAR);
            shown = false;
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        clear();
    }
}
