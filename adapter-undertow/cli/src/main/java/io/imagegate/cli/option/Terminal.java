package io.imagegate.cli.option;

import io.imagegate.cli.check.report.FileLinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Detects whether standard output and error are terminals, and what these can show. The JDK has no method for that. */
final class Terminal {

    private static final Path STREAMS = Path.of("/proc/self/fd");
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");
    private static final int OUTPUT = 1;
    private static final int ERROR = 2;

    /** The first version of VTE whose links are reliable, 0.50.1. */
    private static final int VTE_WITH_LINKS = 5_001;

    private static final Set<String> PROGRAMS =
            Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby", "zed");
    private static final Set<String> KINDS =
            Set.of("alacritty", "alacritty-direct", "foot", "foot-extra", "xterm-kitty", "xterm-ghostty");

    private Terminal() {}

    /** {@return whether standard output is a terminal; detected on Linux only, false elsewhere} */
    static boolean isOutput() {
        return isTerminal(OUTPUT);
    }

    /**
     * {@return whether lines on standard error can be rewritten; detected on Linux only, false elsewhere}
     *
     * @param environment the variables of the process
     */
    static boolean isErrorCapable(Map<String, String> environment) {
        return isCapable(environment) && isTerminal(ERROR);
    }

    private static boolean isCapable(Map<String, String> environment) {
        return !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /**
     * {@return links for standard output, if it is a terminal that is known to have them}
     *
     * @param environment the variables of the process
     */
    static FileLinks links(Map<String, String> environment) {
        return isOutput() && hasLinks(environment) ? FileLinks.on(host()) : FileLinks.none();
    }

    /** {@return whether a terminal has links, as its variables say; {@code FORCE_HYPERLINK} decides if it is set} */
    static boolean hasLinks(Map<String, String> environment) {
        if (!isCapable(environment) || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        String forced = environment.get("FORCE_HYPERLINK");
        if (forced != null) {
            return !forced.equals("0");
        }
        return !environment.containsKey("CI")
                && (PROGRAMS.contains(environment.getOrDefault("TERM_PROGRAM", ""))
                        || KINDS.contains(environment.getOrDefault("TERM", ""))
                        || environment.containsKey("KONSOLE_VERSION")
                        || environment.containsKey("WT_SESSION")
                        || number(environment.getOrDefault("VTE_VERSION", "")) >= VTE_WITH_LINKS);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private static String host() {
        try {
            String name = Files.readString(HOST).strip();
            return name.matches("[A-Za-z0-9.-]+") ? name : "";
        } catch (IOException unknown) {
            return "";
        }
    }

    private static boolean isTerminal(int stream) {
        try {
            String device = Files.readSymbolicLink(STREAMS.resolve(String.valueOf(stream)))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
