package io.imagegate.cli.node;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Standard input, which is read and thrown away, so that who writes it is not stopped. It describes the image again, or says what
 * a client told about the container: nothing that a verdict may depend on.
 */
public final class DrainedInput {

    /** Descriptors have less than a tenth of it. */
    static final int LIMIT = 4 << 20;

    private static final int BUFFER = 8_192;

    private final Thread thread;

    private DrainedInput(InputStream input) {
        thread = new Thread(() -> drain(input), "imagegate-input");
        thread.setDaemon(true);
    }

    /** {@return an input that is read from now on, by a thread that does not keep the JVM alive} */
    public static DrainedInput start(InputStream input) {
        DrainedInput drained = new DrainedInput(input);
        drained.thread.start();
        return drained;
    }

    private static void drain(InputStream input) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int left = LIMIT; left > 0; ) {
                int read = input.read(buffer, 0, Math.min(left, BUFFER));
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (IOException closed) {
            // There is nothing to read, which is as good as read.
        }
    }

    /**
     * Waits for its end.
     *
     * @param limit how long, for a writer that does not end it
     */
    public void await(Duration limit) {
        try {
            thread.join(limit.toMillis());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
