package io.imagegate.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * IPv6 addresses in brackets, as names of registries have them. Each has many spellings: {@code [::1]} is
 * {@code [0:0:0:0:0:0:0:1]}.
 */
public final class Ipv6Address {

    private static final int GROUPS = 8;
    private static final String GAP = "::";

    private Ipv6Address() {}

    /**
     * {@return the one spelling of RFC 5952; for an address that stands for one of IPv4, that address without brackets} Other
     * hosts stay as they are.
     *
     * @param host a host in lower case
     */
    public static String comparable(String host) {
        List<Integer> groups = parse(host);
        return groups.isEmpty() ? host : shown(groups);
    }

    /** {@return whether a host in lower case is an address in brackets} */
    public static boolean isAddress(String host) {
        return !parse(host).isEmpty();
    }

    /** {@return the groups of an address; none if it is not one} */
    private static List<Integer> parse(String host) {
        if (!host.startsWith("[")
                || !host.endsWith("]")
                || host.length() > "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]".length()) {
            return List.of();
        }
        String text = host.substring(1, host.length() - 1);
        int gap = text.indexOf(GAP);
        List<Integer> groups = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        if (gap >= 0) {
            List<Integer> after = groups(text.substring(gap + GAP.length()), true);
            groups.addAll(Collections.nCopies(Math.max(1, GROUPS - groups.size() - after.size()), 0));
            groups.addAll(after);
        }
        return groups.size() == GROUPS && !groups.contains(-1) ? groups : List.of();
    }

    /** {@return the groups between colons, of which the last two may be an IPv4 address; -1 for one that is none} */
    private static List<Integer> groups(String text, boolean last) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (last && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                groups.addAll(dotted(parts[i]));
            } else {
                groups.add(parts[i].matches("[0-9a-f]{1,4}") ? Integer.parseInt(parts[i], 16) : -1);
            }
        }
        return groups;
    }

    private static List<Integer> dotted(String text) {
        String[] parts = text.split("\\.", -1);
        int[] bytes = new int[4];
        for (int i = 0; i < parts.length; i++) {
            boolean valid = parts.length == bytes.length && parts[i].matches("0|[1-9][0-9]{0,2}");
            if (!valid || Integer.parseInt(parts[i]) > 255) {
                return List.of(-1);
            }
            bytes[i] = Integer.parseInt(parts[i]);
        }
        return List.of(bytes[0] << 8 | bytes[1], bytes[2] << 8 | bytes[3]);
    }

    private static String shown(List<Integer> groups) {
        boolean mapped = groups.subList(0, 5).stream().allMatch(group -> group == 0) && groups.get(5) == 0xffff;
        if (mapped) {
            int high = groups.get(6);
            int low = groups.get(7);
            return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
        }
        int from = longestZeros(groups);
        int zeros = zeros(groups, from);
        return zeros < 2
                ? "[" + joined(groups) + "]"
                : "[" + joined(groups.subList(0, from)) + GAP + joined(groups.subList(from + zeros, GROUPS)) + "]";
    }

    /** {@return the beginning of the longest run of zeros, the first of several} */
    private static int longestZeros(List<Integer> groups) {
        int longest = 0;
        for (int i = 1; i < GROUPS; i++) {
            longest = zeros(groups, i) > zeros(groups, longest) ? i : longest;
        }
        return longest;
    }

    private static int zeros(List<Integer> groups, int from) {
        int end = from;
        while (end < GROUPS && groups.get(end) == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(List<Integer> groups) {
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":"));
    }
}
