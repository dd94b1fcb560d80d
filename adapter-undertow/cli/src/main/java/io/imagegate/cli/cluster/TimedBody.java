package io.imagegate.cli.cluster;

import io.imagegate.time.TimeSource;
import io.imagegate.time.TimeSource.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits the time for the body of an answer, which the JDK's client does not limit. */
public final class TimedBody {

    private TimedBody() {}

    /** Reads a body. */
    @FunctionalInterface
    public interface Reader<T, X extends Exception> {
        T read(InputStream body) throws IOException, X;
    }

    /**
     * {@return what a reader makes of a body} The body is closed in the end, or when its time is over, so that reading it fails.
     *
     * @param answer the body
     * @param longest its time
     * @param time the clock
     * @param reader reads the body
     * @throws IOException if it takes longer, or cannot be read
     * @throws X what the reader throws
     */
    public static <T, X extends Exception> T read(
            InputStream answer, Duration longest, TimeSource time, Reader<T, X> reader) throws IOException, X {
        try (InputStream body = answer) {
            AtomicBoolean isOverdue = new AtomicBoolean();
            Timer overdue = time.schedule(longest, () -> {
                isOverdue.set(true);
                close(body);
            });
            try {
                return reader.read(body);
            } catch (Exception cut) {
                if (isOverdue.get()) {
                    throw new IOException("the answer takes longer than " + longest.toSeconds() + " s", cut);
                }
                throw cut;
            } finally {
                overdue.cancel();
            }
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            // Nobody reads it any more.
        }
    }
}
