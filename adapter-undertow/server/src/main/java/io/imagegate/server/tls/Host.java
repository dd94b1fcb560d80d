package io.imagegate.server.tls;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * A name or an address by which clients reach a server.
 *
 * @param text a DNS name (its first label may be {@code *}), an IPv4 or an IPv6 address
 */
public record Host(String text) {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /**
     * Reads a host, an international name in its ASCII form.
     *
     * @param text the text as typed
     * @return the host
     * @throws IllegalArgumentException when it is neither a name nor an address
     */
    public static Host parse(String text) {
        if (IPAddress.isValid(text)) {
            return new Host(text);
        }
        String name = toAscii(text);
        String checked = name.startsWith("*.") ? name.substring(2) : name;
        if (checked.length() > LONGEST_NAME || !labelsAreValid(checked)) {
            throw new IllegalArgumentException("\"" + text + "\": expected a DNS name or an IP address");
        }
        return new Host(name);
    }

    private static String toAscii(String text) {
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException notAName) {
            return "";
        }
    }

    private static boolean labelsAreValid(String name) {
        String last = "";
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty()
                    || label.length() > LONGEST_LABEL
                    || !label.chars().allMatch(Host::inLabel)) {
                return false;
            }
            last = label;
        }
        // A mistyped address such as 10.0.0.300 looks like a name, but no name ends in a number.
        return !last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean inLabel(int c) {
        return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** {@return the address; empty if it is a name} */
    Optional<InetAddress> address() {
        try {
            return IPAddress.isValid(text) ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(text + ": no address", impossible);
        }
    }

    GeneralName generalName() {
        return new GeneralName(IPAddress.isValid(text) ? GeneralName.iPAddress : GeneralName.dNSName, text);
    }
}
