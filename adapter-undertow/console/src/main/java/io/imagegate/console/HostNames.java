package io.imagegate.console;

import io.imagegate.text.Ipv6Address;
import io.imagegate.text.SafeText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names by which browsers may ask for the pages. A page of somebody else whose name was pointed at this address (DNS rebinding)
 * sends its own name.
 */
final class HostNames {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST = 253;
    private static final int SHOWN = 100;

    private final Set<String> names = new LinkedHashSet<>(LOOPBACK);
    private final String option;

    /**
     * Reads the names that somebody set.
     *
     * @throws IllegalArgumentException if one is no DNS name and no IP address
     */
    HostNames(Collection<String> further, String option) {
        this.option = option;
        further.forEach(name -> names.add(configured(name)));
    }

    private String configured(String name) {
        String host = name.indexOf(':') >= 0 && !name.startsWith("[") ? "[" + name + "]" : name;
        return comparable(host)
                .orElseThrow(() -> new IllegalArgumentException(option + " " + SafeText.quote(name, SHOWN)
                        + ": expected a host name or an IP address without a port, such as console.example"));
    }

    /** {@return why a request with this header is refused, if it is} */
    Optional<String> refusalText(@Nullable String header) {
        boolean known = header != null
                && comparable(withoutPort(header)).filter(names::contains).isPresent();
        return known ? Optional.empty() : Optional.of(sentence(header));
    }

    private String sentence(@Nullable String header) {
        String which = header == null ? "no host name" : "host " + SafeText.quote(header, SHOWN);
        String expected = which + ": expected localhost, 127.0.0.1 or [::1]";
        return option.isEmpty() ? expected : expected + ", or a name that is set with " + option;
    }

    private static String withoutPort(String header) {
        int colon = header.lastIndexOf(':');
        return colon > header.lastIndexOf(']') && isPort(header, colon + 1) ? header.substring(0, colon) : header;
    }

    private static boolean isPort(String text, int from) {
        int digits = text.length() - from;
        return digits >= 1 && digits <= 5 && text.chars().skip(from).allMatch(c -> c >= '0' && c <= '9');
    }

    /** {@return the one spelling of a host without port; empty if it is none} */
    private static Optional<String> comparable(String host) {
        if (!host.chars().allMatch(c -> c < 128)) {
            // The lower case of some other letters is one of ASCII.
            return Optional.empty();
        }
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return Ipv6Address.isAddress(lower) ? Optional.of(Ipv6Address.comparable(lower)) : Optional.empty();
        }
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return isName(name) ? Optional.of(name) : Optional.empty();
    }

    private static boolean isName(String name) {
        boolean labels = !name.isEmpty()
                && name.length() <= LONGEST
                && !name.startsWith(".")
                && !name.endsWith(".")
                && !name.contains("..");
        return labels && name.chars().allMatch(HostNames::isOfName);
    }

    private static boolean isOfName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    }
}
