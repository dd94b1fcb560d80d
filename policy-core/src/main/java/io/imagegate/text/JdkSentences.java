package io.imagegate.text;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sentences in which the JDK alone tells what happened, without a type or a code for it. No other class decides
 * by a sentence of somebody else. A test provokes each with Java 17 and 25.
 */
public final class JdkSentences {

    private static final Pattern REFUSED_TUNNEL = Pattern.compile("Tunnel failed, got: (4[0-9]{2})");

    private JdkSentences() {}

    /** {@return whether this process has no file descriptor left, which is no fault of the other side} */
    public static boolean saysNoDescriptors(Throwable thrown) {
        return sentence(thrown).contains("Too many open files");
    }

    /** {@return the status, 4xx, with which a proxy refused a tunnel; empty if it is another problem} */
    public static OptionalInt refusedTunnel(Throwable thrown) {
        Matcher refused = REFUSED_TUNNEL.matcher(sentence(thrown));
        return refused.matches() ? OptionalInt.of(Integer.parseInt(refused.group(1))) : OptionalInt.empty();
    }

    /** {@return whether the other side of a TLS connection speaks no TLS} */
    public static boolean saysNoTls(Throwable thrown) {
        return sentence(thrown).contains("ecognized SSL message");
    }

    /** {@return whether the other side of a TLS connection disconnected without an alert} */
    public static boolean saysDisconnected(Throwable thrown) {
        return sentence(thrown).contains("closing inbound before");
    }

    /** {@return whether the other side of a TLS handshake ended it with an alert} */
    public static boolean saysAlert(Throwable thrown) {
        return sentence(thrown).contains("Received fatal alert");
    }

    /** {@return whether a client showed no certificate, although it must} */
    public static boolean saysNoCertificate(Throwable thrown) {
        return sentence(thrown).contains("Empty client certificate chain");
    }

    private static String sentence(Throwable thrown) {
        return String.valueOf(thrown.getMessage());
    }
}
