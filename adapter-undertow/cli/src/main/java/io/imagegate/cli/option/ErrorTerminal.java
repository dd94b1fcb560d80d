package io.imagegate.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Detects whether standard error is a terminal. The JDK has no method for that. */
public final class ErrorTerminal {

    private static final Path LINUX = Path.of("/proc/self/fd/2");

    private ErrorTerminal() {}

    /**
     * {@return whether lines on it can be rewritten; detected on Linux only, false elsewhere}
     *
     * @param environment the variables of the process
     */
    public static boolean isCapable(Map<String, String> environment) {
        return !environment.getOrDefault("TERM", "dumb").equals("dumb") && isTerminal();
    }

    private static boolean isTerminal() {
        try {
            String device = Files.readSymbolicLink(LINUX).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
