package io.imagegate.server.undertow;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The messages that Undertow, XNIO and JBoss Threads log. */
public final class UndertowLogs {

    /** Their loggers. They log their versions when they start. */
    public static final List<String> LOGGERS = List.of("io.undertow", "org.xnio", "org.jboss.threads");

    /** Loggers of them whose messages any client can cause. */
    public static final List<String> OF_CLIENTS = List.of("io.undertow", "org.xnio");

    private static final Pattern CODE = Pattern.compile("(?:[A-Z]+\\d+)(?=:)");

    private UndertowLogs() {}

    /** Sends their messages to {@code java.util.logging}. Must run before they log. */
    public static void useJavaLogging() {
        System.setProperty("org.jboss.logging.provider", "jdk");
    }

    /**
     * Finds the code that tells kinds of their messages apart. They insert the parameters themselves, so messages of one
     * kind differ.
     *
     * @param message of any logger
     * @return the code with which it begins; empty if there is none
     */
    public static Optional<String> code(String message) {
        Matcher code = CODE.matcher(message);
        return code.lookingAt() ? Optional.of(code.group()) : Optional.empty();
    }
}
