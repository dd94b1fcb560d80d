package io.imagegate.registry.host;

import io.imagegate.text.SafeText;
import java.util.Collection;
import java.util.List;

/**
 * A host that an operator names: exactly, with its port, or by {@code *.} and a domain, which stands for one or more
 * labels at the port of HTTPS.
 *
 * @param text the host or pattern in comparable form
 */
public record HostRule(String text) {

    private static final int SHOWN = 80;

    /** Reads a rule; only exact hosts if patterns are not allowed. */
    public static HostRule parse(String setting, String written, boolean patterns) {
        String text = HostNames.comparable(written);
        boolean pattern = text.startsWith("*.");
        String domain = pattern ? text.substring(2) : text;
        boolean wrong = pattern
                ? !patterns || domain.indexOf(':') >= 0 || HostNames.endsInNumber(domain) || !HostNames.isHost(domain)
                : !HostNames.isHost(domain);
        if (wrong) {
            throw new IllegalArgumentException(setting + ": expected a host such as registry.example.com:5000"
                    + (patterns ? " or *.example.com" : "") + ", got " + SafeText.quote(written, SHOWN));
        }
        return new HostRule(text);
    }

    public static List<HostRule> parseAll(String setting, Collection<String> written, boolean patterns) {
        return written.stream().map(host -> parse(setting, host, patterns)).toList();
    }

    public boolean isPattern() {
        return text.startsWith("*.");
    }

    /** {@return whether this names a host in comparable form} */
    public boolean matches(String host) {
        return isPattern() ? host.endsWith(text.substring(1)) && HostNames.isHost(host) : host.equals(text);
    }
}
