package io.imagegate.server.node;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/** Makes 1 of every exit status but 0, and of every failure, such as too little memory to read the arguments. */
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
        // Made before memory is short.
        byte[] line = "this is an error in imagegate, or the JVM has too little memory: standard error has more\n"
                .getBytes(StandardCharsets.UTF_8);
        try {
            return command.getAsInt() == 0 ? 0 : REFUSED;
        } catch (Throwable failed) {
            print(line);
            return REFUSED;
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
