package io.imagegate.registry.authentication;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of a registry: the header {@code WWW-Authenticate} of RFC 9110.
 *
 * @param scheme the scheme, in lower case
 * @param parameters its parameters, by names in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {

    private static final int LONGEST = 4_096;
    private static final Pattern START = Pattern.compile("\\s*+([A-Za-z]++)(?=\\s|$)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*+(?:,\\s*+)?([A-Za-z_-]++)\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))");

    /** {@return the challenge to answer: a bearer token before a password} */
    public static Optional<Challenge> of(List<String> headers) {
        List<Challenge> all = headers.stream()
                .filter(header -> header.length() <= LONGEST)
                .map(Challenge::parse)
                .flatMap(Optional::stream)
                .toList();
        return find(all, "bearer").or(() -> find(all, "basic"));
    }

    private static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
        return challenges.stream().filter(c -> c.scheme.equals(scheme)).findFirst();
    }

    private static Optional<Challenge> parse(String header) {
        Matcher start = START.matcher(header);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(header).region(start.end(), header.length());
        while (parameter.lookingAt()) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
            parameter.region(parameter.end(), header.length());
        }
        return Optional.of(new Challenge(start.group(1).toLowerCase(Locale.ROOT), parameters));
    }
}
