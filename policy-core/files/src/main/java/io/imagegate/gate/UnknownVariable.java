package io.imagegate.gate;

import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Environment variable that is named like a setting, and sets none. A program that starts without it may run with other policies than
 * those that its user meant. Immutable.
 *
 * @param name its name, escaped and cut for messages
 * @param meant the variable that was probably meant; empty if none is similar
 * @since 0.1
 */
public record UnknownVariable(String name, Optional<String> meant) {

    private static final String PREFIX = "IMAGEGATE_";

    /** Kubernetes makes such variables of each Service whose name begins with "imagegate", for every pod of its namespace. */
    private static final Pattern OF_SERVICE =
            Pattern.compile("IMAGEGATE(_[A-Z0-9_]+)?_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?"
                    + "|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_LINK = Pattern.compile("(?:tcp|udp|sctp)://.*", Pattern.DOTALL);

    private static final int LONGEST_NAME = 60;
    private static final int MOST_CHANGES = 3;

    /**
     * {@return the variables that begin with {@code IMAGEGATE_}, and are neither settings nor made by Kubernetes of a Service; in the
     * order of their names}
     *
     * @param environment the variables of the process
     * @param known the variables that are settings; one that ends with {@code _} is the beginning of others
     */
    public static List<UnknownVariable> find(Map<String, String> environment, Collection<String> known) {
        return new TreeMap<>(environment)
                .entrySet().stream()
                        .filter(variable -> variable.getKey().startsWith(PREFIX)
                                && !isKnown(variable.getKey(), known)
                                && !isOfService(variable.getKey(), variable.getValue()))
                        .map(variable -> new UnknownVariable(
                                SafeText.escape(SafeText.cut(variable.getKey(), LONGEST_NAME)),
                                nearest(variable.getKey(), known)))
                        .toList();
    }

    /**
     * {@return whether Kubernetes made a value of a Service, for a variable that ends with {@code _PORT}}
     *
     * @param value the value of a variable
     */
    public static boolean isServiceLink(String value) {
        return SERVICE_LINK.matcher(value).matches();
    }

    private static boolean isOfService(String name, String value) {
        return OF_SERVICE.matcher(name).matches() || (name.endsWith("_PORT") && isServiceLink(value));
    }

    private static boolean isKnown(String name, Collection<String> known) {
        return known.contains(name)
                || known.stream().anyMatch(one -> isBeginning(one) && name.startsWith(one) && !name.equals(one));
    }

    private static boolean isBeginning(String known) {
        return known.endsWith("_");
    }

    /** Of a variable whose beginning alone is misspelled, the rest is kept. */
    private static Optional<String> nearest(String name, Collection<String> known) {
        String whole = Suggestion.nearest(
                name, known.stream().filter(one -> !isBeginning(one)).toList(), changes(name));
        if (!whole.isEmpty()) {
            return Optional.of(whole);
        }
        for (int end = name.indexOf('_', PREFIX.length()); end > 0; end = name.indexOf('_', end + 1)) {
            String begun = name.substring(0, end);
            String best = Suggestion.nearest(
                    begun, known.stream().filter(UnknownVariable::isBeginning).toList(), changes(begun));
            if (!best.isEmpty()) {
                return Optional.of(best + name.substring(end + 1));
            }
        }
        return Optional.empty();
    }

    private static int changes(String name) {
        return Math.min(MOST_CHANGES, 1 + (name.length() - PREFIX.length()) / 3);
    }
}
