package io.imagegate.cli.node;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * Makes 1 of every exit status but 0, of every failure, such as too little memory to read the arguments, and of SIGTERM and other
 * signals that end the process.
 */
public final class FailClosed {

    private static final int REFUSED = 1;

    private FailClosed() {}

    /**
     * Runs a command.
     *
     * @param command gives the exit status
     * @return 0 if that is 0, else 1
     */
    public static int run(IntSupplier command) {
        AtomicBoolean answered = new AtomicBoolean();
        // Made before memory is short.
        byte[] line = line("this is an error in imagegate, or the JVM has too little memory: standard error has more");
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(answered)));
            int status = command.getAsInt();
            return answered.compareAndSet(false, true) && status == 0 ? 0 : REFUSED;
        } catch (Throwable failed) {
            if (answered.compareAndSet(false, true)) {
                print(line);
            }
            return REFUSED;
        }
    }

    private static byte[] line(String text) {
        return (text + '\n').getBytes(StandardCharsets.UTF_8);
    }

    /** A signal ends the process before there is an answer; the JVM's own status would tell which one. */
    private static void end(AtomicBoolean answered) {
        if (answered.compareAndSet(false, true)) {
            print(line("no decision, because the process was told to end"));
            Runtime.getRuntime().halt(REFUSED);
        }
    }

    private static void print(byte[] line) {
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(line);
        } catch (IOException closed) {
            // Nobody reads the reason; the status is what counts.
        }
    }
}
